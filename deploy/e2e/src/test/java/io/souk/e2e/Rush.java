package io.souk.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Many customers who order one unit each of the same thing, all at once. */
final class Rush {
    private static final List<String> UNDER_WAY = List.of("PLACED", "RESERVED", "AUTHORISED");
    private static final int MOST_ATTEMPTS = 60;
    private static final int LONGEST_PAUSE_MILLIS = 8_000;

    private final Souk souk;
    private final Shop shop;
    private final int units;
    private final String sku;
    private final ConcurrentLinkedQueue<String> placed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger askedAgain = new AtomicInteger();

    /** A shop with so many units of one product. */
    Rush(Souk souk, int units) {
        this.souk = souk;
        this.shop = new Shop(souk);
        this.units = units;
        this.sku = "CONCERT-" + shop.tenant();
        shop.sell(sku, null, "Concert ticket", 4_500);
        shop.receive(sku, units);
    }

    String sku() {
        return sku;
    }

    /** Orders that were accepted so far. */
    int placed() {
        return placed.size();
    }

    /**
     * All buy at once, and the fault happens meanwhile. The orders once the last one has ended.
     *
     * @param paymentToken how the customer of that number pays
     */
    List<JsonNode> of(int customers, IntFunction<String> paymentToken, Trade.Fault fault, Duration longest)
            throws InterruptedException {
        var tokens = IntStream.range(0, customers)
                .mapToObj(number -> souk.customer(shop.tenant(), "customer-" + number))
                .toList();
        var startedAt = Instant.now();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new ArrayList<Future<?>>();
            for (int i = 0; i < customers; i++) {
                var token = tokens.get(i);
                var payment = paymentToken.apply(i);
                busy.add(people.submit(() -> buy(token, payment)));
            }
            fault.happen();
            for (var one : busy) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
        var orders = new ArrayList<JsonNode>();
        eventually(longest, () -> {
            Pause.millis(500); // the shop is busy enough
            orders.clear();
            orders.addAll(shop.all("/v1/orders"));
            assertThat(orders).hasSize(customers).noneMatch(order -> UNDER_WAY.contains(status(order)));
        });
        assertThat(orders)
                .extracting(order -> order.path("id").asText())
                .as("each customer has one order")
                .containsExactlyInAnyOrderElementsOf(placed);
        System.out.printf(
                "%,d customers for %d units: the last order ended after %,d ms; %d requests were sent again; %s%n",
                customers,
                units,
                Duration.between(startedAt, lastEnd(orders)).toMillis(),
                askedAgain.get(),
                counts(orders));
        return orders;
    }

    private static Instant lastEnd(List<JsonNode> orders) {
        return orders.stream()
                .map(order -> Instant.parse(order.path("updatedAt").asText()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    static Map<String, Long> counts(List<JsonNode> orders) {
        return orders.stream().collect(Collectors.groupingBy(Rush::status, Collectors.counting()));
    }

    static String status(JsonNode order) {
        return order.path("status").asText();
    }

    /** With a key of its own: an answer that does not come, or asks to come again, is asked for again with that key. */
    private void buy(String token, String payment) {
        var key = UUID.randomUUID().toString();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                var answer = shop.order(token, key, sku, 1, payment, 10);
                if (answer.status() == 200 || answer.status() == 202) {
                    placed.add(answer.body().path("id").asText());
                    return;
                }
                assertThat(answer.status()).as("%s", answer).isIn(409, 502, 503, 504);
            } catch (UncheckedIOException noAnswer) {
                // whether it was stored is unknown: the key makes asking again safe
            }
            askedAgain.incrementAndGet();
            int pause = Math.min(500 << Math.min(attempt, 4), LONGEST_PAUSE_MILLIS);
            Pause.millis(ThreadLocalRandom.current().nextInt(pause / 2, pause)); // or the crowd would come back as one
        }
        throw new AssertionError("an order was never accepted");
    }

    /** What is sold is reserved, the rest is free, and stock, ledger, orders and payments prove each other. */
    void addsUp(long sold) {
        eventually(Duration.ofMinutes(3), () -> {
            var stock = shop.stock(sku);
            assertThat(Stream.of("onHand", "reserved", "available")
                            .map(counter -> stock.path(counter).asLong()))
                    .as("%s", stock)
                    .containsExactly((long) units, sold, units - sold);
        });
        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant())).contains(": 0 findings");
        assertThat(souk.run("verify", "orders", "--tenant", shop.tenant())).contains(": 0 findings");
    }
}
