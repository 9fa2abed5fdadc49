package io.souk.inventory.reservation;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

/** Making reservations over HTTP. */
@InventoryTest
class ReserveTest {
    private final Shop shop = new Shop();

    @Test
    void givenEnough_thenAllLinesAreHeld_andTheEventDoesNotNameTheOwner() {
        var shirt = shop.stocked("shirt", 5);
        var shoe = shop.stocked("shoe", 2);

        var made = reserve("service", body(line(shirt, 3), line(shoe, 2)).put("owner", "jane@example.org"));

        made.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", equalTo("/v1/reservations/" + idOf(made)))
                .body("status", equalTo("OPEN"))
                .body("owner", equalTo("jane@example.org"))
                .body("orderId", nullValue())
                .body("lines.quantity", contains(3, 2));
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(2);
        assertThat(shop.stock(shoe).getLong("available")).isZero();
        shop.as("admin")
                .get("/v1/reservations/" + idOf(made))
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()))
                .singleElement()
                .satisfies(state -> {
                    assertThat(state.getString("id")).isEqualTo(idOf(made));
                    assertThat(state.getString("status")).isEqualTo("OPEN");
                    assertThat(state.getString("orderId")).isNull();
                    assertThat(state.encode()).doesNotContain("jane");
                }));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenLinesThatAreShort_thenEachIsNamedWithWhatIsThere_andNothingIsHeld() {
        var shirt = shop.stocked("shirt", 5);
        var shoe = shop.stocked("shoe", 2);
        var none = shop.article("none");
        shop.settleProduct(none.productId());
        var body = body(line(shirt, 1), line(shoe, 3), line(none, 4));

        reserve("service", body)
                .then()
                .statusCode(409)
                .body("type", containsString("out-of-stock"))
                .body("errors.pointer", contains("/lines/1/quantity", "/lines/2/quantity"))
                .body("refused.line", contains(1, 2))
                .body("refused.sku", contains("shoe", "none"))
                .body("refused.requested", contains(3, 4))
                .body("refused.available", contains(2, 0));

        assertThat(shop.stock(shirt).getLong("reserved")).isZero();
        assertThat(reservations()).isZero();
        assertThat(Told.states(Topics.RESERVATION, shop.tenant())).isEmpty();
    }

    @Test
    void givenItWasRefused_whenGoodsHaveArrived_thenTheSameKeyServes() {
        var shirt = shop.stocked("shirt", 1);
        var key = UUID.randomUUID().toString();
        reserve("service", key, body(line(shirt, 2))).then().statusCode(409);
        shop.receive(shirt, 1);

        reserve("service", key, body(line(shirt, 2))).then().statusCode(201);
    }

    @Test
    void givenALineNamesALocation_thenItComesFromThereAlone() {
        shop.location("near", 1);
        shop.location("far", 2);
        var shirt = shop.article("shirt");
        shop.receive(shirt, 5, "near");
        shop.receive(shirt, 2, "far");

        reserve("service", body(line(shirt, 2).put("location", "far"))).then().statusCode(201);
        reserve("service", body(line(shirt, 1).put("location", "far")))
                .then()
                .statusCode(409)
                .body("refused.available", contains(0));
        reserve("service", body(line(shirt, 1).put("location", "nowhere")))
                .then()
                .statusCode(422)
                .body("type", containsString("unknown-location"))
                .body("errors.pointer", contains("/lines/0/location"));

        assertThat(levels(shirt)).containsExactlyInAnyOrder("5/0", "2/2");
    }

    @Test
    void givenTheSameKeyAgain_thenTheFirstAnswerComesAgain_andAnotherRequestIsRefused() {
        var shirt = shop.stocked("shirt", 9);
        var key = UUID.randomUUID().toString();
        var first = reserve("service", key, body(line(shirt, 2)));
        release("service", idOf(first), 1).then().statusCode(200);

        var again = reserve("service", key, body(line(shirt, 2)));
        var other = reserve("service", key, body(line(shirt, 3)));
        var othersOwner = reserve("service", key, body(line(shirt, 2)).put("owner", "somebody else"));

        again.then().statusCode(201).header("Idempotent-Replayed", "true");
        assertThat(new JsonObject(again.asString())).isEqualTo(new JsonObject(first.asString()));
        assertThat(first.header("Souk-Version"))
                .matches("stock/[0-9a-f-]{36}=2, reservation/" + idOf(first) + "=1")
                .isEqualTo(again.header("Souk-Version"));
        assertThat(other.header("Souk-Version")).isNull();
        other.then().statusCode(422).body("type", containsString("idempotency-key-reused"));
        othersOwner.then().statusCode(422).body("type", containsString("idempotency-key-reused"));
        assertThat(shop.stock(shirt).getLong("reserved")).isZero();
    }

    @Test
    void givenTheSameRequestSentManyTimesAtOnce_thenItIsHeldOnce() {
        var shirt = shop.stocked("shirt", 100);
        var key = UUID.randomUUID().toString();

        var answers = Race.all(20, _ -> reserve("service", key, body(line(shirt, 2))));

        assertThat(answers).extracting(Response::statusCode).contains(201).isSubsetOf(201, 409);
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(2);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenFewUnits_whenManyWantOneAtOnce_thenExactlyThatManyGetOne_andTheOthersAreToldWhy() {
        var shirt = shop.stocked("shirt", 20);

        var answers = Race.all(200, i -> reserve("service", body(line(shirt, 1)).put("owner", "cart-" + i)));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(20);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 201))
                .hasSize(180)
                .allSatisfy(answer -> answer.then()
                        .statusCode(409)
                        .body("refused.sku", contains("shirt"))
                        .body("refused.available", contains(0)));
        assertThat(shop.stock(shirt).getLong("available")).isZero();
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenCartsOfTheSameArticlesInAnyOrder_thenNoneDeadlocks() {
        var articles = IntStream.range(0, 6)
                .mapToObj(i -> shop.stocked("a" + i, 1_000))
                .toList();

        var answers = Race.all(
                40,
                i -> reserve(
                        "service",
                        body(IntStream.range(0, 6)
                                .mapToObj(j -> line(articles.get((i * 5 + j) % 6), 1))
                                .toArray(JsonObject[]::new))));

        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(shop.stock(articles.getFirst()).getLong("reserved")).isEqualTo(40);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenItsTimeHasRunOut_thenTheUnitsAreFree() {
        var shirt = shop.stocked("shirt", 5);

        var made = reserve("service", body(line(shirt, 3)).put("ttlSeconds", 1));

        eventually(() -> assertThat(statusOf(idOf(made))).isEqualTo("EXPIRED"));
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
        assertThat(Ledger.query(
                        "select extract(epoch from updated_at - expires_at) between 0 and 60"
                                + " from inventory.reservation where tenant = ?",
                        shop.tenant()))
                .containsExactly("t");
    }

    @Test
    void aCustomerReservesForItself_andSeesNobodyElses() {
        var shirt = shop.stocked("shirt", 9);
        var jane = customer("jane");
        var tarzan = customer("tarzan");

        var made = reserve(jane, UUID.randomUUID().toString(), body(line(shirt, 1)));
        made.then().statusCode(201).body("owner", equalTo("jane"));
        reserve(jane, UUID.randomUUID().toString(), body(line(shirt, 1)).put("owner", "tarzan"))
                .then()
                .statusCode(403);
        var path = "/v1/reservations/" + idOf(made);

        customer("jane").get(path).then().statusCode(200);
        tarzan.get(path).then().statusCode(404);
        for (var action : new String[] {"renew", "release"}) {
            customer("tarzan")
                    .header("If-Match", "\"1\"")
                    .body("{}")
                    .post(path + "/" + action)
                    .then()
                    .statusCode(404);
        }
        customer("jane")
                .header("If-Match", "\"1\"")
                .post(path + "/confirm")
                .then()
                .statusCode(403);
        customer("tarzan")
                .queryParam("owner", "jane")
                .get("/v1/reservations")
                .then()
                .body("items", empty());
        shop.as("readonly")
                .queryParam("owner", "jane")
                .get("/v1/reservations")
                .then()
                .body("items", hasSize(1));
        new Shop().as("admin").get(path).then().statusCode(404);
        assertThat(statusOf(idOf(made))).isEqualTo("OPEN");
    }

    @Test
    void theListIsNewestFirst_pageByPage() {
        var shirt = shop.stocked("shirt", 9);
        var ids = IntStream.range(0, 3)
                .mapToObj(_ -> idOf(reserve("service", body(line(shirt, 1)).put("owner", "cart"))))
                .toList();
        reserve("service", body(line(shirt, 1)).put("owner", "other"));

        var first = shop.as("service")
                .queryParam("owner", "cart")
                .queryParam("limit", 2)
                .get("/v1/reservations");
        first.then().statusCode(200).body("items.id", contains(ids.get(2), ids.get(1)));
        shop.as("service")
                .queryParam("owner", "cart")
                .queryParam("cursor", first.jsonPath().getString("next"))
                .get("/v1/reservations")
                .then()
                .body("items.id", contains(ids.get(0)))
                .body("next", nullValue());
        shop.as("service").get("/v1/reservations").then().body("items", hasSize(4));
    }

    @ParameterizedTest
    @CsvSource({"admin, 201", "merchant, 403", "service, 201", "customer, 201", "readonly, 403", "operator, 403"})
    void rolesDecide(String role, int status) {
        var shirt = shop.stocked("shirt", 1);

        reserve(role, body(line(shirt, 1))).then().statusCode(status);
    }

    @Test
    void givenNoKey_thenItIsAskedFor() {
        shop.as("service").body(body().encode()).post("/v1/reservations").then().statusCode(422);
        shop.as("service")
                .body(body(new JsonObject().put("sku", "S").put("quantity", 1)).encode())
                .post("/v1/reservations")
                .then()
                .statusCode(400)
                .body("type", containsString("idempotency-key-required"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | /lines",
                "{\"lines\": []} | 422 | /lines",
                "{\"lines\": [null]} | 422 | /lines/0",
                "{\"lines\": [{\"quantity\": 1}]} | 422 | /lines/0",
                "{\"lines\": [{\"sku\": \"S\"}]} | 422 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 0}]} | 422 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1000000001}]} | 422 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1.5}]} | 400 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1, \"location\": \"No Code\"}]} | 422 | /lines/0/location",
                "{\"lines\": [{\"sku\": \"unknown\", \"quantity\": 1}]} | 422 | /lines/0/sku",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1}], \"ttlSeconds\": 0} | 422 | /ttlSeconds",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1}], \"ttlSeconds\": 86401} | 422 | /ttlSeconds",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1}], \"owner\": \" \"} | 422 | /owner",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1}], \"owner\": \"a\\u0000\"} | 400 | /owner",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1}], \"replaces\": \"x\"} | 400 | /replaces",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1}], \"ttl\": 1} | 400 | /ttl",
            })
    void badInputIsNamedAndChangesNothing(String body, int status, String pointer) {
        var shirt = shop.stocked("S", 1);

        shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body)
                .post("/v1/reservations")
                .then()
                .statusCode(status)
                .body("errors.pointer", contains(pointer));
        assertThat(shop.stock(shirt).getLong("reserved")).isZero();
    }

    private RequestSpecification customer(String subject) {
        return Shop.with(Tokens.of(shop.tenant(), "customer", subject, null));
    }

    private Response reserve(String role, JsonObject body) {
        return reserve(role, UUID.randomUUID().toString(), body);
    }

    private Response reserve(String role, String key, JsonObject body) {
        return reserve(shop.as(role), key, body);
    }

    private static Response reserve(RequestSpecification as, String key, JsonObject body) {
        return as.header("Idempotency-Key", key).body(body.encode()).post("/v1/reservations");
    }

    private Response release(String role, String id, long version) {
        return shop.as(role).header("If-Match", "\"" + version + "\"").post("/v1/reservations/" + id + "/release");
    }

    private static JsonObject body(JsonObject... lines) {
        var all = new JsonArray();
        Stream.of(lines).forEach(all::add);
        return new JsonObject().put("lines", all);
    }

    private static JsonObject line(Article article, long quantity) {
        return new JsonObject().put("sku", article.sku()).put("quantity", quantity);
    }

    private static String idOf(Response made) {
        return made.jsonPath().getString("id");
    }

    private String statusOf(String id) {
        return Ledger.query("select status from inventory.reservation where id = ?", UUID.fromString(id))
                .getFirst();
    }

    private long reservations() {
        return Ledger.query("select id from inventory.reservation where tenant = ?", shop.tenant())
                .size();
    }

    private List<String> levels(Article article) {
        return Ledger.query(
                "select on_hand || '/' || reserved from inventory.stock_level where tenant = ? and variant_id = ?",
                shop.tenant(),
                article.id());
    }
}
