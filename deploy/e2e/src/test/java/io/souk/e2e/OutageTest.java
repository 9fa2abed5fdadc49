package io.souk.e2e;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static io.souk.e2e.Shop.expect;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders and price changes go on while a server is stopped for half a minute or a service is killed. Afterwards nothing is
 * lost: every order that was accepted has its outcome, stock and card say what the orders add up to, and the card that the
 * cache serves is the one that the database gives.
 */
class OutageTest {
    private static final Duration OUTAGE = Duration.ofSeconds(30);
    private static final Duration CATCH_UP = Duration.ofSeconds(90);
    private static final int UNITS = 200;

    private final Souk souk = Souk.stack();
    private final Shop shop = new Shop(souk);
    private final String sku = "PITA-" + shop.tenant();
    private final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"redis", "kafka"})
    void givenOrdersUnderWay_whenAServerIsAwayForHalfAMinute_thenReadsGoOnAndNothingIsLost(String server)
            throws Exception {
        var id = stocked();
        var failedReads = new ArrayList<String>();

        whileOrdering(() -> {
            souk.stop(server);
            long end = System.nanoTime() + OUTAGE.toNanos();
            while (System.nanoTime() < end) {
                var read = shop.get("/v1/products/" + id);
                if (read.status() != 200) {
                    failedReads.add(read.toString());
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            souk.start(server);
        });

        assertThat(failedReads).isEmpty();
        everythingAddsUp(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog", "inventory", "orders", "search"})
    void givenOrdersUnderWay_whenAServiceIsKilledAndStartedAgain_thenNothingIsLost(String service) throws Exception {
        var id = stocked();

        whileOrdering(() -> {
            TimeUnit.SECONDS.sleep(2);
            souk.kill(service);
            souk.start(service);
            TimeUnit.SECONDS.sleep(2);
        });

        everythingAddsUp(id);
    }

    private UUID stocked() {
        var id = shop.sell(sku, "Pita of " + shop.tenant(), 120);
        shop.receive(sku, UNITS);
        return id;
    }

    private interface Fault {
        void happen() throws Exception;
    }

    /** Two customers order one unit at a time, as fast as they are answered but ten a second at most, until the fault is over. */
    private void whileOrdering(Fault fault) throws Exception {
        var over = new AtomicBoolean();
        try (var customers = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 2; i++) {
                customers.execute(() -> orderUntil(over));
            }
            try {
                fault.happen();
            } finally {
                over.set(true);
            }
        }
    }

    private void orderUntil(AtomicBoolean over) {
        try {
            while (!over.get() && accepted.size() < UNITS / 2) {
                orderOne();
                TimeUnit.MILLISECONDS.sleep(200);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** An order with a key of its own; an answer that does not come, or asks to come again, is asked for again with that key. */
    private void orderOne() throws InterruptedException {
        var key = UUID.randomUUID().toString();
        for (int attempt = 0; attempt < 200; attempt++) {
            try {
                var answer = shop.order(key, sku, 1, "tok_ok", 0);
                if (answer.status() == 200 || answer.status() == 202) {
                    accepted.add(answer.body().path("id").asText());
                    return;
                }
                assertThat(answer.status()).as("%s", answer).isIn(409, 502, 503, 504);
            } catch (java.io.UncheckedIOException noAnswer) {
                // whether it was stored is unknown: the key makes asking again safe
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
        throw new AssertionError("an order was never accepted");
    }

    private void everythingAddsUp(UUID product) {
        assertThat(accepted).isNotEmpty();
        eventually(CATCH_UP, () -> assertThat(outcomes()).containsOnly("CONFIRMED"));
        assertThat(allOrders()).hasSameSizeAs(accepted);
        eventually(CATCH_UP, () -> {
            assertThat(shop.stock(sku).path("reserved").asInt()).isEqualTo(accepted.size());
            assertThat(shop.card(product).at("/availability/available").asInt()).isEqualTo(UNITS - accepted.size());
        });
        newPriceArrives(product);
        assertThat(shop.card(product)).isEqualTo(fromTheDatabase(product));
    }

    private void newPriceArrives(UUID product) {
        var prices = expect(200, shop.get("/v1/products/" + product + "/prices"));
        var body = "{\"prices\": [{\"sku\": \"%s\", \"amount\": 777, \"currency\": \"USD\"}]}".formatted(sku);
        expect(
                200,
                shop.send(
                        shop.admin(),
                        "PUT",
                        "/v1/products/" + product + "/prices",
                        body,
                        "If-Match",
                        prices.header("etag")));

        eventually(CATCH_UP, () -> {
            assertThat(shop.card(product).at("/prices/prices/0/amount").asLong())
                    .isEqualTo(777);
            var found = shop.get("/v1/search?q=pita&currency=USD").body().at("/items/0");
            assertThat(found.path("id").asText()).isEqualTo(product.toString());
            assertThat(found.at("/price/amount").asLong()).isEqualTo(777);
        });
    }

    private com.fasterxml.jackson.databind.JsonNode fromTheDatabase(UUID product) {
        return expect(200, shop.send(shop.admin(), "GET", "/v1/products/" + product, null, "Cache-Control", "no-cache"))
                .body();
    }

    private List<String> outcomes() {
        return accepted.stream()
                .map(id -> expect(200, shop.get("/v1/orders/" + id))
                        .body()
                        .path("status")
                        .asText())
                .toList();
    }

    private List<String> allOrders() {
        var ids = new ArrayList<String>();
        var next = "";
        do {
            var page = expect(200, shop.get("/v1/orders?limit=200" + (next.isEmpty() ? "" : "&cursor=" + next)))
                    .body();
            page.path("items").forEach(order -> ids.add(order.path("id").asText()));
            next = page.path("next").asText("");
        } while (!next.isEmpty() && !next.equals("null"));
        return ids;
    }
}
