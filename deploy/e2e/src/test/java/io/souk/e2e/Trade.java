package io.souk.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.e2e.Shop.expect;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A shop that is busy: a file is imported, customers order, and somebody keeps looking at a card. */
final class Trade {
    private static final Duration CATCH_UP = Duration.ofMinutes(3);
    private static final int UNITS = 2_000;
    private static final int CUSTOMERS = 2;

    private final Shop shop;
    private final int rows;
    private final String sku;
    private final UUID product;
    private final ConcurrentLinkedQueue<String> orders = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> unread = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private String job = "";

    /**
     * A shop with one product on stock.
     *
     * @param rows of the file that is imported
     */
    Trade(Souk souk, int rows) {
        this.shop = new Shop(souk);
        this.rows = rows;
        this.sku = "PITA-" + shop.tenant();
        this.product = shop.sell(sku, null, "Pita", 120);
        shop.receive(sku, UNITS);
    }

    /** What happens while the shop is busy. */
    interface Fault {
        void happen() throws InterruptedException;
    }

    /** Begins to import, order and read; the fault happens in the middle of the import, and all goes on until it is over. */
    void goesOnDuring(Fault fault) throws InterruptedException {
        var over = new AtomicBoolean();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new ArrayList<Future<?>>();
            busy.add(people.submit(() -> until(over, 50, this::read)));
            for (int i = 0; i < CUSTOMERS; i++) {
                busy.add(people.submit(() -> until(over, 200, this::order)));
            }
            try {
                eventually(() -> assertThat(orders).isNotEmpty());
                job = shop.importing(file()).path("id").asText();
                eventually(() -> assertThat(imported().path("done").asInt()).isPositive());
                assertThat(imported().path("done").asInt())
                        .as("the import is under way")
                        .isLessThan(rows);
                fault.happen();
            } finally {
                over.set(true);
            }
            requireDone(busy);
        }
    }

    private String file() {
        return IntStream.range(0, rows).mapToObj("""
                        {"name": "Bagel %1$d", "brand": "Ovens", "categories": ["Bakery/Bagels"], "publish": true, \
                        "variants": [{"sku": "BAGEL-%1$d", "prices": [{"amount": 150, "currency": "USD"}]}]}"""::formatted).collect(Collectors.joining("\n"));
    }

    private JsonNode imported() {
        return expect(200, shop.get("/v1/imports/" + job)).body();
    }

    private static void until(AtomicBoolean over, int pauseMillis, Runnable action) {
        while (!over.get()) {
            action.run();
            Pause.millis(pauseMillis);
        }
    }

    private static void requireDone(List<Future<?>> busy) throws InterruptedException {
        for (var one : busy) {
            try {
                one.get();
            } catch (ExecutionException failed) {
                throw new AssertionError(failed.getCause());
            }
        }
    }

    private void read() {
        reads.incrementAndGet();
        try {
            var answer = shop.get("/v1/products/" + product);
            // beyond the bulkhead, on a busy machine: as told, come again; a service's whole restart takes longer than
            // this
            for (int again = 0; again < 3 && answer.status() == 503; again++) {
                Pause.millis(1_000);
                answer = shop.get("/v1/products/" + product);
            }
            if (answer.status() != 200) {
                unread.add(answer.toString());
            }
        } catch (UncheckedIOException noAnswer) {
            unread.add(noAnswer.toString());
        }
    }

    /** An order with a key of its own; an answer that does not come, or asks to come again, is asked for again with that key. */
    private void order() {
        var key = UUID.randomUUID().toString();
        for (int attempt = 0; attempt < 1_200; attempt++) {
            try {
                var answer = shop.order(key, sku, 1, "tok_ok", 0);
                if (answer.status() == 202) {
                    orders.add(answer.body().path("id").asText());
                    return;
                }
                assertThat(answer.status()).as("%s", answer).isIn(409, 502, 503, 504);
            } catch (UncheckedIOException noAnswer) {
                // whether it was stored is unknown: the key makes asking again safe
            }
            Pause.millis(250);
        }
        throw new AssertionError("an order was never accepted");
    }

    /** Every read of the card was answered with 200. */
    void wasReadThroughout() {
        assertThat(unread).as("of %d reads", reads.get()).isEmpty();
        assertThat(reads).hasPositiveValue();
    }

    /** Nothing is lost, and every part of the stack tells the same. */
    void addsUp() {
        everyRowIsAProduct();
        everyOrderIsConfirmed();
        newPriceArrives();
        eventually(
                CATCH_UP,
                () -> assertThat(shop.all("/v1/products"))
                        .as("what the cache gives is what the database has")
                        .isEqualTo(shop.all("/v1/products", "Cache-Control", "no-cache")));
    }

    private void everyRowIsAProduct() {
        eventually(CATCH_UP, () -> {
            var now = imported();
            assertThat(now.path("state").asText()).as("%s", now).isEqualTo("SUCCEEDED");
            assertThat(now.at("/counts/rejected").asInt()).isZero();
        });
        eventually(CATCH_UP, () -> assertThat(shop.found("bagel")).isEqualTo(rows));
        eventually(
                CATCH_UP,
                () -> assertThat(shop.all("/v1/products"))
                        .hasSize(rows + 1)
                        .allMatch(card -> !card.at("/prices/prices").isEmpty()));
    }

    private void everyOrderIsConfirmed() {
        eventually(
                CATCH_UP,
                () -> assertThat(shop.all("/v1/orders"))
                        .hasSameSizeAs(orders)
                        .extracting(order -> order.path("status").asText())
                        .containsOnly("CONFIRMED"));
        eventually(
                CATCH_UP,
                () -> assertThat(shop.all("/v1/orders"))
                        .extracting(order -> order.path("id").asText())
                        .containsExactlyInAnyOrderElementsOf(orders));
        eventually(CATCH_UP, () -> {
            assertThat(shop.stock(sku).path("reserved").asInt()).isEqualTo(orders.size());
            assertThat(shop.card(product).at("/availability/available").asInt()).isEqualTo(UNITS - orders.size());
        });
    }

    private void newPriceArrives() {
        var prices = expect(200, shop.get("/v1/products/" + product + "/prices"));
        var body = "{\"prices\": [{\"sku\": \"%s\", \"amount\": 777, \"currency\": \"USD\"}]}".formatted(sku);
        var path = "/v1/products/" + product + "/prices";
        expect(200, shop.send(shop.admin(), "PUT", path, body, "If-Match", prices.header("etag")));

        eventually(CATCH_UP, () -> {
            assertThat(shop.card(product).at("/prices/prices/0/amount").asLong())
                    .isEqualTo(777);
            assertThat(shop.search("pita").at("/items/0/price/amount").asLong()).isEqualTo(777);
        });
    }
}
