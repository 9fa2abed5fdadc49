package io.souk.bench.reservations;

import io.souk.bench.http.Spread;
import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.bench.shop.Shop;
import io.souk.bench.stack.OwnStack;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "reservations",
        description = "Reservations of one SKU by 64 clients and two replicas, beside plain transactions on its row.")
public final class Reservations implements Callable<Integer> {
    private static final int CLIENTS = 64;
    private static final long UNITS = 1_000_000_000;
    private static final double LEAST_OVER_HTTP = 4;
    private static final double LEAST_BY_EVENTS = 8;
    private static final long LAST_UNITS = 5_000;

    /** In turn, as they are measured: what a JVM has compiled for the one way it compiles anew for both. */
    private static final int WARM_ROUNDS = 4;

    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final int PARTITIONS = 8;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default 3.")
    private int rounds;

    @Option(names = "--orders", paramLabel = "N", defaultValue = "40000", description = "Each round; default 40000.")
    private int orders;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        try (var stack = OwnStack.built(installation)) {
            stack.startForCards();
            var replicas = List.of(stack.ports().of(Component.INVENTORY), stack.startReplica(Component.INVENTORY));
            var shop = new Shop(stack, "bench");
            shop.stock(installation, 2);
            var products = shop.products(2);
            shop.receive(products.subList(0, 1), UNITS);
            shop.receive(products.subList(1, 2), LAST_UNITS);
            stack.stop(Component.CATALOG); // it would take its part of the processors for what is not measured
            var row = HotRow.find(stack, shop.tenant(), products.getFirst().sku());
            var last = HotRow.find(stack, shop.tenant(), products.getLast().sku());
            row.requireDurable();
            measure(stack, row, last, replicas, shop.token("service"), out);
        }
        return 0;
    }

    private void measure(
            OwnStack stack, HotRow row, HotRow last, List<Integer> replicas, String token, PrintWriter out) {
        var plain = new PlainTransactions(row, CLIENTS);
        var flood = new OrderFlood(row, stack.ports().of(Component.KAFKA), PARTITIONS);
        var figures = new Figures(rounds);
        var nanos = new Histogram(3);
        try (var http = new HttpReservations(replicas, token, CLIENTS)) {
            for (int round = 0; round < WARM_ROUNDS; round++) {
                http.run(row.sku(), WARM_UP);
                flood.run(orders);
            }
            for (int round = 0; round < rounds; round++) {
                figures.plain[round] = plain.run(TURN);
                var turn = http.run(row.sku(), TURN);
                figures.http[round] = turn.perSecond();
                nanos.add(turn.nanos());
                figures.events[round] = flood.run(orders);
            }
            report(figures, nanos, out);
            requireBalanced(row, out);
            sellOut(http, last, out);
        }
    }

    /** The same crowd, for less than it wants. */
    private static void sellOut(HttpReservations http, HotRow last, PrintWriter out) {
        var sale = http.sellOut(last.sku());
        requireBalanced(last, out);
        if (sale.reserved() != LAST_UNITS || last.reserved() != LAST_UNITS) {
            throw new StackException("Of %d units %d were granted, and %d are reserved."
                    .formatted(LAST_UNITS, sale.reserved(), last.reserved()));
        }
        out.printf(
                "Of %d units exactly as many were granted; each of %d clients was told that nothing is left.%n",
                LAST_UNITS, sale.refused());
        out.flush();
    }

    private static final class Figures {
        final double[] plain;
        final double[] http;
        final double[] events;

        Figures(int rounds) {
            plain = new double[rounds];
            http = new double[rounds];
            events = new double[rounds];
        }

        /** Of the same round each. */
        Spread times(double[] other) {
            var times = new double[other.length];
            for (int i = 0; i < times.length; i++) {
                times[i] = other[i] / plain[i];
            }
            return Spread.of(times);
        }
    }

    private void report(Figures figures, Histogram nanos, PrintWriter out) {
        out.printf(
                "%d clients, one SKU, PostgreSQL with fsync; %d rounds in turn, %d s or %d orders each; %d processors for all of it.%n%n",
                CLIENTS, rounds, TURN.toSeconds(), orders, Runtime.getRuntime().availableProcessors());
        new Table("median (lowest-highest)", "reservations/s", "p50 ms", "p99 ms")
                .row("plain UPDATE + INSERT, no events", Spread.of(figures.plain), "", "")
                .row(
                        "HTTP, two replicas",
                        Spread.of(figures.http),
                        "%.1f".formatted(nanos.getValueAtPercentile(50) / 1e6),
                        "%.1f".formatted(nanos.getValueAtPercentile(99) / 1e6))
                .row("events of orders, two replicas", Spread.of(figures.events), "", "")
                .print(out);
        Goal.atLeast(
                        "By events, of the plain transactions'",
                        LEAST_BY_EVENTS,
                        "times",
                        figures.times(figures.events).median())
                .print(out);
        Goal.atLeast(
                        "Over HTTP, of the plain transactions'",
                        LEAST_OVER_HTTP,
                        "times",
                        figures.times(figures.http).median())
                .print(out);
    }

    private static void requireBalanced(HotRow row, PrintWriter out) {
        long reserved = row.reserved();
        long held = row.held();
        if (reserved != held) {
            throw new StackException("%d units are reserved, but %d are held.".formatted(reserved, held));
        }
        out.printf("%d units of %s are reserved, and as many are held.%n", reserved, row.sku());
        out.flush();
    }
}
