package io.souk.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import static io.souk.e2e.Shop.expect;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What those do who keep the stock, and what a customer sees of it. */
@Order(1)
@Timeout(600)
@ExtendWith(TellsLogs.class)
class WarehouseJourneyTest {
    private static final String CASE = "10614141000415";

    private final Souk souk = Souk.stack();
    private final Shop shop = new Shop(souk);
    private final String sku = "HONEY-" + shop.tenant();

    @Test
    void givenStock_whenItIsDamagedMovedAndCounted_thenTheLedgerSaysWhyAndWhatIsPromisedStays() {
        var id = shop.sell(sku, null, "Honey", 900);
        shop.receive(sku, 10);
        expect(201, shop.manage("POST", "/v1/locations", "{\"code\": \"brooklyn\", \"name\": \"Brooklyn warehouse\"}"));

        expect(201, shop.book("adjustments", """
                {"reason": "DAMAGED", "lines": [{"sku": "%s", "quantity": -1}], "reference": "ticket 815"}""".formatted(sku)));
        expect(201, shop.book("transfers", """
                {"from": "main", "to": "brooklyn", "lines": [{"sku": "%s", "quantity": 4}]}""".formatted(sku)));
        expect(201, shop.book("counts", """
                {"location": "brooklyn", "lines": [{"sku": "%s", "counted": 3}]}""".formatted(sku)));

        assertThat(shop.movements(sku))
                .extracting(
                        movement -> movement.path("kind").asText(),
                        movement -> movement.path("location").asText(),
                        movement -> movement.path("quantity").asLong(),
                        movement -> movement.path("reason").asText(""))
                .containsExactlyInAnyOrder(
                        tuple("RECEIPT", "main", 10L, ""),
                        tuple("ADJUSTMENT", "main", -1L, "DAMAGED"),
                        tuple("TRANSFER_OUT", "main", -4L, ""),
                        tuple("TRANSFER_IN", "brooklyn", 4L, ""),
                        tuple("COUNT", "brooklyn", -1L, ""));
        assertThat(onHand("location")).isEqualTo(Map.of("main", 5L, "brooklyn", 3L));
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(8));

        var order = expect(200, shop.order(Shop.key(), sku, 8, "tok_ok", 30)).body();

        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        var promised = expect(409, shop.book("adjustments", """
                {"reason": "LOST", "lines": [{"sku": "%s", "quantity": -1}]}""".formatted(sku))).body();
        assertThat(promised.path("type").asText()).endsWith("/stock-promised");
        assertThat(promised.at("/errors/0/pointer").asText()).isEqualTo("/lines/0/quantity");
        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant())).contains(": 0 findings");
    }

    @Test
    void givenTwoLots_whenAnOrderIsSent_thenWhatExpiresFirstHasLeftFirst() {
        shop.sell(sku, null, "Honey", 900);
        shop.receive("""
                {"sku": "%1$s", "quantity": 5, "lot": "late", "expiresOn": "2099-02-01"},
                {"sku": "%1$s", "quantity": 2, "lot": "soon", "expiresOn": "2099-01-01"}""".formatted(sku));

        var order = expect(200, shop.order(Shop.key(), sku, 3, "tok_ok", 30)).body();

        var orderId = order.path("id").asText();
        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        assertThat(shop.all("/v1/reservations")).singleElement().satisfies(held -> {
            assertThat(held.path("orderId").asText()).isEqualTo(orderId);
            assertThat(held.path("lines"))
                    .extracting(WarehouseJourneyTest::lotAndQuantity)
                    .containsExactlyInAnyOrder(tuple("soon", 2L), tuple("late", 1L));
        });

        expect(200, shop.manage("POST", "/v1/orders/" + orderId + "/fulfilments", "{}", "Idempotency-Key", Shop.key()));

        eventually(() -> assertThat(shop.movements(sku))
                .filteredOn(movement -> movement.path("kind").asText().equals("SHIPMENT"))
                .allMatch(movement -> movement.path("reference").asText().equals(orderId))
                .extracting(WarehouseJourneyTest::lotAndQuantity)
                .containsExactlyInAnyOrder(tuple("soon", -2L), tuple("late", -1L)));
        assertThat(onHand("lot")).containsEntry("late", 4L);
        assertThat(shop.stock(sku).path("onHand").asLong()).isEqualTo(4);
    }

    @Test
    void givenALotsDayWasMistyped_whenItIsCorrected_thenItLeavesInItsTurn() {
        shop.sell(sku, null, "Honey", 900);
        shop.receive("""
                {"sku": "%1$s", "quantity": 5, "lot": "late", "expiresOn": "2099-02-01"},
                {"sku": "%1$s", "quantity": 2, "lot": "soon", "expiresOn": "2199-01-01"}""".formatted(sku));
        var soon = StreamSupport.stream(shop.stock(sku).path("levels").spliterator(), false)
                .filter(level -> level.path("lot").asText().equals("soon"))
                .findFirst()
                .orElseThrow();

        var corrected = expect(
                        200,
                        shop.manage(
                                "PATCH",
                                "/v1/stock/levels/" + soon.path("id").asText(),
                                "{\"expiresOn\": \"2099-01-01\"}",
                                "If-Match",
                                "\"%d\"".formatted(soon.path("version").asLong())))
                .body();

        assertThat(corrected.path("expiresOn").asText()).isEqualTo("2099-01-01");
        var order = expect(200, shop.order(Shop.key(), sku, 2, "tok_ok", 30)).body();
        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        assertThat(shop.all("/v1/reservations"))
                .singleElement()
                .satisfies(held -> assertThat(held.path("lines"))
                        .extracting(WarehouseJourneyTest::lotAndQuantity)
                        .containsExactly(tuple("soon", 2L)));
    }

    @Test
    void givenALocationIsGivenUp_whenItIsEmpty_thenItIsClosed_andNothingComesIntoItAnyMore() {
        shop.sell(sku, null, "Honey", 900);
        shop.receive(sku, 3);
        var brooklyn =
                expect(201, shop.manage("POST", "/v1/locations", "{\"code\": \"brooklyn\", \"name\": \"Brooklyn\"}"));
        var path = "/v1/locations/" + brooklyn.body().path("id").asText();
        var close = "{\"status\": \"CLOSED\"}";
        expect(201, shop.book("transfers", transfer("main", "brooklyn")));

        var full = expect(409, shop.manage("PATCH", path, close, "If-Match", brooklyn.header("etag")));
        assertThat(full.body().path("type").asText()).endsWith("/location-not-empty");
        expect(201, shop.book("transfers", transfer("brooklyn", "main")));
        var closed = expect(200, shop.manage("PATCH", path, close, "If-Match", brooklyn.header("etag")));

        assertThat(closed.body().path("status").asText()).isEqualTo("CLOSED");
        var refused = expect(409, shop.book("transfers", transfer("main", "brooklyn")));
        assertThat(refused.body().path("type").asText()).endsWith("/location-closed");
        assertThat(shop.all("/v1/stock/" + shop.stock(sku).path("variantId").asText() + "/levels"))
                .extracting(
                        level -> level.path("location").asText(),
                        level -> level.path("onHand").asLong())
                .containsExactlyInAnyOrder(tuple("main", 3L), tuple("brooklyn", 0L));
        var order = expect(200, shop.order(Shop.key(), sku, 3, "tok_ok", 30)).body();
        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
    }

    private String transfer(String from, String to) {
        return """
               {"from": "%s", "to": "%s", "lines": [{"sku": "%s", "quantity": 1}]}""".formatted(from, to, sku);
    }

    @Test
    void givenACaseOfTwelve_whenCasesComeAndAreHeld_thenStockCountsEachAndTheLedgerKeepsWhatWasSaid() {
        var id = shop.sell(sku, null, "Honey", 900);
        pack(12, "If-None-Match", "*", 201);

        shop.receive("{\"gtin\": \"%s\", \"packs\": 3}, {\"sku\": \"%s\", \"quantity\": 5}".formatted(CASE, sku));
        expect(
                201,
                shop.book(
                        "adjustments",
                        "{\"reason\": \"DAMAGED\", \"lines\": [{\"gtin\": \"%s\", \"packs\": -1}]}".formatted(CASE)));

        assertThat(shop.stock(sku).path("onHand").asLong()).isEqualTo(29);
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(29));
        var held = expect(
                        201,
                        shop.buy(
                                "POST",
                                "/v1/reservations",
                                "{\"lines\": [{\"gtin\": \"%s\", \"packs\": 2}]}".formatted(CASE),
                                "Idempotency-Key",
                                Shop.key()))
                .body();
        assertThat(held.at("/lines/0/sku").asText()).isEqualTo(sku);
        assertThat(held.at("/lines/0/quantity").asLong()).isEqualTo(24);
        assertThat(shop.stock(sku).path("available").asLong()).isEqualTo(5);

        pack(10, "If-Match", "\"1\"", 200);
        shop.receive("{\"gtin\": \"%s\", \"packs\": 1}".formatted(CASE));

        assertThat(shop.movements(sku))
                .filteredOn(movement -> movement.hasNonNull("gtin"))
                .extracting(
                        movement -> movement.path("packs").asLong(),
                        movement -> movement.path("unitsPerPack").asLong(),
                        movement -> movement.path("quantity").asLong())
                .containsExactly(tuple(1L, 10L, 10L), tuple(-1L, 12L, -12L), tuple(3L, 12L, 36L));
        assertThat(souk.run("verify", "references", "--tenant", shop.tenant())).contains(": 0 findings");
    }

    /** Once it can be: inventory may not have heard yet of what the case is full. */
    private void pack(int units, String condition, String version, int status) {
        var body = "{\"sku\": \"%s\", \"unitsPerPack\": %d}".formatted(sku, units);
        eventually(
                Duration.ofMinutes(2),
                () -> expect(status, shop.manage("PUT", "/v1/packs/" + CASE, body, condition, version)));
    }

    @Test
    void givenAPurchaseOrder_whenLessComesThanWasOrdered_thenItsSupplierIsMeasuredByIt() {
        shop.sell(sku, null, "Honey", 900);
        shop.receive(sku, 1); // of nobody: no purchase
        var orderedOn = LocalDate.now(ZoneOffset.UTC).minusDays(5);
        var supplier = made(shop.manage("POST", "/v1/suppliers", "{\"code\": \"bees\", \"name\": \"Bees & Sons\"}"));
        var order = made(shop.manage(
                "POST", "/v1/purchase-orders", """
                {"supplierId": "%s", "number": "PO-1", "orderedOn": "%s", "expectedOn": "%s",
                 "lines": [{"sku": "%s", "quantity": 10, "unitCost": {"amount": 450, "currency": "USD"}}]}""".formatted(supplier, orderedOn, orderedOn.plusDays(30), sku)));

        expect(201, shop.book("receipts", """
                {"lines": [{"sku": "%s", "quantity": 8}], "purchase": {"supplierId": "%s", "orderId": "%s"}}""".formatted(sku, supplier, order)));

        var path = "/v1/purchase-orders/" + order;
        var open = expect(200, shop.get(path));
        assertThat(open.body().at("/lines/0/received").asLong()).isEqualTo(8);
        var closed = expect(200, shop.manage("POST", path + "/close", null, "If-Match", open.header("etag")));
        assertThat(closed.body().path("status").asText()).isEqualTo("CLOSED");
        assertThat(shop.stock(sku).path("onHand").asLong()).isEqualTo(9);
        var purchase = expect(200, shop.get("/v1/suppliers/" + supplier + "/purchases"))
                .body()
                .at("/items/0");
        assertThat(purchase.path("orderId").asText()).isEqualTo(order);
        assertThat(purchase.at("/unitCost/amount").asLong()).isEqualTo(450);

        var performance = expect(200, shop.get("/v1/suppliers/" + supplier + "/performance"))
                .body();

        long days = ChronoUnit.DAYS.between(
                orderedOn, LocalDate.parse(purchase.path("receivedOn").asText()));
        assertThat(performance.path("orders").asLong()).isEqualTo(1);
        assertThat(List.of("fillRate", "unitsReceived", "leadTimeDays", "onTimeRate"))
                .extracting(figure -> performance.path(figure).decimalValue().stripTrailingZeros())
                .containsExactly(
                        new BigDecimal("0.8"), BigDecimal.valueOf(8), BigDecimal.valueOf(days), BigDecimal.ONE);
        assertThat(performance.at("/costs/0/totalAmount").asLong()).isEqualTo(3_600);
        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant())).contains(" 1 purchases: 0 findings");
    }

    private static String made(Shop.Answer answer) {
        return expect(201, answer).body().path("id").asText();
    }

    private static Tuple lotAndQuantity(JsonNode line) {
        return tuple(line.path("lot").asText(), line.path("quantity").asLong());
    }

    /** Units on hand of each level that has any, by one of its fields. */
    private Map<String, Long> onHand(String field) {
        return StreamSupport.stream(shop.stock(sku).path("levels").spliterator(), false)
                .filter(level -> level.path("onHand").asLong() > 0)
                .collect(Collectors.toMap(
                        level -> level.path(field).asText(),
                        level -> level.path("onHand").asLong()));
    }
}
