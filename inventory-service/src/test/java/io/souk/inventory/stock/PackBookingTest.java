package io.souk.inventory.stock;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

/** Every booking takes packs for units, exactly, and the ledger remembers what was said. */
@InventoryTest
class PackBookingTest {
    private static final String EACH = "96385074";
    private static final String CASE = "10614141000415";
    private static final String BIG = "614141000036";

    private final Shop shop = new Shop();
    private final Article milk = shop.article("MILK");

    @BeforeEach
    void packs() {
        shop.location("far", 9);
        shop.pack(EACH, milk, 1);
        shop.pack(CASE, milk, 12);
    }

    @Test
    void everyKindOfBookingCountsPacksInUnits_andTheLedgerSaysWhatWasSaid() {
        book("receipts", body(line(CASE, 3), line(EACH, 5), units(milk, 1)))
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(36, 5, 1))
                .body("lines.gtin", contains(equalTo(CASE), equalTo("00000096385074"), nullValue()))
                .body("lines.packs", contains(equalTo(3), equalTo(5), nullValue()))
                .body("lines.unitsPerPack", contains(equalTo(12), equalTo(1), nullValue()))
                .body("lines[0].onHand", equalTo(42));
        book("adjustments", body(line(CASE, -1)).put("reason", "DAMAGED"))
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(-12))
                .body("lines.onHand", contains(30));
        book("transfers", body(line(CASE, 2)).put("from", "main").put("to", "far"))
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(-24, 24))
                .body("lines.packs", contains(2, 2))
                .body("lines.onHand", contains(6, 24));
        book("counts", body(line(CASE, 1)).put("location", "far"))
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(-12))
                .body("lines.packs", contains(1))
                .body("lines.onHand", contains(12));
        book("counts", body(line(CASE, 1)).put("location", "far"))
                .then()
                .statusCode(201)
                .body("lines", empty());
        book("counts", body(line(CASE, 0)).put("location", "far"))
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(-12));

        shop.as("readonly")
                .queryParam("sku", "MILK")
                .get("/v1/stock/movements")
                .then()
                .body("items.kind", hasItems("RECEIPT", "ADJUSTMENT", "TRANSFER_OUT", "TRANSFER_IN", "COUNT"))
                .body("items.findAll { it.kind == 'RECEIPT' && it.gtin == '" + CASE + "' }.packs", contains(3))
                .body("items.findAll { it.kind == 'ADJUSTMENT' }.packs", contains(-1))
                .body("items.findAll { it.kind == 'COUNT' }.packs", contains(0, 1))
                .body("items.findAll { it.gtin == null }.unitsPerPack", contains(nullValue()));
        assertThat(shop.stock(milk).getLong("onHand")).isEqualTo(6);
        assertBooksAgree();
    }

    @Test
    void whenAPackChanges_thenWhatWasBookedStays_andARepetitionGetsItsFirstAnswer() {
        var receipt = body(line(CASE, 2));
        var first = book("receipts", "key", receipt);
        changePack(CASE, 1, 10);

        var again = book("receipts", "key", receipt);
        book("receipts", body(line(CASE, 2)))
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(20))
                .body("lines.unitsPerPack", contains(10));

        again.then().statusCode(201).header("Idempotent-Replayed", "true").body("lines.quantity", contains(24));
        assertThat(again.jsonPath().getString("id")).isEqualTo(first.jsonPath().getString("id"));
        book("receipts", "key", body(line(CASE, 3))).then().statusCode(422);
        shop.as("admin")
                .get("/v1/stock/movements")
                .then()
                .body("items.unitsPerPack", contains(10, 12))
                .body("items.quantity", contains(20, 24));
        assertThat(shop.stock(milk).getLong("onHand")).isEqualTo(44);
        assertBooksAgree();
    }

    @Test
    void packsOfALotGoToItsLevel() {
        book("receipts", body(line(CASE, 2).put("lot", "L1").put("expiresOn", "2099-01-01"), line(CASE, 1)))
                .then()
                .statusCode(201)
                .body("lines.lot", contains(equalTo("L1"), nullValue()))
                .body("lines.onHand", contains(24, 12));
        book(
                        "transfers",
                        body(line(CASE, 1).put("lot", "L1")).put("from", "main").put("to", "far"))
                .then()
                .statusCode(201)
                .body("lines.lot", contains("L1", "L1"))
                .body("lines.onHand", contains(12, 12));
        book("counts", body(line(CASE, 1).put("lot", "none")).put("location", "main"))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/lot"));
        assertBooksAgree();
    }

    @Test
    void aLevelIsCountedOnce_howeverItIsSaid() {
        book("counts", body(line(CASE, 1), line(EACH, 3)))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/1"));
        book("counts", body(line(CASE, 1), new JsonObject().put("sku", "MILK").put("counted", 3)))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/1"));
        assertThat(shop.stock(milk).getLong("onHand")).isZero();
    }

    @Test
    void reservationsHoldTheUnitsOfPacks() {
        book("receipts", body(line(CASE, 3))).then().statusCode(201);

        reserve("key", body(line(CASE, 2), units(milk, 1)))
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(24, 1))
                .body(
                        "lines.variantId",
                        contains(milk.id().toString(), milk.id().toString()));
        reserve("key", body(line(CASE, 2), units(milk, 1)))
                .then()
                .statusCode(201)
                .header("Idempotent-Replayed", "true");
        reserve(UUID.randomUUID().toString(), body(units(milk, 1), line(CASE, 1)))
                .then()
                .statusCode(409)
                .body("type", containsString("out-of-stock"))
                .body("errors.pointer", contains("/lines/1/packs"))
                .body("refused.requested", contains(12))
                .body("refused.available", contains(10));
        book("adjustments", body(line(CASE, -1)).put("reason", "LOST"))
                .then()
                .statusCode(409)
                .body("type", containsString("stock-promised"))
                .body("errors.pointer", contains("/lines/0/packs"));
        assertThat(shop.stock(milk).getLong("reserved")).isEqualTo(25);
        assertBooksAgree();
    }

    @Test
    void givenReceiptsRaceWithChangesOfTheirPack_thenEachIsWhatItSaysItWas() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var receipts = IntStream.range(0, 20)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> book("receipts", body(line(CASE, 1))), threads))
                    .toList();
            for (int version = 1; version <= 10; version++) {
                changePack(CASE, version, 12 + version);
            }
            assertThat(receipts)
                    .extracting(receipt -> receipt.join().statusCode())
                    .containsOnly(201);
        }

        assertThat(Ledger.query(
                        "select id from inventory.stock_movement where tenant = ? and quantity <> packs * units_per_pack",
                        shop.tenant()))
                .isEmpty();
        assertBooksAgree();
    }

    @ParameterizedTest
    @ValueSource(strings = {"receipts", "adjustments", "transfers", "counts", "reservations"})
    void whatIsNoPackOfTheTenantIsNamed(String what) {
        var other = new Shop();
        other.pack(BIG, other.article("OTHER"), 5);
        shop.as("admin")
                .header("If-Match", "\"1\"")
                .post("/v1/packs/" + EACH + "/archive")
                .then()
                .statusCode(200);

        send(what, body(line(CASE, 1), line(BIG, 1), line(EACH, 1)))
                .then()
                .statusCode(422)
                .body("type", containsString("unknown-gtin"))
                .body("errors.pointer", contains("/lines/1/gtin", "/lines/2/gtin"));
        assertThat(shop.stock(milk).getLong("onHand")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "receipts, quantity",
        "adjustments, quantity",
        "transfers, quantity",
        "counts, counted",
        "reservations, quantity"
    })
    void aLineSaysUnitsOrPacks_andOnlyOneOfThem(String what, String units) {
        var bothNames = line(CASE, 1).put("sku", "MILK");
        var bothSizes = line(CASE, 1).put(units, 12);
        var all = line(CASE, 1).put("variantId", milk.id().toString()).put(units, 12);
        var mixed = new JsonObject().put("sku", "MILK").put("packs", 1);
        var crossed = new JsonObject().put("gtin", CASE).put(units, 12);

        send(what, body(bothNames)).then().statusCode(400).body("errors.pointer", contains("/lines/0/sku"));
        send(what, body(bothSizes)).then().statusCode(400).body("errors.pointer", contains("/lines/0/" + units));
        send(what, body(line(CASE, 1), all))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/lines/1/variantId", "/lines/1/" + units));
        send(what, body(mixed)).then().statusCode(400).body("errors.pointer", contains("/lines/0/sku"));
        send(what, body(crossed)).then().statusCode(400).body("errors.pointer", contains("/lines/0/" + units));
        assertThat(shop.stock(milk).getLong("onHand")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "receipts     | {\"gtin\": \"10614141000416\", \"packs\": 1} | 422 | /lines/0/gtin",
                "receipts     | {\"gtin\": \"\", \"packs\": 1} | 422 | /lines/0/gtin",
                "receipts     | {\"packs\": 1} | 422 | /lines/0/gtin",
                "receipts     | {\"gtin\": \"10614141000415\"} | 422 | /lines/0/packs",
                "receipts     | {\"gtin\": \"10614141000415\", \"packs\": 0} | 422 | /lines/0/packs",
                "receipts     | {\"gtin\": \"10614141000415\", \"packs\": -1} | 422 | /lines/0/packs",
                "receipts     | {\"gtin\": \"10614141000415\", \"packs\": 1.5} | 400 | /lines/0/packs",
                "receipts     | {\"gtin\": 10614141000415, \"packs\": 1} | 400 | /lines/0/gtin",
                "receipts     | {\"gtin\": \"10614141000415\", \"packs\": 83333334} | 422 | /lines/0/packs",
                "receipts     | {\"gtin\": \"10614141000415\", \"packs\": 1000000000} | 422 | /lines/0/packs",
                "receipts     | {\"gtin\": \"10614141000415\", \"packs\": 9223372036854775807} | 422 | /lines/0/packs",
                "adjustments  | {\"gtin\": \"10614141000415\", \"packs\": 0} | 422 | /lines/0/packs",
                "adjustments  | {\"gtin\": \"10614141000415\", \"packs\": -83333334} | 422 | /lines/0/packs",
                "transfers    | {\"gtin\": \"10614141000415\", \"packs\": 83333334} | 422 | /lines/0/packs",
                "counts       | {\"gtin\": \"10614141000415\", \"packs\": -1} | 422 | /lines/0/packs",
                "counts       | {\"gtin\": \"10614141000415\", \"packs\": 83333333334} | 422 | /lines/0/packs",
                "counts       | {\"gtin\": \"10614141000415\", \"packs\": 1000000000000} | 422 | /lines/0/packs",
                "reservations | {\"gtin\": \"10614141000415\", \"packs\": 0} | 422 | /lines/0/packs",
                "reservations | {\"gtin\": \"10614141000415\", \"packs\": 83333334} | 422 | /lines/0/packs",
                "reservations | {\"gtin\": \"10614141000416\", \"packs\": 1} | 422 | /lines/0/gtin",
            })
    void badInputIsNamedAndChangesNothing(String what, String line, int status, String pointer) {
        send(what, body(new JsonObject(line))).then().statusCode(status).body("errors.pointer", contains(pointer));

        assertThat(shop.stock(milk).getLong("onHand")).isZero();
    }

    @Test
    void theMostThatALineMayBeIsTaken() {
        book("receipts", body(line(CASE, 83_333_333)))
                .then()
                .statusCode(201)
                .body("lines.onHand", contains(999_999_996));
    }

    @Test
    void aLevelThatWouldCountTooManyIsNamedByItsPacks() {
        shop.pack(BIG, milk, 100_000);
        book("counts", body(line(BIG, 9_999_999))).then().statusCode(201);

        book("receipts", body(line(BIG, 1), line(EACH, 1)))
                .then()
                .statusCode(422)
                .body("type", containsString("too-much-stock"))
                .body("errors.pointer", contains("/lines/1/packs"));
        book("receipts", body(line(BIG, 1))).then().statusCode(201).body("lines.onHand", contains(1_000_000_000_000L));
    }

    /** On hand is the sum of the ledger, in units, whatever was said; and the service's own verification agrees. */
    private void assertBooksAgree() {
        Ledger.assertBalanced(shop.tenant());
        shop.as("admin").post("/v1/stock/verifications").then().statusCode(200).body("findings", empty());
    }

    private void changePack(String gtin, int seen, int units) {
        shop.as("admin")
                .header("If-Match", "\"" + seen + "\"")
                .body(new JsonObject()
                        .put("sku", "MILK")
                        .put("unitsPerPack", units)
                        .encode())
                .put("/v1/packs/" + gtin)
                .then()
                .statusCode(200);
    }

    private Response send(String what, JsonObject body) {
        return switch (what) {
            case "reservations" -> reserve(UUID.randomUUID().toString(), body);
            case "adjustments" -> book(what, body.put("reason", "FOUND"));
            case "transfers" -> book(what, body.put("from", "main").put("to", "far"));
            default -> book(what, body);
        };
    }

    private Response reserve(String key, JsonObject body) {
        return shop.as("service")
                .header("Idempotency-Key", key)
                .body(body.encode())
                .post("/v1/reservations");
    }

    private Response book(String what, JsonObject body) {
        return book(what, UUID.randomUUID().toString(), body);
    }

    private Response book(String what, String key, JsonObject body) {
        return shop.as("admin")
                .header("Idempotency-Key", key)
                .body(body.encode())
                .post("/v1/stock/" + what);
    }

    private static JsonObject body(JsonObject... lines) {
        return new JsonObject().put("lines", new JsonArray(List.of(lines)));
    }

    private static JsonObject line(String gtin, long packs) {
        return new JsonObject().put("gtin", gtin).put("packs", packs);
    }

    private static JsonObject units(Article article, long quantity) {
        return new JsonObject().put("sku", article.sku()).put("quantity", quantity);
    }
}
