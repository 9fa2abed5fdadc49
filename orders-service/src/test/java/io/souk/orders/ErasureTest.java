package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.souk.testing.Database;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

/** Ada has bought without ever becoming a customer, and wants to be forgotten. */
@OrdersTest
class ErasureTest {
    private final Shop shop = new Shop();
    private final Customers ada = Customers.of(shop.customer());
    private final String admin = Tokens.of(shop.tenant(), "admin");

    @Test
    void givenSomebodyWhoNeverBecameACustomer_whenTheyWantToBeForgotten_thenTheyAre_andMayAskAgain() {
        leaveTraces();

        ada.erase(null).statusCode(204);

        assertThat(traces()).isEmpty();
        Shop.list(admin).body("items", hasSize(1));
        shop.list().body("items", empty());
        ada.erase(null).statusCode(204);
        ada.erase("\"7\"").statusCode(204);
    }

    @Test
    void givenSomebodyWhoNeverBecameACustomer_whenTheAdminErasesThem_thenTheyAreForgotten_andNobodyElseIs() {
        leaveTraces();
        var bob = Tokens.of(shop.tenant(), "customer", "bob", null);
        Customers.of(bob).make("{}").statusCode(201);

        erase("{\"subject\":\"ada\"}").statusCode(204);
        erase("{\"subject\":\"ada\"}").statusCode(204);

        assertThat(traces()).isEmpty();
        Customers.of(bob).me().statusCode(200);
        erase("{\"subject\":\"bob\"}").statusCode(204);
        Customers.of(bob).me().statusCode(404);
        erase("{}").statusCode(422).body("errors.pointer", hasItem("/subject"));
        erase("{\"subject\":\" \"}").statusCode(422);
        erase("{\"subject\":\"%s\"}".formatted("x".repeat(1_001))).statusCode(422);
        erase("{\"name\":\"ada\"}").statusCode(400);
    }

    @Test
    void givenAnOrderThatIsBeingWritten_whenItsCustomerIsErased_thenTheErasureWaitsAndReachesItToo() throws Exception {
        var key = key();
        try (var owner = Database.of("orders", "owner");
                var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            owner.update("begin"); // keeps the order from its commit: it has its key yet to write
            owner.update("""
                    insert into orders.idempotency_key (tenant, operation, key, request_hash, status, headers, body)
                    values (?, 'place-order:ada', ?, 'x', 200, '{}', '{}')
                    """, shop.tenant(), key);
            var order = tabs.submit(() -> Shop.post(key, shop.customer(), Shop.body(shop.sku(), 2, "tok_ok")));
            Waiting.forTransaction(owner);
            var erasure = tabs.submit(() -> ada.erase(null));
            eventually(() -> assertThat(erasure.isDone() || Waiting.forPerson(owner, shop.tenant(), "ada"))
                    .isTrue());
            owner.update("rollback");

            order.get().statusCode(202);
            erasure.get().statusCode(204);
        }
        assertThat(traces()).isEmpty();
    }

    @Test
    void givenACheckoutAndAnErasureAtOnce_whenBothWantTheCart_thenNeitherWaitsForTheOther() throws Exception {
        for (int round = 0; round < 5; round++) {
            var carts = Carts.of(shop.customer());
            var cart = carts.open();
            carts.add(cart, shop.sku(), 1).statusCode(200);
            try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
                var checkout = tabs.submit(() -> carts.checkOut(cart, "\"2\"", key()));
                var erasure = tabs.submit(() -> ada.erase(null));

                assertThat(checkout.get().extract().statusCode()).isIn(202, 404);
                erasure.get().statusCode(204);
            }
            ada.erase(null).statusCode(204);
            assertThat(traces()).isEmpty();
        }
    }

    @Test
    void givenMoreOrdersThanATransactionShouldForget_whenTheirCustomerIsErased_thenItIsDoneInParts() {
        ada.make("{}").statusCode(201);
        try (var worker = Database.of("orders", "worker")) {
            worker.update("""
                    insert into orders.orders (tenant, id, version, customer, currency, total, status, placed_at, updated_at,
                                               deadline, reservation_id)
                    select ?, gen_random_uuid(), 1, 'ada', 'USD', 900, 'CONFIRMED', now(), now(), now(), gen_random_uuid()
                      from generate_series(1, 1200)
                    """, shop.tenant());

            ada.erase("\"1\"").statusCode(204);

            assertThat(traces()).isEmpty();
            assertThat(worker.query("select distinct xmin::text from orders.orders where tenant = ?", shop.tenant()))
                    .hasSizeGreaterThan(1);
            assertThat(worker.query("select distinct customer from orders.orders where tenant = ?", shop.tenant()))
                    .hasSize(1);
        }
        ada.me().statusCode(404);
    }

    @Test
    void givenTwoPeopleBehindOneCache_whenOneAsksForWhatTheOtherHasSeen_thenEachGetsTheirOwn() {
        var bob = Tokens.of(shop.tenant(), "customer", "bob", null);
        ada.make("{\"displayName\":\"Ada\"}");
        Customers.of(bob).make("{\"displayName\":\"Bob\"}");
        var order = shop.place("tok_ok");

        get(bob, "/v1/customers/me").statusCode(200).body("displayName", equalTo("Bob"));
        get(shop.customer(), "/v1/customers/me").statusCode(200).body("displayName", equalTo("Ada"));
        get(shop.customer(), "/v1/orders/" + order).statusCode(200);
        for (var path : List.of("/v1/customers/me", "/v1/orders/" + order, "/v1/orders", "/v1/wishlists")) {
            get(shop.customer(), path)
                    .header("Cache-Control", equalTo("private, no-store"))
                    .header("Vary", containsString("Authorization"));
        }
        get(bob, "/v1/orders/" + order).statusCode(404).header("Cache-Control", equalTo("private, no-store"));
    }

    private static ValidatableResponse get(String token, String path) {
        return given().auth()
                .oauth2(token)
                .header("If-None-Match", "\"1\"")
                .get(path)
                .then();
    }

    private void leaveTraces() {
        shop.place("tok_ok");
        Carts.of(shop.customer()).open();
        Wishlists.of(shop.customer()).create("Birthday");
        assertThat(traces()).hasSize(3);
    }

    /** The tables that name her, but for keys of requests, which go within a day. */
    private List<String> traces() {
        try (var worker = Database.of("orders", "worker")) {
            return Stream.of("orders", "cart", "wishlist", "customer")
                    .filter(table -> !worker.query(
                                    "select 1 from orders.%s where tenant = ? and %s = 'ada'"
                                            .formatted(table, table.equals("customer") ? "subject" : "customer"),
                                    shop.tenant())
                            .isEmpty())
                    .toList();
        }
    }

    private ValidatableResponse erase(String body) {
        return given().auth()
                .oauth2(admin)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/customers/erasures")
                .then();
    }
}
