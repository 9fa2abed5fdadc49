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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
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

    /** How each order that was accepted is paid. */
    private final ConcurrentHashMap<String, String> payments = new ConcurrentHashMap<>();

    /** Why somebody had to ask once more. */
    private final ConcurrentLinkedQueue<String> asksAgain = new ConcurrentLinkedQueue<>();

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
        return payments.size();
    }

    /**
     * What came of it, once the last order has ended.
     *
     * @param payments how each order was paid, by its id
     * @param took from the first request until the last order ended
     * @param asksAgain how many requests had to be sent once more, by what they were told
     */
    record Sale(List<JsonNode> orders, Map<String, String> payments, Duration took, Map<String, Long> asksAgain) {
        Map<String, Long> counts() {
            return orders.stream().collect(Collectors.groupingBy(Rush::status, Collectors.counting()));
        }

        List<JsonNode> ended(String status) {
            return orders.stream().filter(order -> status(order).equals(status)).toList();
        }

        List<JsonNode> paidBy(String payment) {
            return orders.stream()
                    .filter(order ->
                            payment.equals(payments.get(order.path("id").asText())))
                    .toList();
        }
    }

    /**
     * All buy at once, and the fault happens meanwhile.
     *
     * @param payment how the customer of that number pays
     */
    Sale of(int customers, IntFunction<String> payment, Trade.Fault fault, Duration longest)
            throws InterruptedException {
        var tokens = IntStream.range(0, customers)
                .mapToObj(number -> souk.customer(shop.tenant(), "customer-" + number))
                .toList();
        var startedAt = Instant.now();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new ArrayList<Future<?>>();
            for (int i = 0; i < customers; i++) {
                var token = tokens.get(i);
                var card = payment.apply(i);
                busy.add(people.submit(() -> buy(token, card)));
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
                .containsExactlyInAnyOrderElementsOf(payments.keySet());
        var sale = new Sale(
                List.copyOf(orders),
                Map.copyOf(payments),
                Duration.between(startedAt, lastEnd(orders)),
                asksAgain.stream().collect(Collectors.groupingBy(why -> why, Collectors.counting())));
        tell(sale);
        return sale;
    }

    /** Nothing depends on how long it took: it is for people, and for docs/benchmarks.md. */
    private void tell(Sale sale) {
        System.out.printf(
                "FLASH SALE %,d customers, %d units: %.1f s from the first request until the last order had ended; sent again: %s; %s%n",
                sale.orders().size(), units, sale.took().toMillis() / 1_000.0, sale.asksAgain(), sale.counts());
    }

    private static Instant lastEnd(List<JsonNode> orders) {
        return orders.stream().map(Rush::endedAt).max(Comparator.naturalOrder()).orElseThrow();
    }

    static String status(JsonNode order) {
        return order.path("status").asText();
    }

    static Instant placedAt(JsonNode order) {
        return Instant.parse(order.path("placedAt").asText());
    }

    static Instant endedAt(JsonNode order) {
        return Instant.parse(order.path("updatedAt").asText());
    }

    /** With a key of its own: an answer that does not come, or asks to come again, is asked for again with that key. */
    private void buy(String token, String payment) {
        var key = UUID.randomUUID().toString();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                var answer = shop.order(token, key, sku, 1, payment, 10);
                if (answer.status() == 200 || answer.status() == 202) {
                    payments.put(answer.body().path("id").asText(), payment);
                    return;
                }
                assertThat(answer.status()).as("%s", answer).isIn(409, 502, 503, 504);
                asksAgain.add(
                        answer.status() + " " + answer.body().path("detail").asText());
            } catch (UncheckedIOException noAnswer) {
                asksAgain.add("no answer"); // whether it was stored is unknown: the key makes asking again safe
            }
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
