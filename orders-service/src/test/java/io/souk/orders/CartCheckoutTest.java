package io.souk.orders;

import io.restassured.response.ValidatableResponse;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

/** A cart of two units at 4.50 USD on its way to an order. */
@OrdersTest
class CartCheckoutTest {
    private final Shop shop = new Shop();
    private final Carts ada = Carts.of(shop.customer());
    private String cart = "";

    @BeforeEach
    void fillACart() {
        cart = ada.open();
        ada.add(cart, shop.sku(), 2).statusCode(200);
    }

    @Test
    void givenACart_whenItIsCheckedOut_thenItIsLockedUntilItsOrderIsConfirmedAndThenEmpty() {
        var order = placed(ada.checkOut(cart, "\"2\"", key()).body("total.amount", equalTo(900)));

        ada.add(cart, shop.sku(), 1)
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/cart-checked-out"))
                .body("orderId", equalTo(order.toString()));
        String variant = ada.get(cart).extract().path("lines[0].variantId");
        ada.set(cart, variant, 9, "\"3\"").statusCode(409);
        ada.remove(cart, variant, "\"3\"").statusCode(409);
        ada.reprice(cart, "\"3\"").statusCode(409);
        mergeAGuestsCart().statusCode(409).body("orderId", equalTo(order.toString()));
        ada.checkOut(cart, "\"3\"", key()).statusCode(409);
        ada.open("{\"currency\":\"EUR\"}").statusCode(200).body("currency", equalTo("USD"));
        ada.get(cart)
                .body("status", equalTo("CHECKED_OUT"))
                .body("orderId", equalTo(order.toString()))
                .body("lines.quantity", contains(2));

        shop.confirm(order);

        ada.get(cart)
                .body("status", equalTo("OPEN"))
                .body("orderId", nullValue())
                .body("version", equalTo(4))
                .body("lines", empty());
        ada.add(cart, shop.sku(), 1).statusCode(200);
    }

    @Test
    void givenACartThatIsCheckedOut_whenItsOrderFails_thenItIsAsItWas() {
        var order = placed(ada.checkOut(cart, "\"2\"", key(), "tok_declined", null));

        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, order, "OPEN", "[]");

        eventually(() -> shop.get(order).body("status", equalTo("DECLINED")));
        ada.get(cart).body("status", equalTo("OPEN")).body("lines.quantity", contains(2));
        ada.checkOut(cart, ada.etag(cart), key()).statusCode(202);
    }

    @Test
    void givenAnOrderThatIsCancelledAfterItsConfirmation_thenTheCartOfTheNextOneIsLeftAlone() {
        var order = placed(ada.checkOut(cart, "\"2\"", key()));
        shop.confirm(order);
        ada.add(cart, shop.sku(), 7).statusCode(200);

        Shop.cancel(order, shop.customer()).statusCode(200);

        ada.get(cart).body("lines.quantity", contains(7));
    }

    @Test
    void givenAPriceThatChanged_whenTheCartIsCheckedOut_thenBothAreToldAndNothingIsOrdered() {
        CatalogueServer.reprice(shop.sku(), 475);

        ada.checkOut(cart, "\"2\"", key())
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/price-changed"))
                .body("changes", hasSize(1))
                .body("changes[0].sku", equalTo(shop.sku()))
                .body("changes[0].seen.amount", equalTo(450))
                .body("changes[0].seenVersion", equalTo(1))
                .body("changes[0].now.amount", equalTo(475))
                .body("changes[0].nowVersion", equalTo(2));
        shop.list().body("items", empty());

        ada.reprice(cart, "\"2\"").statusCode(200);
        ada.checkOut(cart, "\"3\"", key()).statusCode(202).body("total.amount", equalTo(950));
    }

    @Test
    void givenAPriceListThatChangedElsewhere_whenTheCartIsCheckedOut_thenItsPriceStillHolds() {
        CatalogueServer.reprice(shop.sku(), 450);

        ada.checkOut(cart, "\"2\"", key()).statusCode(202);
    }

    @Test
    void givenAnotherPriceInTheSameVersion_whenTheCartIsCheckedOut_thenItIsTold() {
        CatalogueServer.repriceInItsVersion(shop.sku(), 900);

        ada.checkOut(cart, "\"2\"", key())
                .statusCode(409)
                .body("changes[0].seen.amount", equalTo(450))
                .body("changes[0].now.amount", equalTo(900));
    }

    @Test
    void givenASkuThatIsAnotherVariantsNow_whenTheCartIsCheckedOut_thenNothingElseIsSoldForIt() {
        CatalogueServer.withdraw(shop.sku());
        CatalogueServer.offer(shop.sku(), 450, "USD");

        ada.checkOut(cart, "\"2\"", key()).statusCode(422).body("errors.pointer", contains("/lines/0/sku"));
        ada.reprice(cart, "\"2\"").statusCode(200).body("lines", empty());
    }

    @Test
    void givenASkuUnderWhichTwoVariantsAreInTheCart_whenItIsCheckedOut_thenNeitherIsSoldAsTheOther() {
        CatalogueServer.withdraw(shop.sku());
        CatalogueServer.offer(shop.sku(), 450, "USD");
        ada.add(cart, shop.sku(), 3).statusCode(200).body("lines", hasSize(2));

        ada.checkOut(cart, ada.etag(cart), key()).statusCode(422).body("errors.pointer", contains("/lines/1/sku"));
        ada.reprice(cart, ada.etag(cart)).statusCode(200).body("lines.quantity", contains(3));
        ada.checkOut(cart, ada.etag(cart), key()).statusCode(202).body("total.amount", equalTo(1350));
    }

    @Test
    void givenALineThatIsNotForSaleAnyMore_whenTheCartIsCheckedOut_thenItIsNamed() {
        CatalogueServer.withdraw(shop.sku());

        ada.checkOut(cart, "\"2\"", key()).statusCode(422).body("errors.pointer", contains("/lines/0/sku"));

        ada.get(cart).body("status", equalTo("OPEN"));
    }

    @Test
    void givenACheckout_whenItIsSentTenTimesAtOnceWithItsKey_thenAllAreToldTheOneOrder() throws Exception {
        var key = key();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads
                    .invokeAll(IntStream.range(0, 10)
                            .<Callable<String>>mapToObj(_ -> () -> insist(key))
                            .toList())
                    .stream()
                    .map(Future::resultNow);
            assertThat(answers.distinct()).hasSize(1);
        }

        ada.checkOut(cart, "\"2\"", key).statusCode(202).header("Idempotent-Replayed", equalTo("true"));
        Carts.of(Tokens.of(shop.tenant(), "customer", "bob", null))
                .checkOut(cart, "\"2\"", key)
                .statusCode(404);
        shop.list().body("items", hasSize(1));
    }

    @Test
    void givenACheckoutThatIsPriced_whenTheSameOneIsPlacedBeforeIt_thenThatOrderIsItsAnswerWhateverItIsToldItself()
            throws Exception {
        var key = key();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var catalogue = new CatalogueServer.Held()) {
            var late = threads.submit(() -> ada.checkOut(cart, "\"2\"", key));
            catalogue.await();
            var order = placed(ada.checkOut(cart, "\"2\"", key));
            CatalogueServer.reprice(shop.sku(), 475);
            catalogue.letGo();

            late.get()
                    .statusCode(202)
                    .header("Idempotent-Replayed", equalTo("true"))
                    .body("id", equalTo(order.toString()));
        }
    }

    @Test
    void givenACart_whenTenTabsCheckItOutAtOnce_thenThereIsOneOrder() throws Exception {
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = tabs
                    .invokeAll(IntStream.range(0, 10)
                            .<Callable<Integer>>mapToObj(_ -> () ->
                                    ada.checkOut(cart, "\"2\"", key()).extract().statusCode())
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses.stream().filter(status -> status == 202)).hasSize(1);
            assertThat(statuses).isSubsetOf(202, 409, 412);
        }

        shop.list().body("items", hasSize(1));
    }

    @Test
    void givenACardNumberInThePlaceOfAToken_whenItIsSent_thenNothingIsOrdered() {
        var number = "4111 1111 1111 1111";

        ada.checkOut(cart, "\"2\"", key(), number, null)
                .statusCode(422)
                .body("errors.pointer", contains("/payment/token"));
        Shop.post(key(), shop.customer(), Shop.body(shop.sku(), 1, number.replace(" ", "")))
                .statusCode(422)
                .body("errors.pointer", contains("/payment/token"));

        shop.list().body("items", empty());
        ada.get(cart).body("status", equalTo("OPEN"));
    }

    @Test
    void givenAProviderWhoseTokensHaveTheFormOfACardNumber_whenOneIsSentToIt_thenItIsOrdered_andToNobodyElse() {
        var token = "6304000000000000000";

        Shop.post(key(), shop.customer(), Shop.body(shop.sku(), 1, token))
                .statusCode(422)
                .body("errors.pointer", contains("/payment/token"));
        Shop.post(key(), shop.customer(), Shop.body(shop.sku(), 1, token).replace("sandbox", "scripted"))
                .statusCode(202);
    }

    @Test
    void givenAnEmptyCart_whenItIsCheckedOut_thenItIsRefused() {
        var bob = Carts.of(Tokens.of(shop.tenant(), "customer", "bob", null));

        bob.checkOut(bob.open(), "\"1\"", key())
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/cart-empty"));
    }

    @Test
    void givenACartThatHasChanged_whenAnOlderVersionIsCheckedOut_thenThePresentOneIsShown() {
        ada.checkOut(cart, "\"1\"", key()).statusCode(412).body("current.version", equalTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer", "service"})
    void givenAGuestsCart_whenItsBearerChecksItOut_thenItBecomesAnOrder(String role) {
        var someone = Carts.of(Tokens.of(shop.tenant(), role, "someone", null));
        var opened = someone.open("{\"currency\":\"USD\",\"guest\":true}")
                .statusCode(201)
                .extract();
        var guest = someone.bearing(opened.path("token"));
        String id = opened.path("id");
        guest.add(id, shop.sku(), 1).statusCode(200);

        var order = placed(guest.checkOut(id, "\"2\"", key()));

        Shop.get(order, guest.token()).statusCode(200);
        Shop.get(order, shop.customer()).statusCode(404);
    }

    /** The order of the checkout, which is sent again as long as the same one is under way. */
    private String insist(String key) {
        while (true) {
            var answer = ada.checkOut(cart, "\"2\"", key).extract();
            if (answer.statusCode() == 202) {
                return answer.path("id");
            }
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.<String>path("type")).isEqualTo("https://souk.example/problems/idempotency-in-progress");
        }
    }

    private ValidatableResponse mergeAGuestsCart() {
        var opened = ada.open("{\"currency\":\"USD\",\"guest\":true}").extract();
        var guest = ada.bearing(opened.path("token"));
        guest.add(opened.path("id"), shop.sku(), 1).statusCode(200);
        return guest.merge(opened.path("id"));
    }

    private static UUID placed(ValidatableResponse answer) {
        return UUID.fromString(answer.statusCode(202).extract().path("id"));
    }
}
