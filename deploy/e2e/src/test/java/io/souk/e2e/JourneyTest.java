package io.souk.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import static io.souk.e2e.Shop.expect;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** The path that the README walks. */
@Order(1)
@Timeout(600)
@ExtendWith(TellsLogs.class)
class JourneyTest {
    private static final int SAMPLES_PER_TENANT = 15;

    private final Souk souk = Souk.stack();
    private final Shop shop = new Shop(souk);

    @ParameterizedTest
    @ValueSource(strings = {"kosher-market", "sneaker-exchange", "card-shop", "dispensary"})
    void givenAFreshStack_thenTheSampleProductsFollowWithPricesAndStock(String tenant) {
        var samples = new Shop(souk, tenant);

        eventually(Duration.ofMinutes(3), () -> {
            var cards = samples.all("/v1/products");
            assertThat(cards)
                    .hasSize(SAMPLES_PER_TENANT)
                    .allMatch(card -> !card.at("/prices/prices").isEmpty())
                    .anyMatch(card -> card.at("/availability/available").asLong() > 0);
        });
    }

    @Test
    void givenAProduct_whenItIsPublishedStockedAndOrdered_thenCardSearchAndStockTellTheSame() {
        var sku = "CHALLAH-" + shop.tenant();
        var id = shop.sell(sku, null, "Braided challah", 450);
        shop.receive(sku, 5);

        eventually(() -> {
            var card = shop.card(id);
            assertThat(card.at("/product/name").asText()).isEqualTo("Braided challah");
            assertThat(card.at("/prices/prices/0/amount").asLong()).isEqualTo(450);
            assertThat(card.at("/availability/available").asLong()).isEqualTo(5);
            assertThat(card.at("/availability/variants/0/status").asText()).isEqualTo("IN_STOCK");
        });
        eventually(() ->
                assertThat(shop.search("chalah").at("/items/0/id").asText()).isEqualTo(id.toString()));

        var order = expect(200, shop.order(UUID.randomUUID().toString(), sku, 2, "tok_ok", 30))
                .body();

        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        assertThat(order.at("/total/amount").asLong()).isEqualTo(900);
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(3));
        Stream.of("catalog", "inventory", "orders", "search").forEach(this::itsChangesAreTold);
    }

    /** An answer may be empty while others' events are passed by; its cursor leads on. */
    private void itsChangesAreTold(String service) {
        var cursor = new AtomicReference<>("start");
        eventually(() -> {
            var answer = expect(200, shop.get("/v1/changes/" + service + "?after=" + cursor.get()))
                    .body();
            cursor.set(answer.path("next").asText());
            assertThat(answer.path("items"))
                    .isNotEmpty()
                    .allMatch(event -> event.path("tenant").asText().equals(shop.tenant()))
                    .allMatch(event -> event.path("source").asText().equals("/souk/" + service));
        });
    }

    @Test
    void givenACart_whenItsPriceHasChanged_thenItIsToldBeforeItIsCharged_andACancelledOrderGivesEverythingBack() {
        var sku = "KNISH-" + shop.tenant();
        var id = shop.sell(sku, null, "Knish", 450);
        shop.receive(sku, 2);
        var cart = "/v1/carts/"
                + expect(201, shop.buy("POST", "/v1/carts", "{\"currency\": \"USD\"}"))
                        .body()
                        .path("id")
                        .asText();
        expect(200, shop.buy("POST", cart + "/lines", "{\"sku\": \"%s\", \"quantity\": 2}".formatted(sku)));
        shop.price(id, sku, 475, "\"1\"");

        var told = expect(409, shop.checkOut(cart, "\"2\"")).body();

        assertThat(told.at("/changes/0/seen/amount").asLong()).isEqualTo(450);
        assertThat(told.at("/changes/0/now/amount").asLong()).isEqualTo(475);
        expect(200, shop.buy("POST", cart + "/prices", null, "If-Match", "\"2\""));
        var order = expect(200, shop.checkOut(cart, "\"3\"")).body();
        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        assertThat(order.at("/total/amount").asLong()).isEqualTo(950);

        var path = "/v1/orders/" + order.path("id").asText();
        expect(200, shop.buy("POST", path + "/cancel", null));

        eventually(() -> {
            assertThat(shop.stock(sku).path("available").asLong()).isEqualTo(2);
            assertThat(expect(200, shop.buy("GET", path + "/timeline", null))
                            .body()
                            .findValuesAsText("what"))
                    .contains("CONFIRMED", "CANCELLED", "VOID SUCCEEDED");
        });
        assertThat(souk.run("verify", "orders", "--tenant", shop.tenant())).contains("1 orders: 0 findings");
        assertThat(souk.run("verify", "references", "--tenant", shop.tenant()))
                .containsPattern("1 orders, \\d+ references, \\d+ reservations: 0 findings");
    }

    @Test
    void givenACustomerWithAnAddressAndAWish_whenTheWishIsBought_thenTheOrderGoesThereUntilThePersonIsForgotten() {
        var sku = "BABKA-" + shop.tenant();
        shop.sell(sku, null, "Babka", 900);
        shop.receive(sku, 2);
        expect(201, shop.buy("POST", "/v1/customers", "{\"displayName\": \"Ada\"}"));
        var address = expect(201, shop.buy("POST", "/v1/customers/me/addresses", """
                        {"recipient": "Ada Lovelace", "lines": ["12 Carroll Street"], "city": "Brooklyn", "region": "NY", "country": "US"}""", "If-Match", "\"1\""))
                .body()
                .at("/addresses/0/id")
                .asText();
        var wishes = "/v1/wishlists/"
                + expect(201, shop.buy("POST", "/v1/wishlists", "{\"name\": \"Birthday\"}"))
                        .body()
                        .path("id")
                        .asText();
        expect(200, shop.buy("POST", wishes + "/items", "{\"sku\": \"%s\"}".formatted(sku)));
        var variant = expect(200, shop.buy("GET", wishes + "/items", null))
                .body()
                .at("/items/0/variantId")
                .asText();
        var cart = expect(201, shop.buy("POST", "/v1/carts", "{\"currency\": \"USD\"}"))
                .body()
                .path("id")
                .asText();

        expect(
                200,
                shop.buy(
                        "POST",
                        wishes + "/items/" + variant + "/move",
                        "{\"cartId\": \"%s\", \"quantity\": 2}".formatted(cart)));
        var order = expect(
                        200,
                        shop.buy(
                                "POST",
                                "/v1/carts/" + cart + "/checkout",
                                "{\"shippingAddressId\": \"%s\", \"payment\": {\"provider\": \"sandbox\", \"token\": \"tok_ok\"}}"
                                        .formatted(address),
                                "If-Match",
                                "\"2\"",
                                "Idempotency-Key",
                                UUID.randomUUID().toString(),
                                "Prefer",
                                "wait=30"))
                .body();

        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        assertThat(order.at("/shippingAddress/city").asText()).isEqualTo("Brooklyn");

        expect(204, shop.buy("DELETE", "/v1/customers/me", null, "If-Match", "\"2\""));

        expect(404, shop.buy("GET", "/v1/customers/me", null));
        expect(404, shop.buy("GET", wishes, null));
        var left =
                expect(200, shop.get("/v1/orders/" + order.path("id").asText())).body();
        assertThat(left.path("status").asText()).isEqualTo("CONFIRMED");
        assertThat(left.has("shippingAddress")).isFalse();
    }

    @Test
    void givenAConfirmedOrder_whenItIsFulfilledAndDelivered_thenItIsCaptured_andItsGoodsHaveLeftStockAndLedger() {
        var sku = "SCHUG-" + shop.tenant();
        var id = shop.sell(sku, null, "Schug", 700);
        shop.receive(sku, 5);
        var order = expect(200, shop.order(UUID.randomUUID().toString(), sku, 2, "tok_ok", 30))
                .body();
        var path = "/v1/orders/" + order.path("id").asText();
        var parcel = "{\"carrier\": \"UPS\", \"trackingNumber\": \"1Z999AA10123456784\"}";

        var sent = expect(
                200, shop.send(shop.admin(), "POST", path + "/fulfilments", parcel, "Idempotency-Key", "parcel-1"));

        assertThat(sent.body().path("status").asText()).isEqualTo("FULFILLED");
        eventually(() -> {
            var stock = shop.stock(sku);
            assertThat(stock.path("onHand").asLong()).isEqualTo(3);
            assertThat(stock.path("reserved").asLong(-1)).isZero();
            assertThat(stock.path("available").asLong()).isEqualTo(3);
        });
        var ledger = expect(200, shop.get("/v1/stock/movements?sku=" + sku)).body();
        assertThat(ledger.findValuesAsText("kind")).containsExactly("SHIPMENT", "RECEIPT");
        assertThat(ledger.at("/items/0/reference").asText())
                .isEqualTo(order.path("id").asText());
        assertThat(ledger.findValues("quantity").stream()
                        .mapToLong(JsonNode::asLong)
                        .sum())
                .isEqualTo(3);
        eventually(() -> assertThat(shop.get(path + "/payment")
                        .body()
                        .at("/captured/amount")
                        .asLong())
                .isEqualTo(1400));

        expect(200, shop.send(shop.admin(), "POST", path + "/deliver", null));

        assertThat(expect(200, shop.buy("GET", path + "/timeline", null)).body().findValuesAsText("what"))
                .contains("CONFIRMED", "FULFILLED", "CAPTURE SUCCEEDED", "DELIVERED");
        assertThat(expect(200, shop.buy("GET", path, null))
                        .body()
                        .at("/fulfilment/trackingNumber")
                        .asText())
                .isEqualTo("1Z999AA10123456784");
        expect(409, shop.buy("POST", path + "/cancel", null));
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(3));
        assertThat(souk.run("verify", "orders", "--tenant", shop.tenant())).contains("1 orders: 0 findings");
        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant()))
                .contains("1 levels, 1 reservations, 0 purchases: 0 findings");
    }

    @Test
    void givenAVariantThatIsTrackedByUnit_whenOneIsSoldSentAndDelivered_thenItsUnitHasGoneAllTheWay() {
        var sku = "CUP-" + shop.tenant();
        var id = shop.sell(sku, null, "Kiddush cup", 12_500);
        shop.track(id);
        var units = """
                {"units": [{"sku": "%1$s", "serialNumber": "S-1904", "condition": "LIKE_NEW"},
                           {"sku": "%1$s", "serialNumber": "S-1871", "condition": "USED_GOOD",
                            "cost": {"amount": 8000, "currency": "USD"}, "acquiredOn": "2026-01-31"}]}""".formatted(sku);
        for (int i = 0; i < 2; i++) {
            expect(201, shop.send(shop.admin(), "POST", "/v1/units/receipts", units, "Idempotency-Key", "cups-1"));
        }
        assertThat(shop.stock(sku).path("onHand").asLong()).isEqualTo(2);
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(2));

        var order = expect(200, shop.order(UUID.randomUUID().toString(), sku, 1, "tok_ok", 30))
                .body();

        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        itsUnitIs("S-1871", "NEED_SHIPPING");
        var path = "/v1/orders/" + order.path("id").asText();
        var parcel = "{\"carrier\": \"UPS\", \"trackingNumber\": \"1Z999AA10123456785\"}";
        expect(200, shop.send(shop.admin(), "POST", path + "/fulfilments", parcel, "Idempotency-Key", "parcel-2"));
        itsUnitIs("S-1871", "OUTGOING");
        expect(200, shop.send(shop.admin(), "POST", path + "/deliver", null));
        itsUnitIs("S-1871", "SALE_COMPLETED");

        itsUnitIs("S-1904", "AVAILABLE");
        assertThat(shop.stock(sku).path("onHand").asLong()).isEqualTo(1);
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(1));
        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant()))
                .contains("1 levels, 1 reservations, 0 purchases: 0 findings");
    }

    private void itsUnitIs(String serialNumber, String status) {
        eventually(() -> assertThat(expect(200, shop.get("/v1/units?serialNumber=" + serialNumber))
                        .body()
                        .at("/items/0/status")
                        .asText())
                .isEqualTo(status));
    }

    @Test
    void givenThreeUnits_whenFiveAreOrdered_thenTheOrderIsRejectedNamingTheLineAndHoldsNothing() {
        var sku = "RUGELACH-" + shop.tenant();
        shop.sell(sku, null, "Rugelach", 300);
        shop.receive(sku, 3);

        var order = expect(200, shop.order(UUID.randomUUID().toString(), sku, 5, "tok_ok", 30))
                .body();

        assertThat(order.path("status").asText()).isEqualTo("REJECTED");
        assertThat(order.at("/refused/0/line").asInt(-1)).isZero();
        assertThat(order.at("/refused/0/available").asLong()).isEqualTo(3);
        assertThat(shop.stock(sku).path("reserved").asLong(-1)).isZero();
    }

    @Test
    void givenADeclinedPayment_whenTheOrderHasEnded_thenItsStockIsFreeAgain() {
        var sku = "BABKA-" + shop.tenant();
        shop.sell(sku, null, "Chocolate babka", 900);
        shop.receive(sku, 1);

        var order = expect(200, shop.order(UUID.randomUUID().toString(), sku, 1, "tok_declined", 30))
                .body();

        assertThat(order.path("status").asText()).isEqualTo("DECLINED");
        eventually(() -> assertThat(shop.stock(sku).path("available").asLong()).isEqualTo(1));
    }

    @Test
    void givenAProduct_whenItIsLookedUpBySkuInAnyCaseOrByGtin_thenItsCardIsFound() {
        var sku = "Matzo-" + shop.tenant();
        var id = shop.sell(sku, "4006381333931", "Matzo", 250).toString();

        for (var lookup : List.of("sku=" + sku.toUpperCase(Locale.ROOT), "gtin=4006381333931", "gtin=04006381333931")) {
            var found = expect(200, shop.get("/v1/products?" + lookup)).body();
            assertThat(found.at("/items/0/product/id").asText()).as(lookup).isEqualTo(id);
            assertThat(found.path("next").isNull()).isTrue();
        }
    }

    @Test
    void givenAnotherTenant_whenItAsksForAProduct_thenThereIsNone() {
        var id = shop.sell("KUGEL-" + shop.tenant(), null, "Kugel", 700);
        var other = new Shop(souk);

        assertThat(other.get("/v1/products/" + id).status()).isEqualTo(404);
        assertThat(other.search("kugel").path("items")).isEmpty();
    }

    @Test
    void givenADirtyFile_whenItIsLoadedTwice_thenBadRowsAreNamedAndTheSecondTimeChangesNothing(@TempDir Path folder)
            throws IOException {
        var file = Files.write(
                folder.resolve("dirty.jsonl"),
                List.of(
                        row("Olive oil", "OIL-1", "{\"amount\": 1290, \"currency\": \"USD\"}"),
                        "{\"name\": \"No end\"",
                        "",
                        row("שמן זית 🫒", "OIL-2", "{\"amount\": 1490, \"currency\": \"ILS\"}"),
                        "{\"variants\": [{\"sku\": \"NAMELESS\"}]}",
                        row("Too cheap", "OIL-3", "{\"amount\": -1, \"currency\": \"USD\"}"),
                        row("No such money", "OIL-4", "{\"amount\": 1, \"currency\": \"XYZ\"}"),
                        row("x".repeat(10_000), "OIL-5", "{\"amount\": 1, \"currency\": \"USD\"}"),
                        "{\"name\": \"Bad GTIN\", \"variants\": [{\"sku\": \"OIL-6\", \"gtins\": [\"4006381333932\"]}]}",
                        "[1, 2]"));

        var first = load(file);

        assertThat(first)
                .containsPattern("created +2\\n")
                .containsPattern("rejected +7\\n")
                .contains("line 2: ", "line 5: ", "line 6: ", "line 7: ", "line 8: ", "line 9: ", "line 10: ");
        eventually(() -> {
            assertThat(shop.found("olive")).isEqualTo(1);
            assertThat(shop.found("זית")).isEqualTo(1);
            assertThat(productEvents()).isNotEmpty();
        });
        var versions = shop.all("/v1/products", "Cache-Control", "no-cache");
        int events = productEvents().size();

        assertThat(load(file))
                .containsPattern("created +0\\n")
                .containsPattern("updated +0\\n")
                .containsPattern("unchanged +2\\n")
                .containsPattern("rejected +7\\n");

        assertThat(shop.all("/v1/products", "Cache-Control", "no-cache")).isEqualTo(versions);
        var later = shop.sell("LATER-" + shop.tenant(), null, "Later", 1).toString();
        eventually(() -> assertThat(productEvents())
                .anyMatch(event -> EventLog.header(event, "ce_subject").equals(later)));
        assertThat(productEvents())
                .filteredOn(event -> !EventLog.header(event, "ce_subject").equals(later))
                .hasSize(events);
    }

    private static String row(String name, String sku, String price) {
        return "{\"name\": \"%s\", \"publish\": true, \"variants\": [{\"sku\": \"%s\", \"prices\": [%s]}]}"
                .formatted(name, sku, price);
    }

    private String load(Path file) {
        return souk.run("load", file.toString(), "--tenant", shop.tenant(), "--no-progress");
    }

    private List<ConsumerRecord<String, String>> productEvents() {
        return new EventLog(souk).read("souk.catalog.product", shop.tenant());
    }

    @Test
    void givenAChangedProduct_whenAnyKafkaClientReadsTheTopic_thenItFindsCloudEventsWithTheWholeState()
            throws JsonProcessingException {
        var id = shop.sell("LATKE-" + shop.tenant(), null, "Latke", 350);

        eventually(() -> assertThat(productEvents()).hasSize(2));

        assertThat(productEvents())
                .extracting(
                        ConsumerRecord::key,
                        event -> EventLog.header(event, "ce_specversion"),
                        event -> EventLog.header(event, "ce_type"),
                        event -> EventLog.header(event, "ce_subject"),
                        event -> EventLog.header(event, "ce_tenant"),
                        event -> EventLog.header(event, "ce_aggregateversion"),
                        event -> EventLog.header(event, "content-type"))
                .containsExactly(event(id, "1"), event(id, "2"));
        var data = new ObjectMapper().readTree(productEvents().getLast().value());
        assertThat(data.findValue("name").asText()).isEqualTo("Latke");
    }

    private Tuple event(UUID id, String version) {
        return tuple(
                shop.tenant() + "/" + id,
                "1.0",
                "souk.catalog.product.changed.v1",
                id.toString(),
                shop.tenant(),
                version,
                "application/json");
    }
}
