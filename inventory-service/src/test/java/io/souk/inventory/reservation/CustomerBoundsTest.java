package io.souk.inventory.reservation;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

/** A customer's own holds keep stock from all others, and so are bounded; not what those do who work for the tenant. */
@InventoryTest
class CustomerBoundsTest {
    private static final int MOST_OPEN = 20;
    private static final String GTIN = "4006381333931";

    private final Shop shop = new Shop();

    @Test
    void givenMoreUnitsThanACustomerMayHold_thenTheLineIsNamed_andTheShopMay() {
        var shirt = shop.stocked("shirt", 30_000);
        shop.pack(GTIN, shirt, 5_001);
        var beyond = body(line(shirt, 9_999), line(shirt, 2));

        hold(jane(), beyond)
                .then()
                .statusCode(422)
                .body("type", containsString("invalid"))
                .body("errors.pointer", contains("/lines/1/quantity"))
                .body("errors.detail", contains("makes 10001 units with the lines before it"));
        hold(jane(), body(new JsonObject().put("gtin", GTIN).put("packs", 2)))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/packs"));
        assertThat(shop.stock(shirt).getLong("reserved")).isZero();

        hold(jane(), body(line(shirt, 9_999), line(shirt, 1))).then().statusCode(201);
        hold(shop.as("service"), beyond).then().statusCode(201);
    }

    @Test
    void givenAsManyOpenOnesAsACustomerMayHave_thenTheNextIsRefused_untilOneHasEndedOrMakesRoom() {
        var shirt = shop.stocked("shirt", 100);
        var open = IntStream.range(0, MOST_OPEN).mapToObj(_ -> held(shirt)).toList();

        assertThatTheNextIsRefused(shirt);

        var next = hold(jane(), body(line(shirt, 1)).put("replaces", open.get(0)));
        next.then().statusCode(201);
        assertThatTheNextIsRefused(shirt);
        act(jane(), open.get(1), "release", "").then().statusCode(200);
        hold(jane(), body(line(shirt, 1))).then().statusCode(201);
        assertThatTheNextIsRefused(shirt);
        runOut(open.get(2));
        eventually(() -> hold(jane(), body(line(shirt, 1))).then().statusCode(201));
        assertThatTheNextIsRefused(shirt);
        act(shop.as("service"), open.get(3), "confirm", "").then().statusCode(200);
        hold(jane(), body(line(shirt, 1))).then().statusCode(201);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOneCustomerHasAllItMay_thenNobodyElseIsKeptOut() {
        var shirt = shop.stocked("shirt", 100);
        IntStream.range(0, MOST_OPEN).forEach(_ -> held(shirt));
        var others = new Shop();
        var shoe = others.stocked("shoe", 1);

        hold(customer(others, "jane"), body(line(shoe, 1))).then().statusCode(201);
        hold(customer(shop, "john"), body(line(shirt, 1))).then().statusCode(201);
        for (var role : List.of("admin", "service")) {
            hold(shop.as(role), body(line(shirt, 1)).put("owner", "jane"))
                    .then()
                    .statusCode(201);
        }
        var order = UUID.randomUUID();
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 1));
        shop.awaitReservation(order, "OPEN");
        assertThatTheNextIsRefused(shirt);
    }

    @Test
    void givenTheSameKeyAgain_thenItsAnswerComesAgain_howeverMuchIsHeldByNow() {
        var shirt = shop.stocked("shirt", 100);
        var first = hold(jane(), "first", body(line(shirt, 1)));
        IntStream.range(1, MOST_OPEN).forEach(_ -> held(shirt));

        hold(jane(), "first", body(line(shirt, 1)))
                .then()
                .statusCode(201)
                .body("id", equalTo(first.jsonPath().getString("id")));
    }

    @Test
    void givenACustomerRenews_thenNeverBeyondTheLongest_andOnceItHoldsThatLongItIsTold() {
        var shirt = shop.stocked("shirt", 5);
        var id = held(shirt);
        makeOlder(id, "23 hours");

        act(jane(), id, "renew", "{\"ttlSeconds\": 1800}").then().statusCode(200);
        assertThat(endsAtItsLongest(id)).isFalse();
        act(jane(), id, "renew", "{\"ttlSeconds\": 7200}").then().statusCode(200);
        assertThat(endsAtItsLongest(id)).isTrue();
        act(jane(), id, "renew", "{\"ttlSeconds\": 7200}")
                .then()
                .statusCode(409)
                .body("type", containsString("reservation-at-its-longest"))
                .body("detail", containsString("86400 s"))
                .body("until", notNullValue())
                .body("current.status", equalTo("OPEN"));

        act(shop.as("service"), id, "renew", "{\"ttlSeconds\": 86400}").then().statusCode(200);
        assertThat(endsAtItsLongest(id)).isFalse();
        act(jane(), id, "renew", "{\"ttlSeconds\": 7200}").then().statusCode(409);
    }

    @Test
    void givenACustomerReplacesWhatItHolds_thenItHoldsNoLongerForIt_andAnewWhereItsTimeIsOver() {
        var shirt = shop.stocked("shirt", 9);
        var first = held(shirt);
        makeOlder(first, "23 hours");

        var second = replaced(jane(), first, shirt);
        assertThat(endsADayAfter(second, first)).isTrue();
        var third = replaced(jane(), second, shirt);
        assertThat(endsADayAfter(third, first)).isTrue();
        assertThatItIsAtItsLongest(third);
        runOut(third);
        assertThat(endsADayAfter(replaced(jane(), third, shirt), first)).isFalse();

        eventually(() -> assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(1));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTheShopLetsACustomersHoldLast_thenWhatReplacesItMayToo_andWhatTheShopReplacesBeginsAnew() {
        var shirt = shop.stocked("shirt", 9);
        var first = held(shirt);
        makeOlder(first, "30 hours");
        act(shop.as("service"), first, "renew", "{\"ttlSeconds\": 86400}")
                .then()
                .statusCode(200);

        var second = replaced(jane(), first, shirt);
        assertThat(Ledger.query(
                        "select expires_at > now() + interval '110 minutes' from inventory.reservation where id = ?",
                        UUID.fromString(second)))
                .containsExactly("t");
        assertThatItIsAtItsLongest(second);

        var third = replaced(shop.as("service"), second, shirt);
        act(jane(), third, "renew", "{\"ttlSeconds\": 7200}").then().statusCode(200);
    }

    private void assertThatItIsAtItsLongest(String id) {
        act(jane(), id, "renew", "{\"ttlSeconds\": 7200}")
                .then()
                .statusCode(409)
                .body("type", containsString("reservation-at-its-longest"));
    }

    private static String replaced(RequestSpecification as, String id, Article article) {
        var made = hold(
                as,
                body(line(article, 1)).put("owner", "jane").put("replaces", id).put("ttlSeconds", 7200));
        made.then().statusCode(201);
        return made.jsonPath().getString("id");
    }

    private static boolean endsADayAfter(String id, String first) {
        return Ledger.query(
                        "select later.expires_at = first.created_at + interval '24 hours'"
                                + " from inventory.reservation later, inventory.reservation first where later.id = ? and first.id = ?",
                        UUID.fromString(id),
                        UUID.fromString(first))
                .getFirst()
                .equals("t");
    }

    private void assertThatTheNextIsRefused(Article article) {
        hold(jane(), body(line(article, 1)))
                .then()
                .statusCode(409)
                .body("type", containsString("too-many-reservations"))
                .body("most", equalTo(MOST_OPEN));
    }

    private String held(Article article) {
        var made = hold(jane(), body(line(article, 1)));
        made.then().statusCode(201);
        return made.jsonPath().getString("id");
    }

    private RequestSpecification jane() {
        return customer(shop, "jane");
    }

    private static RequestSpecification customer(Shop shop, String subject) {
        return Shop.with(Tokens.of(shop.tenant(), "customer", subject, null));
    }

    private static Response hold(RequestSpecification as, JsonObject body) {
        return hold(as, UUID.randomUUID().toString(), body);
    }

    private static Response hold(RequestSpecification as, String key, JsonObject body) {
        return as.header("Idempotency-Key", key).body(body.encode()).post("/v1/reservations");
    }

    private static Response act(RequestSpecification as, String id, String action, String body) {
        var version = Ledger.query("select version from inventory.reservation where id = ?", UUID.fromString(id))
                .getFirst();
        var request = as.header("If-Match", "\"" + version + "\"");
        return (body.isEmpty() ? request : request.body(body)).post("/v1/reservations/" + id + "/" + action);
    }

    private static JsonObject body(JsonObject... lines) {
        var all = new JsonArray();
        Stream.of(lines).forEach(all::add);
        return new JsonObject().put("lines", all);
    }

    private static JsonObject line(Article article, long quantity) {
        return new JsonObject().put("sku", article.sku()).put("quantity", quantity);
    }

    private static void runOut(String id) {
        Ledger.update("update inventory.reservation set expires_at = now() where id = ?", UUID.fromString(id));
    }

    private static void makeOlder(String id, String interval) {
        Ledger.update(
                "update inventory.reservation set created_at = created_at - ?::interval where id = ?",
                interval,
                UUID.fromString(id));
    }

    private static boolean endsAtItsLongest(String id) {
        return Ledger.query(
                        "select expires_at = created_at + interval '24 hours' from inventory.reservation where id = ?",
                        UUID.fromString(id))
                .getFirst()
                .equals("t");
    }
}
