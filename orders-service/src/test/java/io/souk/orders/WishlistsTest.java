package io.souk.orders;

import io.souk.testing.Database;
import io.souk.testing.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static io.souk.orders.Shop.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

@OrdersTest
class WishlistsTest {
    private final Shop shop = new Shop();
    private final Wishlists ada = Wishlists.of(shop.customer());
    private final CatalogueServer.Offer shoe = CatalogueServer.offer("SHOE-" + shop.tenant(), 7_900, "USD");

    @Test
    void givenACustomer_whenListsAreMadeRenamedAndRemoved_thenEachHasANameOfItsOwn() {
        var birthday = ada.create("Birthday");
        var someDay = ada.create("Some day");

        ada.make("{\"name\":\"Birthday\"}")
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/wishlist-name-taken"));
        ada.edit(someDay, "\"1\"", "{\"name\":\"Birthday\"}").statusCode(409);
        ada.edit(someDay, null, "{\"name\":\"Never\"}").statusCode(428);
        ada.edit(someDay, "\"1\"", "{\"name\":\"Never\"}").statusCode(200).header("ETag", equalTo("\"2\""));
        ada.edit(someDay, "\"2\"", "{\"name\":\"Never\"}").statusCode(200).header("ETag", equalTo("\"2\""));
        ada.edit(someDay, "\"1\"", "{\"name\":\"Ever\"}").statusCode(412).body("current.name", equalTo("Never"));
        ada.list(50, null).body("items.name", contains("Birthday", "Never")).body("items.itemCount", contains(0, 0));
        ada.delete(birthday, null).statusCode(428);
        ada.delete(birthday, "\"2\"").statusCode(412);
        ada.delete(birthday, "\"1\"").statusCode(204);

        ada.get(birthday).statusCode(404);
        ada.items(birthday, 50, null).statusCode(404);
        ada.create("Birthday");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                        | 400 |
            {"name": 7}              | 400 | /name
            {"name": "A\\u0000"}     | 400 | /name
            {"name": "A", "items": 1} | 400 | /items
            {}                       | 422 | /name
            {"name": " "}            | 422 | /name
            {"name": "A\\nB"}        | 422 | /name
            """)
    void givenABadName_whenAListIsMade_thenItIsRefusedByName(String body, int status, @Nullable String pointer) {
        var answer = ada.make(body).statusCode(status).contentType("application/problem+json");

        if (pointer != null) {
            answer.body("errors.pointer", hasItem(pointer));
        }
        ada.list(50, null).body("items", empty());
    }

    @Test
    void givenNamesAsLongAsTheyMayBe_whenOneIsLonger_thenItIsRefused() {
        ada.create("n".repeat(100));

        ada.make("{\"name\":\"%s\"}".formatted("n".repeat(101))).statusCode(422);
    }

    @Test
    void givenAList_whenAVariantIsAddedAndTakenOffTwice_thenTheSecondTimeChangesNothing() {
        var list = ada.create("Birthday");

        ada.add(list, shoe.sku().toLowerCase(Locale.ROOT))
                .statusCode(200)
                .body("version", equalTo(2))
                .body("itemCount", equalTo(1));
        ada.add(list, shoe.sku()).statusCode(200).body("version", equalTo(2));
        ada.add(list, shop.sku()).statusCode(200).body("itemCount", equalTo(2));
        ada.items(list, 50, null)
                .body("items.sku", contains(shoe.sku(), shop.sku()))
                .body("next", nullValue());
        ada.takeOff(list, shoe.variantId().toString())
                .statusCode(200)
                .body("version", equalTo(4))
                .body("itemCount", equalTo(1));
        ada.takeOff(list, shoe.variantId().toString()).statusCode(200).body("version", equalTo(4));

        ada.items(list, 50, null).body("items.sku", contains(shop.sku()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                      | 400 |
            {"sku": 1}             | 400 | /sku
            {"sku": "A", "note": "x"} | 400 | /note
            {}                     | 422 | /sku
            {"sku": "A,B"}         | 422 | /sku
            {"sku": "NOBODY-SELLS-THIS"} | 422 | /sku
            """)
    void givenABadItem_whenItIsAdded_thenItIsRefusedByNameAndTheListStaysAsItWas(
            String body, int status, @Nullable String pointer) {
        var list = ada.create("Birthday");

        var answer = ada.send(list, body).statusCode(status).contentType("application/problem+json");

        if (pointer != null) {
            answer.body("errors.pointer", hasItem(pointer));
        }
        ada.get(list).body("version", equalTo(1));
    }

    @Test
    void givenAVariantThatIsNotForSale_whenItIsAdded_thenItIsRefusedAndWhatLiesThereStays() {
        var list = ada.create("Birthday");
        ada.add(list, shoe.sku()).statusCode(200);
        CatalogueServer.withdraw(shoe.sku());
        var draft = CatalogueServer.offer("DRAFT-" + shop.tenant(), 1, "USD", "DRAFT");
        var priceless = CatalogueServer.offer("GIFT-" + shop.tenant(), 0, null);

        ada.add(list, shoe.sku()).statusCode(422);
        ada.add(list, draft.sku()).statusCode(422).body("errors.pointer", contains("/sku"));
        ada.add(list, priceless.sku()).statusCode(200);

        ada.items(list, 50, null).body("items.sku", contains(shoe.sku(), priceless.sku()));
    }

    @Test
    void givenTwelveTabs_whenEachAddsOrTakesOffAtTheSameTime_thenNothingIsLost() throws Exception {
        var list = ada.create("Birthday");
        var gone = IntStream.range(0, 4)
                .mapToObj(i -> CatalogueServer.offer("GONE-" + i + shop.tenant(), 1, "USD"))
                .toList();
        gone.forEach(offer -> ada.add(list, offer.sku()).statusCode(200));
        var fresh = IntStream.range(0, 4)
                .mapToObj(i -> CatalogueServer.offer("NEW-" + i + shop.tenant(), 1, "USD"))
                .toList();

        var statuses = atOnce(
                12,
                i -> i < 8
                        ? () -> ada.add(list, fresh.get(i % 4).sku()).extract().statusCode()
                        : () -> ada.takeOff(list, gone.get(i - 8).variantId().toString())
                                .extract()
                                .statusCode());

        assertThat(statuses).containsOnly(200);
        ada.get(list).body("itemCount", equalTo(4)).body("version", equalTo(13));
        List<String> skus = ada.items(list, 50, null).extract().path("items.sku");
        assertThat(skus)
                .containsExactlyInAnyOrderElementsOf(
                        fresh.stream().map(CatalogueServer.Offer::sku).toList());
    }

    @Test
    void givenAFullList_whenOneMoreIsAdded_thenItIsRefusedAndWhatLiesThereIsStillFine() {
        var list = ada.create("Birthday");
        ada.add(list, shoe.sku()).statusCode(200);
        try (var worker = Database.of("orders", "worker")) {
            worker.update("""
                    insert into orders.wishlist_item (tenant, wishlist_id, variant_id, product_id, sku, place, added_at)
                    select ?, ?::uuid, gen_random_uuid(), gen_random_uuid(), 'S', gen_random_uuid(), now()
                      from generate_series(1, 198)
                    """, shop.tenant(), list);
            worker.update("update orders.wishlist set items = 199 where tenant = ?", shop.tenant());
        }
        ada.add(list, shop.sku()).statusCode(200).body("itemCount", equalTo(200));

        ada.add(list, CatalogueServer.offer("MORE-" + shop.tenant(), 1, "USD").sku())
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/wishlist-full"));

        ada.add(list, shoe.sku()).statusCode(200);
        var seen = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var page = ada.items(list, 64, cursor).statusCode(200).extract();
            seen.addAll(page.path("items.variantId"));
            cursor = page.path("next");
        } while (cursor != null);
        assertThat(seen).hasSize(200).doesNotHaveDuplicates();
        ada.items(list, 64, "x").statusCode(400);
    }

    @Test
    void givenManyTabs_whenEachMakesAListAtOnce_thenThereAreNoMoreThanTwenty() throws Exception {
        var statuses = atOnce(
                24,
                i -> () -> ada.make("{\"name\":\"L%d\"}".formatted(i)).extract().statusCode());

        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(20);
        assertThat(statuses).containsOnly(201, 409);
        ada.list(200, null).body("items", hasSize(20));
    }

    @Test
    void givenAnItem_whenItIsMovedToTheCart_thenItIsThereAtItsPriceAndOffTheList() {
        var list = ada.create("Birthday");
        ada.add(list, shoe.sku()).statusCode(200);
        var carts = Carts.of(shop.customer());
        var cart = carts.open();
        var variant = shoe.variantId().toString();

        ada.move(list, variant, cart, 0).statusCode(422).body("errors.pointer", contains("/quantity"));
        ada.move(list, variant, cart, 2)
                .statusCode(200)
                .body("id", equalTo(cart))
                .body("lines.sku", contains(shoe.sku()))
                .body("lines.quantity", contains(2))
                .body("total.amount", equalTo(15_800));

        ada.move(list, variant, cart, 2).statusCode(404);
        ada.get(list).body("itemCount", equalTo(0));
        carts.get(cart).body("lines.quantity", contains(2));
    }

    @Test
    void givenAnItem_whenItIsMovedByTenTabsAtOnce_thenItIsMovedOnce() throws Exception {
        var list = ada.create("Birthday");
        ada.add(list, shoe.sku()).statusCode(200);
        var carts = Carts.of(shop.customer());
        var cart = carts.open();

        var statuses = atOnce(
                10,
                _ -> () -> ada.move(list, shoe.variantId().toString(), cart, 1)
                        .extract()
                        .statusCode());

        assertThat(statuses).containsOnly(200, 404).containsOnlyOnce(200);
        carts.get(cart).body("lines.quantity", contains(1));
    }

    @Test
    void givenACartThatCannotTakeIt_whenAnItemIsMoved_thenItStaysOnTheList() {
        var list = ada.create("Birthday");
        ada.add(list, shoe.sku()).statusCode(200);
        var variant = shoe.variantId().toString();
        var carts = Carts.of(shop.customer());
        var cart = carts.open();
        var bobs = Carts.of(Tokens.of(shop.tenant(), "customer", "bob", null)).open();

        ada.move(list, variant, bobs, 1).statusCode(404);
        carts.add(cart, shop.sku(), 1).statusCode(200);
        carts.checkOut(cart, "\"2\"", key()).statusCode(202);
        ada.move(list, variant, cart, 1).statusCode(409);

        ada.items(list, 50, null).body("items.variantId", contains(variant));
    }

    @Test
    void givenAVariantThatIsNotForSaleAnyMore_whenItsItemIsMoved_thenTheRefusalNamesWhatTheRequestHas() {
        var list = ada.create("Birthday");
        ada.add(list, shoe.sku()).statusCode(200);
        var priceless = CatalogueServer.offer("GIFT-" + shop.tenant(), 0, null);
        ada.add(list, priceless.sku()).statusCode(200);
        CatalogueServer.withdraw(shoe.sku());
        var cart = Carts.of(shop.customer()).open();

        for (var variant : List.of(shoe.variantId(), priceless.variantId())) {
            ada.move(list, variant.toString(), cart, 1)
                    .statusCode(422)
                    .body("errors.parameter", contains("variantId"))
                    .body("errors.pointer", contains(nullValue()));
        }
    }

    @Test
    void givenASkuThatIsAnotherVariantsNow_whenItsItemIsMoved_thenNothingElseIsPutIntoTheCart() {
        var list = ada.create("Birthday");
        ada.add(list, shoe.sku()).statusCode(200);
        CatalogueServer.withdraw(shoe.sku());
        CatalogueServer.offer(shoe.sku(), 1, "USD");
        var carts = Carts.of(shop.customer());
        var cart = carts.open();

        ada.move(list, shoe.variantId().toString(), cart, 1).statusCode(422);

        carts.get(cart).body("lines", empty());
        ada.get(list).body("itemCount", equalTo(1));
    }

    @Test
    void givenAPersonWithLists_whenTheyAreErased_thenTheListsAreGone() {
        var list = ada.create("Birthday");
        ada.add(list, shoe.sku()).statusCode(200);
        var person = Customers.of(shop.customer());
        person.make("{}").statusCode(201);

        person.erase("\"1\"").statusCode(204);

        ada.get(list).statusCode(404);
        try (var worker = Database.of("orders", "worker")) {
            assertThat(worker.query("select sku from orders.wishlist_item where tenant = ?", shop.tenant()))
                    .isEmpty();
        }
    }

    private static List<Integer> atOnce(int tabs, IntFunction<Callable<Integer>> what) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(IntStream.range(0, tabs).mapToObj(what).toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }
}
