package io.souk.orders;

import io.restassured.response.ValidatableResponse;
import io.souk.testing.Database;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@OrdersTest
class CartsTest {
    private static final String GUEST = "{\"currency\":\"USD\",\"guest\":true}";
    private static final String EUROS = "{\"currency\":\"EUR\"}";

    private final Shop shop = new Shop();
    private final Carts ada = Carts.of(shop.customer());
    private final Carts storefront = Carts.of(Tokens.of(shop.tenant(), "service"));
    private final CatalogueServer.Offer shoe = CatalogueServer.offer("SHOE-" + shop.tenant(), 7_900, "USD");

    @Test
    void givenACustomer_whenTheCartIsOpenedTwice_thenItIsTheSameCart() {
        String id = ada.open("{\"currency\":\"USD\"}")
                .statusCode(201)
                .header("Location", containsString("/v1/carts/"))
                .header("ETag", equalTo("\"1\""))
                .body("status", equalTo("OPEN"))
                .body("guest", equalTo(false))
                .body("token", nullValue())
                .body("lines", empty())
                .body("total.amount", equalTo(0))
                .extract()
                .path("id");

        ada.open("{\"currency\":\"USD\"}")
                .statusCode(200)
                .body("id", equalTo(id))
                .body("version", equalTo(1));
    }

    @Test
    void givenAnEmptyCart_whenItIsOpenedInAnotherCurrency_thenItTakesIt() {
        var pen = CatalogueServer.offer("PEN-" + shop.tenant(), 250, "EUR");
        var id = ada.open();

        ada.open(EUROS)
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("id", equalTo(id))
                .body("currency", equalTo("EUR"))
                .body("total.currency", equalTo("EUR"));
        ada.open(EUROS).statusCode(200).body("version", equalTo(2));

        ada.add(id, pen.sku(), 2).statusCode(200).body("total.amount", equalTo(500));
    }

    @Test
    void givenACartWithLines_whenItIsOpenedInAnotherCurrency_thenItKeepsItsOwnUntilTheyAreTakenOut() {
        var id = ada.open();
        ada.add(id, shoe.sku(), 1).statusCode(200);

        ada.open(EUROS)
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("currency", equalTo("USD"))
                .body("lines.sku", contains(shoe.sku()));

        ada.remove(id, shoe.variantId().toString(), "\"2\"").statusCode(200);
        ada.open(EUROS).body("version", equalTo(4)).body("currency", equalTo("EUR"));
    }

    @Test
    void givenALineThatIsPriced_whenItsCartTakesAnotherCurrency_thenItIsRefusedAndTheCartStaysEmpty() throws Exception {
        var id = ada.open();
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor();
                var catalogue = new CatalogueServer.Held()) {
            var late = tabs.submit(() -> ada.add(id, shop.sku(), 1));
            catalogue.await();
            ada.open(EUROS).body("currency", equalTo("EUR"));
            catalogue.letGo();

            late.get().statusCode(409).body("type", equalTo("https://souk.example/problems/cart-currency-changed"));
        }

        ada.get(id).body("lines", empty());
        ada.add(id, shop.sku(), 1).statusCode(422).body("errors.detail", contains("has no price in EUR"));
    }

    @Test
    void givenACart_whenUnitsAreAddedSetAndTakenOut_thenItShowsThemAtTheirPrices() {
        var id = ada.open();

        ada.add(id, shop.sku(), 2).statusCode(200).header("ETag", equalTo("\"2\""));
        ada.add(id, shoe.sku().toLowerCase(java.util.Locale.ROOT), 1)
                .statusCode(200)
                .body("lines.sku", containsInAnyOrder(shop.sku(), shoe.sku()))
                .body("lines.priceVersion", contains(1, 1))
                .body("total.amount", equalTo(8_800));
        ada.set(id, shoe.variantId().toString(), 3, "\"3\"").statusCode(200).body("total.amount", equalTo(24_600));
        ada.set(id, shoe.variantId().toString(), 4, "\"3\"").statusCode(412).body("current.version", equalTo(4));
        ada.set(id, shoe.variantId().toString(), 4, null).statusCode(428);
        ada.remove(id, shoe.variantId().toString(), "\"4\"").statusCode(200).body("lines.sku", contains(shop.sku()));
        ada.remove(id, shoe.variantId().toString(), "\"5\"").statusCode(404);
        ada.get(id).body("version", equalTo(5)).body("total.amount", equalTo(900));
    }

    @Test
    void givenTwelveTabs_whenEachAddsAtTheSameTime_thenNothingIsLost() throws Exception {
        var id = ada.open();

        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = tabs
                    .invokeAll(IntStream.range(0, 12)
                            .<Callable<Integer>>mapToObj(i -> () -> ada.add(id, i % 2 == 0 ? shop.sku() : shoe.sku(), 1)
                                    .extract()
                                    .statusCode())
                            .toList())
                    .stream()
                    .map(Future::resultNow);
            assertThat(statuses).containsOnly(200);
        }

        ada.get(id).body("lines.quantity", contains(6, 6)).body("version", equalTo(13));
    }

    @Test
    void givenOneKey_whenAnAdditionIsRepeated_thenItAddsOnce() {
        var id = ada.open();
        var key = key();

        ada.add(id, shop.sku(), 2, key).statusCode(200);
        ada.add(id, shop.sku(), 2, key).statusCode(200).header("Idempotent-Replayed", equalTo("true"));
        ada.add(id, shop.sku(), 3, key).statusCode(422);
        Carts.of(Tokens.of(shop.tenant(), "customer", "bob", null))
                .add(id, shop.sku(), 2, key)
                .statusCode(404);

        ada.get(id).body("lines.quantity", contains(2));
    }

    @Test
    void givenAnAdditionThatIsPriced_whenTheSameOneIsDoneBeforeIt_thenItsCartIsTheAnswer() throws Exception {
        var id = ada.open();
        var key = key();
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor();
                var catalogue = new CatalogueServer.Held()) {
            var late = tabs.submit(() -> ada.add(id, shop.sku(), 2, key));
            catalogue.await();
            ada.add(id, shop.sku(), 2, key).statusCode(200);
            CatalogueServer.withdraw(shop.sku());
            catalogue.letGo();

            late.get()
                    .statusCode(200)
                    .header("Idempotent-Replayed", equalTo("true"))
                    .body("lines.quantity", contains(2));
        }
    }

    static Stream<Arguments> badLines() {
        return Stream.of(
                Arguments.of("{", 400, null),
                Arguments.of("{\"sku\":\"A\",\"quantity\":\"two\"}", 400, "/quantity"),
                Arguments.of("{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}", 400, "/unitPrice"),
                Arguments.of("{\"sku\":\"A\\u0000\",\"quantity\":1}", 400, "/sku"),
                Arguments.of("{\"quantity\":1}", 422, "/sku"),
                Arguments.of("{\"sku\":\"A,B\",\"quantity\":1}", 422, "/sku"),
                Arguments.of("{\"sku\":\"A\",\"quantity\":0}", 422, "/quantity"),
                Arguments.of("{\"sku\":\"A\",\"quantity\":10001}", 422, "/quantity"),
                Arguments.of("{\"sku\":\"NOBODY-SELLS-THIS\",\"quantity\":1}", 422, "/sku"));
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void givenABadLine_whenItIsAdded_thenItIsRefusedByNameAndTheCartStaysAsItWas(
            String body, int status, @Nullable String pointer) {
        var id = ada.open();

        var answer = ada.send(id, body, null).statusCode(status).contentType("application/problem+json");

        if (pointer != null) {
            answer.body("errors.pointer", hasItems(pointer));
        }
        ada.get(id).body("version", equalTo(1));
    }

    @Test
    void givenACartInAnotherCurrency_whenALineHasNoPriceInIt_thenItIsNotMixed() {
        var pen = CatalogueServer.offer("PEN-" + shop.tenant(), 250, "EUR");
        String id = ada.open("{\"currency\":\"EUR\"}")
                .statusCode(201)
                .body("currency", equalTo("EUR"))
                .extract()
                .path("id");
        ada.add(id, pen.sku(), 2).statusCode(200);

        ada.add(id, shop.sku(), 1)
                .statusCode(422)
                .body("errors.pointer", contains("/sku"))
                .body("errors.detail", contains("has no price in EUR"));

        ada.get(id)
                .body("version", equalTo(2))
                .body("lines.sku", contains(pen.sku()))
                .body("total.currency", equalTo("EUR"))
                .body("total.amount", equalTo(500));
    }

    @Test
    void givenACurrencyThatThereIsNot_whenACartIsOpenedInIt_thenItIsRefused() {
        ada.open("{\"currency\":\"XXY\"}").statusCode(422).body("errors.pointer", contains("/currency"));
    }

    @Test
    void givenAGuestsCart_whenOthersTryToOpenIt_thenItIsNotThere() {
        var opened = storefront.open(GUEST).statusCode(201).body("token", notNullValue());
        String id = opened.extract().path("id");
        String token = opened.extract().path("token");
        var guest = storefront.bearing(token);
        guest.add(id, shop.sku(), 1).statusCode(200).body("token", nullValue());

        guest.get(id).statusCode(200);
        ada.bearing(token).get(id).statusCode(200);
        for (var stranger : List.of(
                storefront,
                storefront.bearing("x".repeat(43)),
                ada,
                Carts.of(Tokens.of(Tenants.fresh(), "service")).bearing(token),
                Carts.of(Tokens.of(Tenants.fresh(), "admin")))) {
            stranger.get(id).statusCode(404);
        }
        for (var stranger : List.of(
                storefront, ada, Carts.of(Tokens.of(Tenants.fresh(), "service")).bearing(token))) {
            stranger.add(id, shop.sku(), 1).statusCode(404);
            stranger.checkOut(id, "\"2\"", key()).statusCode(404);
        }
        ada.merge(id).statusCode(404);
        guest.get(id).body("version", equalTo(2));
    }

    @Test
    void givenACustomersCart_whenOthersTryToUseIt_thenStaffMayLookAndNobodyElseSeesIt() {
        var id = ada.open();
        ada.add(id, shop.sku(), 1).statusCode(200);
        var bob = Carts.of(Tokens.of(shop.tenant(), "customer", "bob", null));
        var admin = Carts.of(Tokens.of(shop.tenant(), "admin"));
        var namesake = Carts.of(Tokens.of(shop.tenant(), "service", "ada", null));

        admin.get(id).statusCode(200);
        Carts.of(Tokens.of(shop.tenant(), "readonly")).get(id).statusCode(200);
        Carts.of(Tokens.of(shop.tenant(), "merchant")).get(id).statusCode(403);
        admin.add(id, shop.sku(), 1).statusCode(403);
        for (var stranger : List.of(bob, namesake, storefront)) {
            stranger.get(id).statusCode(404);
            stranger.add(id, shop.sku(), 1).statusCode(404);
            stranger.set(id, shoe.variantId().toString(), 1, "\"2\"").statusCode(404);
            stranger.reprice(id, "\"2\"").statusCode(404);
            stranger.checkOut(id, "\"2\"", key()).statusCode(404);
        }
        ada.get(id).body("version", equalTo(2));
    }

    @Test
    void givenAGuestWithACart_whenTheGuestLogsIn_thenItsLinesAreInTheCustomersCartOnce() {
        var mine = ada.open();
        ada.add(mine, shop.sku(), 1).statusCode(200);
        var opened = storefront.open(GUEST).extract();
        String theirs = opened.path("id");
        String token = opened.path("token");
        storefront.bearing(token).add(theirs, shop.sku(), 2).statusCode(200);
        storefront.bearing(token).add(theirs, shoe.sku(), 1).statusCode(200);

        for (int i = 0; i < 2; i++) {
            ada.bearing(token)
                    .merge(theirs)
                    .statusCode(200)
                    .body("id", equalTo(mine))
                    .body("version", equalTo(3))
                    .body("lines.quantity", containsInAnyOrder(3, 1));
        }

        storefront
                .bearing(token)
                .add(theirs, shop.sku(), 1)
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/cart-merged"))
                .body("cartId", equalTo(mine));
        storefront.bearing(token).merge(theirs).statusCode(403);
    }

    @Test
    void givenACustomerWithoutACart_whenTwoGuestCartsAreMergedAtOnce_thenBothAreInOneCart() throws Exception {
        var guests = Stream.of(shop.sku(), shoe.sku())
                .map(sku -> {
                    var opened = storefront.open(GUEST).extract();
                    String id = opened.path("id");
                    storefront.bearing(opened.path("token")).add(id, sku, 1).statusCode(200);
                    return List.of(id, opened.<String>path("token"));
                })
                .toList();

        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = tabs
                    .invokeAll(guests.stream()
                            .<Callable<ValidatableResponse>>map(
                                    guest -> () -> ada.bearing(guest.get(1)).merge(guest.get(0)))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
            answers.forEach(answer -> answer.statusCode(200));
        }

        ada.get(ada.open()).body("lines.sku", containsInAnyOrder(shop.sku(), shoe.sku()));
    }

    @Test
    void givenPricesThatChanged_whenTheyAreTaken_thenTheCartShowsThemAndDropsWhatIsNotForSale() {
        var id = ada.open();
        ada.add(id, shop.sku(), 2).statusCode(200);
        ada.add(id, shoe.sku(), 1).statusCode(200);
        ada.reprice(id, "\"3\"").statusCode(200).body("version", equalTo(3));

        CatalogueServer.reprice(shop.sku(), 500);
        CatalogueServer.withdraw(shoe.sku());

        ada.reprice(id, "\"2\"").statusCode(412);
        ada.reprice(id, "\"3\"")
                .statusCode(200)
                .body("version", equalTo(4))
                .body("lines.sku", contains(shop.sku()))
                .body("lines.priceVersion", contains(2))
                .body("total.amount", equalTo(1_000));
    }

    @Test
    void givenCartsThatNobodyTouches_whenTheirTimeIsOver_thenGuestsCartsGoAndCustomersStay() {
        var mine = ada.open();
        ada.add(mine, shop.sku(), 1).statusCode(200);
        var opened = storefront.open(GUEST).extract();
        String theirs = opened.path("id");
        var guest = storefront.bearing(opened.path("token"));
        guest.add(theirs, shop.sku(), 1).statusCode(200);
        var young = storefront.open(GUEST).extract();
        try (var worker = Database.of("orders", "worker")) {
            worker.update(
                    "update orders.cart set updated_at = now() - interval '31 days' where tenant = ? and id::text in (?, ?)",
                    shop.tenant(),
                    mine,
                    theirs);
        }

        eventually(Duration.ofMinutes(2), () -> guest.get(theirs).statusCode(404));
        ada.get(mine).statusCode(200);
        storefront.bearing(young.path("token")).get(young.path("id")).statusCode(200);
    }
}
