package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.souk.testing.Database;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

/** Ada, who keeps an address in Brooklyn, buys in a shop that charges taxes there and in Austria. */
@OrdersTest
class AddressCheckoutTest {
    private static final String RATES = """
            {"rates": [{"country": "US", "region": "NY", "rateMillionths": 88750, "inclusive": false},
             {"country": "AT", "rateMillionths": 200000, "inclusive": true}]}""";

    private final Shop shop = new Shop();
    private final Customers ada = Customers.of(shop.customer());
    private String home = "";

    @BeforeEach
    void keepAnAddress() {
        home = ada.keep(Customers.BROOKLYN);
    }

    @Test
    void givenASavedAddress_whenAnOrderNamesIt_thenItTakesACopyThatLaterEditsLeaveAlone() {
        var order = placed(order(shop.customer(), home, ""));

        ada.editAddress(home, "\"2\"", "{\"lines\":[\"1 Elsewhere\"]}").statusCode(200);
        ada.removeAddress(home, "\"3\"").statusCode(200);

        shop.get(order)
                .body("shippingAddress.recipient", equalTo("Ada Lovelace"))
                .body("shippingAddress.lines", contains("12 Carroll Street"))
                .body("shippingAddress.postalCode", equalTo("11231"))
                .body("shippingAddress.country", equalTo("US"))
                .body("shippingAddress.phone", equalTo("+1 (718) 555-0142"))
                .body("shippingAddress.label", nullValue());
        shop.list().body("items.shippingAddress.city", contains("Brooklyn"));
        order(shop.customer(), home, "").statusCode(422).body("errors.pointer", contains("/shippingAddressId"));
    }

    @Test
    void givenAnOrderWithAnAddress_whenItIsLookedAt_thenItsCustomerAndTheAdminSeeWhereItGoesAndNobodyElse() {
        var answer = order(shop.customer(), home, "").body("shippingAddress", nullValue());
        var order = placed(answer);

        Shop.get(order, role("admin")).body("shippingAddress.city", equalTo("Brooklyn"));
        Shop.list(role("admin")).body("items.shippingAddress.city", contains("Brooklyn"));
        for (var role : List.of("readonly", "service")) {
            Shop.get(order, role(role)).statusCode(200).body("shippingAddress", nullValue());
            Shop.get(order, Tokens.of(shop.tenant(), role, "ada", null)).body("shippingAddress", nullValue());
            Shop.list(role(role)).body("items[0].shippingAddress", nullValue());
        }
        Shop.get(order, Tokens.of(shop.tenant(), "customer", "bob", null)).statusCode(404);
        Shop.cancel(order, shop.customer()).statusCode(200).body("shippingAddress.city", equalTo("Brooklyn"));
        Shop.cancel(order, role("service")).statusCode(200).body("shippingAddress", nullValue());
        eventually(() -> assertThat(shop.events(order)).hasSizeGreaterThan(1));
        assertThat(shop.events(order))
                .extracting(event -> new String(event.value(), StandardCharsets.UTF_8))
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("Brooklyn", "Carroll", "Lovelace", "11231", "555", "shippingAddress"));
    }

    @Test
    void givenAShopWithTaxes_whenTheAddressSaysWhereAnOrderGoes_thenTaxesGoByItAndNothingElseIsBelieved() {
        chargeTaxes();

        order(shop.customer(), home, "").statusCode(202).body("total.amount", equalTo(980));
        for (var shipTo : List.of("{\"country\":\"AQ\"}", "{\"country\":\"US\",\"region\":\"NY\"}")) {
            order(shop.customer(), home, "\"shipTo\":" + shipTo + ",")
                    .statusCode(422)
                    .body("errors.pointer", contains("/shipTo"));
        }
        order(shop.customer(), ada.keep(Customers.VIENNA), "")
                .statusCode(202)
                .body("totals.taxIncluded.amount", equalTo(150));
        Shop.post(key(), shop.customer(), Shop.body(shop.sku(), 2, "tok_ok")).statusCode(422);
    }

    @Test
    void givenAnAddress_whenItIsEditedAfterTheTaxesWereReckonedByIt_thenTheOrderIsToBeSentAgain() throws Exception {
        try (var editor = Database.of("orders", "worker");
                var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            editor.update("begin");
            editor.update(
                    "update orders.customer set addresses = replace(addresses::text, 'Brooklyn', 'Queens')::json where tenant = ?",
                    shop.tenant());
            var order = tabs.submit(() -> order(shop.customer(), home, ""));
            Waiting.forTransaction(editor);
            editor.update("commit");

            order.get()
                    .statusCode(409)
                    .body("type", endsWith("/address-changed"))
                    .body("errors.pointer", contains("/shippingAddressId"));
        }
        order(shop.customer(), home, "").statusCode(202);
    }

    @Test
    void givenTaxesThatDependOnTheRegion_whenAnAddressHasNone_thenItIsNotFreeOfThem() {
        chargeTaxes();
        var cart = Carts.of(shop.customer());
        var id = cart.open();
        cart.add(id, shop.sku(), 2).statusCode(200);
        var somewhere = ada.keep(Customers.BROOKLYN.replace("\"region\": \"NY\",", ""));

        order(shop.customer(), somewhere, "").statusCode(422).body("errors.pointer", contains("/shippingAddressId"));
        checkOut(shop.customer(), id, somewhere).statusCode(422).body("errors.pointer", contains("/shippingAddressId"));
        Shop.post(
                        key(),
                        shop.customer(),
                        Shop.body(shop.sku(), 2, "tok_ok")
                                .replace("\"payment\"", "\"shipTo\":{\"country\":\"US\"},\"payment\""))
                .statusCode(422)
                .body("errors.pointer", contains("/shipTo/region"));

        shop.list().body("items.size()", equalTo(0));
    }

    @Test
    void givenACart_whenItIsCheckedOutToASavedAddress_thenItsOrderGoesThere() {
        var cart = Carts.of(shop.customer());
        var id = cart.open();
        cart.add(id, shop.sku(), 2).statusCode(200);

        checkOut(shop.customer(), id, UUID.randomUUID().toString())
                .statusCode(422)
                .body("errors.pointer", contains("/shippingAddressId"));
        cart.get(id).body("status", equalTo("OPEN"));
        var order = placed(checkOut(shop.customer(), id, home));

        shop.get(order).body("shippingAddress.city", equalTo("Brooklyn"));
        Shop.get(order, role("readonly")).body("shippingAddress", nullValue());
    }

    @Test
    void givenAnAddressThatIsNotTheCallers_whenAnOrderNamesIt_thenTheFieldIsNamedAndNothingIsPlaced() {
        var bob = Tokens.of(shop.tenant(), "customer", "bob", null);
        Customers.of(bob).keep(Customers.VIENNA);

        for (var stranger :
                List.of(bob, role("admin"), role("service"), Tokens.of(shop.tenant(), "service", "ada", null))) {
            order(stranger, home, "").statusCode(422).body("errors.pointer", contains("/shippingAddressId"));
        }
        var elsewhere = Tokens.of(Tenants.fresh(), "customer", "ada", null);
        order(elsewhere, home, "").statusCode(422).body("errors.pointer", contains("/shippingAddressId"));
        order(shop.customer(), UUID.randomUUID().toString(), "").statusCode(422);
        order(shop.customer(), "home", "").statusCode(400).body("errors.pointer", hasItem("/shippingAddressId"));

        Shop.list(role("admin")).body("items.size()", equalTo(0));
    }

    @Test
    void givenAFulfilledOrder_whenItsCustomerIsErased_thenNeitherTheAddressNorTheParcelLeadsToThem() {
        var parcel = "1Z" + shop.tenant();
        var order = placed(order(shop.customer(), home, ""));
        shop.confirm(order);
        fulfil(order, "{\"carrier\":\"UPS\",\"trackingNumber\":\"%s\"}".formatted(parcel))
                .statusCode(200)
                .body("status", equalTo("FULFILLED"))
                .body("shippingAddress", nullValue());
        shop.get(order).body("shippingAddress.city", equalTo("Brooklyn"));

        ada.erase("\"2\"").statusCode(204);

        Shop.get(order, role("admin"))
                .statusCode(200)
                .body("status", equalTo("FULFILLED"))
                .body("shippingAddress", nullValue())
                .body("fulfilment.carrier", equalTo("UPS"))
                .body("fulfilment.trackingNumber", nullValue())
                .body("timeline.note", hasItem("The goods are on their way with UPS"));
        for (var body : List.of("{\"trackingNumber\":\"%s\"}".formatted(parcel), "{\"carrier\":\"DHL\"}")) {
            given().auth()
                    .oauth2(role("admin"))
                    .contentType(ContentType.JSON)
                    .header("If-Match", "\"5\"")
                    .body(body)
                    .patch("/v1/orders/{id}/fulfilments", order)
                    .then()
                    .statusCode(body.contains(parcel) ? 422 : 200);
        }
        try (var worker = Database.of("orders", "worker")) {
            assertThat(worker.query(
                            "select note from orders.order_step where tenant = ? and strpos(note, ?) > 0",
                            shop.tenant(),
                            parcel))
                    .isEmpty();
        }
    }

    @Test
    void givenAnErasedCustomer_whenTheirOrderIsFulfilled_thenNoNumberLeadsToThemAgain() {
        var order = placed(order(shop.customer(), home, ""));
        shop.confirm(order);
        ada.erase("\"2\"").statusCode(204);

        fulfil(order, "{\"carrier\":\"UPS\",\"trackingNumber\":\"1Z999\"}")
                .statusCode(422)
                .body("errors.pointer", contains("/trackingNumber"));
        fulfil(order, "{\"carrier\":\"UPS\"}").statusCode(200).body("fulfilment.carrier", equalTo("UPS"));

        Shop.get(order, role("admin")).body("fulfilment.trackingNumber", nullValue());
    }

    private ValidatableResponse fulfil(UUID order, String body) {
        return given().auth()
                .oauth2(role("service"))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key())
                .body(body)
                .post("/v1/orders/{id}/fulfilments", order)
                .then();
    }

    @RepeatedTest(4)
    void givenACustomerWhoIsErased_whenOrdersArePlacedAtTheSameMoment_thenNoneKeepsTheAddress() throws Exception {
        String etag = ada.me().extract().header("ETag");

        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = tabs
                    .invokeAll(List.<Callable<Integer>>of(
                            () -> order(shop.customer(), home, "").extract().statusCode(),
                            () -> order(shop.customer(), home, "").extract().statusCode(),
                            () -> ada.erase(etag).extract().statusCode()))
                    .stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses.subList(0, 2)).isSubsetOf(202, 409, 422);
            assertThat(statuses.getLast()).isEqualTo(204);
        }

        try (var worker = Database.of("orders", "worker")) {
            assertThat(worker.query(
                            "select id from orders.orders where tenant = ? and (shipping_address is not null or customer = 'ada')",
                            shop.tenant()))
                    .isEmpty();
        }
    }

    private void chargeTaxes() {
        given().auth()
                .oauth2(role("admin"))
                .contentType(ContentType.JSON)
                .header("If-None-Match", "*")
                .body(RATES)
                .put("/v1/tax-rates")
                .then()
                .statusCode(200);
    }

    /** Two units to that address. */
    private ValidatableResponse order(String token, String address, String shipTo) {
        return Shop.post(
                key(),
                token,
                Shop.body(shop.sku(), 2, "tok_ok")
                        .replace("\"payment\"", shipTo + "\"shippingAddressId\":\"" + address + "\",\"payment\""));
    }

    private static ValidatableResponse checkOut(String token, String cart, String address) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("If-Match", "\"2\"")
                .header("Idempotency-Key", key())
                .body("{\"shippingAddressId\":\"%s\",\"payment\":{\"provider\":\"sandbox\",\"token\":\"tok_ok\"}}"
                        .formatted(address))
                .post("/v1/carts/{id}/checkout", cart)
                .then();
    }

    private String role(String role) {
        return Tokens.of(shop.tenant(), role);
    }

    private static UUID placed(ValidatableResponse answer) {
        return UUID.fromString(answer.statusCode(202).extract().path("id"));
    }
}
