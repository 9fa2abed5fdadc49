package io.souk.bench.checkout;

import io.souk.bench.measure.ClosedLoop;
import io.souk.bench.measure.Driven;
import io.souk.bench.measure.OpenLoop;
import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.bench.shop.Product;
import io.souk.bench.shop.Shop;
import io.souk.bench.stack.OwnStack;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.impl.VertxInternal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

@Command(
        name = "checkout",
        description = "Orders of three lines, paid in the sandbox, whose clients wait for the outcome; what each costs"
                + " PostgreSQL, how long a flash sale takes, and how many orders there may be.")
public final class Checkout implements Callable<Integer> {
    private static final double PER_SECOND = 10;
    private static final int LINES = 3;
    private static final double LEAST_IN_TIME = 99;
    private static final double MOST_P50_MILLIS = 150;
    private static final double MOST_P99_MILLIS = 1_000;

    private static final int PRODUCTS = 300;
    private static final int SALES = 3;
    private static final long UNITS = 1_000_000;
    private static final int CONNECTIONS = 256;

    private static final int WARM_CLIENTS = 4;
    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofSeconds(15);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

    /** Far more than one processor can take: the ceiling comes before. */
    private static final int STEPS = 10;

    private static final double GROWTH = 1.5;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "At the first load; default 60.")
    private int seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        var taps = new EnumMap<Component, Statements>(Component.class);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (var stack = OwnStack.built(installation)) {
            stack.start(Component.POSTGRES, Component.REDIS, Component.KAFKA, Component.GATEWAY);
            for (var service : List.of(Component.CATALOG, Component.INVENTORY, Component.ORDERS)) {
                var tap = new Statements(stack.ports().of(Component.POSTGRES));
                taps.put(service, tap);
                stack.startWith(service, Component.POSTGRES, tap.port());
            }
            var shop = new Shop(stack, "bench");
            shop.stock(installation, PRODUCTS + SALES);
            var all = shop.products(PRODUCTS + SALES);
            var products = all.subList(0, PRODUCTS);
            var scarce = all.subList(PRODUCTS, all.size());
            shop.receive(products, UNITS);
            shop.receive(scarce, FlashSale.UNITS);
            var http = vertx.createHttpClient(
                    new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setKeepAliveTimeout(0));
            int gateway = stack.ports().of(Component.GATEWAY);
            measure(
                    ((VertxInternal) vertx).createEventLoopContext(),
                    new Customers(vertx, http, gateway, shop.token("customer"), products, LINES),
                    scarce,
                    taps,
                    out);
        } finally {
            taps.values().forEach(Statements::close);
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return 0;
    }

    private void measure(
            Context context,
            Customers customers,
            List<Product> scarce,
            Map<Component, Statements> taps,
            PrintWriter out)
            throws InterruptedException {
        out.printf(
                "Open loop: %.0f orders/s of %d lines each, through the gateway; each client waits for its order's end;"
                        + " %d processors shared by all.%n%n",
                PER_SECOND, LINES, Runtime.getRuntime().availableProcessors());
        out.flush();
        Driven.toItsEnd(ClosedLoop.run(context, WARM_CLIENTS, WARM_UP, customers::order), WARM_UP.plus(LAST_ANSWERS));
        var idle = perSecond(taps);
        var before = counts(taps);
        var time = Duration.ofSeconds(seconds);
        long began = System.nanoTime();
        var first = run(context, customers, PER_SECOND, time);
        double took = (System.nanoTime() - began) / 1e9;
        report(first, statements(taps, before, idle, took, first.intended()), out);
        FlashSale.report(context, customers, scarce, out);
        ceiling(context, customers, first, out);
    }

    private static OpenLoop.Outcome run(Context context, Customers customers, double perSecond, Duration time) {
        return Driven.toItsEnd(OpenLoop.run(context, perSecond, time, customers::order), time.plus(LAST_ANSWERS));
    }

    private static Map<Component, Long> counts(Map<Component, Statements> taps) {
        var counts = new EnumMap<Component, Long>(Component.class);
        taps.forEach((service, tap) -> counts.put(service, tap.count()));
        return counts;
    }

    /** What the services ask while nobody orders: the relay, heartbeats, sweeps. */
    private static Map<Component, Double> perSecond(Map<Component, Statements> taps) throws InterruptedException {
        TimeUnit.SECONDS.sleep(1); // what the last orders have left to do
        var before = counts(taps);
        TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
        var idle = new EnumMap<Component, Double>(Component.class);
        taps.forEach((service, tap) ->
                idle.put(service, (tap.count() - before.getOrDefault(service, 0L)) / (double) IDLE.toSeconds()));
        return idle;
    }

    /** Of one order, without what is asked anyway. */
    private static Map<Component, Double> statements(
            Map<Component, Statements> taps,
            Map<Component, Long> before,
            Map<Component, Double> idle,
            double seconds,
            long orders) {
        var each = new EnumMap<Component, Double>(Component.class);
        taps.forEach((service, tap) -> each.put(
                service,
                (tap.count() - before.getOrDefault(service, 0L) - idle.getOrDefault(service, 0.0) * seconds) / orders));
        return each;
    }

    private static void report(OpenLoop.Outcome first, Map<Component, Double> statements, PrintWriter out) {
        if (first.latency().count() == 0) {
            throw new StackException("No order was confirmed: %s.".formatted(first.firstFailure()));
        }
        Goal.atLeast("Orders that are confirmed before the time is over", LEAST_IN_TIME, "%", inTime(first))
                .print(out);
        if (first.failed() > 0) {
            out.printf("%d failed: %s%n", first.failed(), first.firstFailure());
        }
        Goal.atMost(
                        "From the order to its end at p50",
                        MOST_P50_MILLIS,
                        "ms",
                        first.latency().millis(50))
                .print(out);
        Goal.atMost(
                        "From the order to its end at p99",
                        MOST_P99_MILLIS,
                        "ms",
                        first.latency().millis(99))
                .print(out);
        out.printf(
                "Statements of an order, begins and commits among them, without the search's: %.0f (%s)%n%n",
                statements.values().stream().mapToDouble(Double::doubleValue).sum(),
                String.join(
                        ", ",
                        statements.entrySet().stream()
                                .map(one -> "%s %.0f".formatted(one.getKey().label(), one.getValue()))
                                .toList()));
        out.flush();
    }

    /** From the first load on, each row half as much again as the one before, until one is not kept up with. */
    private static void ceiling(Context context, Customers customers, OpenLoop.Outcome first, PrintWriter out) {
        var table = new Table("orders/s", "in time %", "failed", "p50 ms", "p90 ms", "p99 ms", "longest ms");
        row(table, PER_SECOND, first);
        var turn = first;
        for (int step = 1; step < STEPS && turn.isKeptUp(); step++) {
            double perSecond = PER_SECOND * Math.pow(GROWTH, step);
            turn = run(context, customers, perSecond, STEP);
            row(table, perSecond, turn);
        }
        table.print(out);
        out.printf(
                "The last of them is %s.%n",
                turn.isKeptUp() ? "kept up with still" : "not kept up with any more" + why(turn));
        out.flush();
    }

    private static String why(OpenLoop.Outcome turn) {
        return turn.firstFailure().isEmpty() ? "" : ": " + turn.firstFailure();
    }

    private static double inTime(OpenLoop.Outcome turn) {
        return 100.0 * turn.inTime() / turn.intended();
    }

    private static void row(Table table, double perSecond, OpenLoop.Outcome turn) {
        var latency = turn.latency();
        table.row(
                "%.0f".formatted(perSecond),
                "%.1f".formatted(inTime(turn)),
                turn.failed(),
                latency.shown(50),
                latency.shown(90),
                latency.shown(99),
                latency.shown(100));
    }
}
