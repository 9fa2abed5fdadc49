package io.souk.bench.checkout;

import io.souk.bench.http.Spread;
import io.souk.bench.measure.Driven;
import io.souk.bench.report.Goal;
import io.souk.bench.shop.Product;
import io.souk.stack.StackException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Customers who order one unit each of the same thing, all at the same moment, and far fewer units than customers. */
final class FlashSale {
    static final int UNITS = 20;

    private static final int CUSTOMERS = 200;
    private static final double MOST_SECONDS = 5;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private FlashSale() {}

    /** One sale after the other; throws when one has sold more or less than there was, or has refused somebody without naming the line. */
    static void report(Context context, Customers customers, List<Product> products, PrintWriter out) {
        var seconds = Spread.of(products.stream()
                .mapToDouble(product -> seconds(context, customers, product))
                .toArray());
        Goal.atMost(
                        "%d customers at once for %d units, until the last order had ended".formatted(CUSTOMERS, UNITS),
                        MOST_SECONDS,
                        "s",
                        seconds.median())
                .print(out);
        out.printf(
                "In each of %d such sales (%.1f to %.1f s) exactly %d orders were confirmed, and %d were refused and told the line.%n%n",
                products.size(), seconds.lowest(), seconds.highest(), UNITS, CUSTOMERS - UNITS);
        out.flush();
    }

    private static double seconds(Context context, Customers customers, Product product) {
        var began = Instant.now();
        var ended = Driven.toItsEnd(all(context, customers, product), LONGEST);
        long sold = ended.stream().filter(FlashSale::isSold).count();
        long refused = ended.stream().filter(FlashSale::isRefused).count();
        if (sold != UNITS || refused != CUSTOMERS - UNITS) {
            throw new StackException("Of %d units %d were sold, and %d of %d customers were refused."
                    .formatted(UNITS, sold, refused, CUSTOMERS));
        }
        return Duration.between(began, lastEnd(ended)).toMillis() / 1_000.0;
    }

    /** By the orders themselves, on this machine's clock: most customers look for the outcome only now and then. */
    private static Instant lastEnd(List<JsonObject> orders) {
        return orders.stream()
                .map(order -> Instant.parse(order.getString("updatedAt")))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Fails when anybody is told to come again. */
    private static Future<List<JsonObject>> all(Context context, Customers customers, Product product) {
        Promise<List<JsonObject>> ended = Promise.promise();
        context.runOnContext(_ -> Future.all(IntStream.range(0, CUSTOMERS)
                        .mapToObj(_ -> customers.buy(product))
                        .toList())
                .map(all -> all.<JsonObject>list())
                .onComplete(ended));
        return ended.future();
    }

    private static boolean isSold(JsonObject order) {
        return "CONFIRMED".equals(order.getString("status"));
    }

    private static boolean isRefused(JsonObject order) {
        return "REJECTED".equals(order.getString("status"))
                && order.getJsonArray("refused").getJsonObject(0).getInteger("line") == 0;
    }
}
