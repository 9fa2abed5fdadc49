package io.souk.inventory.stock;

import io.restassured.response.Response;
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
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

@InventoryTest
class ReceiptTest {
    /** A tenant's first receipt makes its location too. */
    private static final String FIRST_VERSIONS = "location/[0-9a-f-]{36}=1, stock/[0-9a-f-]{36}=1";

    private final Shop shop = new Shop();

    @Test
    void givenGoodsArrive_thenTheyAreCountedBookedAndTold() {
        var shirt = shop.article("Shirt-L");
        var shoe = shop.article("Shoe-42");
        shop.location("store", 5);

        var answer =
                book(line("SHIRT-L", 5), line("shoe-42", 3), line("Shirt-L", 2).put("location", "store"));

        answer.then()
                .statusCode(201)
                .body("lines.sku", contains("Shirt-L", "Shoe-42", "Shirt-L"))
                .body("lines.location", contains("main", "main", "store"))
                .body("lines.onHand", contains(5, 3, 2));
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(7);
        assertThat(shop.stock(shirt).getJsonArray("levels")).hasSize(2);
        assertThat(shop.stock(shoe).getLong("available")).isEqualTo(3);
        Ledger.assertBalanced(shop.tenant());
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()))
                .hasSize(3)
                .allSatisfy(state -> {
                    assertThat(state.getLong("version")).isEqualTo(1);
                    assertThat(state.getLong("available")).isEqualTo(state.getLong("onHand"));
                }));
        Told.assertNamed(Topics.STOCK, shop.tenant());
        assertThat(answer.header("Souk-Version").split(", ", -1))
                .filteredOn(changed -> !changed.startsWith("location/")) // the first receipt makes one
                .containsExactlyInAnyOrderElementsOf(Told.states(Topics.STOCK, shop.tenant()).stream()
                        .map(level -> "stock/" + level.getString("id") + "=1")
                        .toList());
    }

    @Test
    void givenManyLinesOfOneLevel_thenItMovesOnceAndTheLedgerHasThemAll() {
        var shirt = shop.article("S");
        var lines = IntStream.range(0, BookingRules.MAX_LINES)
                .mapToObj(_ -> line("S", 2))
                .toArray(JsonObject[]::new);

        book(lines).then().statusCode(201);

        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(1_000);
        assertThat(Ledger.query("select id from inventory.stock_movement where tenant = ?", shop.tenant()))
                .hasSize(BookingRules.MAX_LINES);
        Ledger.assertBalanced(shop.tenant());
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant())).hasSize(1));
    }

    @Test
    void givenMoreLevelsThanAHeaderTakes_thenTheAnswerNamesTheFirstOfThem() {
        var product = UUID.randomUUID();
        var articles = IntStream.range(0, 51)
                .mapToObj(i -> new Article(UUID.randomUUID(), product, "many-" + i))
                .toArray(Article[]::new);
        shop.tellProduct(product, 1, "PUBLISHED", articles);
        shop.awaitKnown(articles[0]); // all of them: a product's variants become known together

        var answer =
                book(Stream.of(articles).map(article -> line(article.sku(), 1)).toArray(JsonObject[]::new));

        answer.then().statusCode(201);
        assertThat(answer.header("Souk-Version").split(", ", -1)).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void givenAnUnknownSku_thenItIsWaitedForAndThenNamed_andNothingIsBooked() {
        var shirt = shop.article("known");
        shop.receive(shirt, 1);
        long start = System.nanoTime();

        var answer = book(line("known", 5), line("unknown", 1));

        answer.then()
                .statusCode(422)
                .body("type", containsString("unknown-sku"))
                .body("errors.pointer", contains("/lines/1/sku"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(1);
        Ledger.assertBalanced(shop.tenant());
    }

    /** A try whose event comes later than the service is patient says nothing: the next article may be quicker. */
    @Test
    void givenTheProductsEventIsUnderWay_thenTheReceiptWaitsForIt() {
        shop.receive(shop.article("first"), 1);
        eventually(() -> {
            var late = new Article(UUID.randomUUID(), UUID.randomUUID(), "late-" + UUID.randomUUID());
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answer = CompletableFuture.supplyAsync(() -> book(line(late.sku(), 4)), threads);

                shop.tellProduct(late.productId(), 1, "DRAFT", late);

                answer.join().then().statusCode(201).header("Souk-Version", matchesPattern("stock/[0-9a-f-]{36}=1"));
            }
            assertThat(shop.stock(late).getLong("onHand")).isEqualTo(4);
        });
    }

    @Test
    void givenAVariantId_thenItServesAsWell() {
        var shirt = shop.article("S");
        shop.receive(shirt, 1);

        book(new JsonObject().put("variantId", shirt.id().toString()).put("quantity", 2))
                .then()
                .statusCode(201)
                .body("lines.onHand", contains(3));
        book(new JsonObject().put("variantId", UUID.randomUUID().toString()).put("quantity", 2))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/variantId"));
    }

    @Test
    void givenTheSameKeyAgain_thenTheFirstAnswerComesAgain_andAnotherBodyIsRefused() {
        var shirt = shop.article("S");
        var key = UUID.randomUUID().toString();
        var first = shop.receipt(key, body(line("S", 5)));

        var again = shop.receipt(key, body(line("S", 5)));
        var other = shop.receipt(key, body(line("S", 6)));

        first.then().statusCode(201);
        again.then().statusCode(201);
        assertThat(new JsonObject(again.asString())).isEqualTo(new JsonObject(first.asString()));
        assertThat(again.header("Souk-Version")).matches(FIRST_VERSIONS).isEqualTo(first.header("Souk-Version"));
        assertThat(other.header("Souk-Version")).isNull();
        other.then().statusCode(422).body("type", containsString("idempotency-key-reused"));
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(5);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenNoKey_thenItIsAskedFor() {
        shop.as("admin")
                .body(body(line("S", 5)).encode())
                .post("/v1/stock/receipts")
                .then()
                .statusCode(400);
    }

    @Test
    void givenTheSameReceiptSentManyTimesAtOnce_thenItIsBookedOnce() {
        var shirt = shop.stocked("S", 1);
        var key = UUID.randomUUID().toString();

        var answers = race(20, _ -> shop.receipt(key, body(line("S", 5))));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isIn(201, 409));
        assertThat(answers).anySatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(6);
    }

    @Test
    void givenReceiptsOfTheSameLevelsRace_thenNoneIsLostAndNoneDeadlocks() {
        var articles =
                IntStream.range(0, 5).mapToObj(i -> shop.article("A" + i)).toList();
        shop.receive(articles.getLast(), 1);

        var answers = race(30, i -> {
            var lines = IntStream.range(0, 5)
                    .mapToObj(j -> line("A" + (i + j) % 5, 1))
                    .toArray(JsonObject[]::new);
            return book(lines);
        });

        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        for (var article : articles.subList(0, 4)) {
            assertThat(shop.stock(article).getLong("onHand")).isEqualTo(30);
        }
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenMoreThanALevelCanCount_thenTheLineIsNamedAndNothingIsBooked() {
        var shirt = shop.stocked("S", BookingRules.MAX_QUANTITY);
        Ledger.update(
                "update inventory.stock_level set on_hand = ? where tenant = ?",
                StockLevel.MAX_UNITS - 10,
                shop.tenant());

        book(line("S", 5), line("S", 6))
                .then()
                .statusCode(422)
                .body("type", containsString("too-much-stock"))
                .body("errors.pointer", contains("/lines/1/quantity"));
        book(line("S", 10)).then().statusCode(201).body("lines[0].onHand", equalTo(StockLevel.MAX_UNITS));
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(StockLevel.MAX_UNITS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | /lines",
                "{\"lines\": []} | 422 | /lines",
                "{\"lines\": [null]} | 422 | /lines/0",
                "{\"lines\": [{\"quantity\": 1}]} | 422 | /lines/0",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 0}]} | 422 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": -1}]} | 422 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 9223372036854775807}]} | 422 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 9223372036854775808}]} | 400 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1.0}]} | 400 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": \"1\"}]} | 400 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": 5, \"quantity\": 1}]} | 400 | /lines/0/sku",
                "{\"lines\": [{\"sku\": \"a\\u0000\", \"quantity\": 1}]} | 400 | /lines/0/sku",
                "{\"lines\": [{\"variantId\": \"x\", \"quantity\": 1}]} | 400 | /lines/0/variantId",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1, \"price\": 5}]} | 400 | /lines/0/price",
                "{\"lines\": [{\"sku\": \"S\", \"quantity\": 1, \"location\": \"nowhere\"}]} | 422 | /lines/0/location",
                "{\"lines\": {\"sku\": \"S\"}} | 400 | /lines",
                "{\"lines\": [{\"sku\": \"LONG\", \"quantity\": 1}]} | 422 | /lines/0/sku",
            })
    void badInputIsNamedAndChangesNothing(String body, int status, String pointer) {
        var shirt = shop.stocked("S", 1);

        shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.replace("LONG", "x".repeat(10_000)))
                .post("/v1/stock/receipts")
                .then()
                .statusCode(status)
                .body("errors.pointer", contains(pointer));
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"lines\": [", "{\"lines\": []} trailing"})
    void whatIsNoReceiptIsRefused(String body) {
        shop.as("admin")
                .header("Idempotency-Key", "k")
                .body(body)
                .post("/v1/stock/receipts")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({"admin, 201", "merchant, 403", "service, 201", "readonly, 403", "customer, 403", "operator, 403"})
    void rolesDecide(String role, int status) {
        shop.stocked("S", 1);

        shop.as(role)
                .header("Idempotency-Key", "k")
                .body(body(line("S", 1)).encode())
                .post("/v1/stock/receipts")
                .then()
                .statusCode(status);
    }

    @Test
    void givenATokenThatCannotBeTrusted_thenNothingIsDone() {
        var tenant = shop.tenant();
        Stream.of(
                        Tokens.expired(tenant, "admin"),
                        Tokens.unsigned(tenant, "admin"),
                        Tokens.wrongAlgorithm(tenant, "admin"),
                        "nonsense")
                .forEach(token -> Shop.with(token)
                        .header("Idempotency-Key", "k")
                        .body(body(line("S", 1)).encode())
                        .post("/v1/stock/receipts")
                        .then()
                        .statusCode(401));
        Shop.with(Tokens.withoutTenant("admin")).get("/v1/stock").then().statusCode(403);
    }

    @Test
    void givenAnotherTenantsSku_thenItIsUnknown() {
        shop.stocked("S", 1);

        new Shop()
                .receipt("k", body(line("S", 1)))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/sku"));
    }

    private Response book(JsonObject... lines) {
        return shop.receipt(UUID.randomUUID().toString(), body(lines));
    }

    private static JsonObject body(JsonObject... lines) {
        var all = new JsonArray();
        Stream.of(lines).forEach(all::add);
        return new JsonObject().put("lines", all);
    }

    private static JsonObject line(String sku, long quantity) {
        return new JsonObject().put("sku", sku).put("quantity", quantity);
    }

    private static List<Response> race(int runners, IntFunction<Response> run) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, runners)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> run.apply(i), threads))
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        }
    }
}
