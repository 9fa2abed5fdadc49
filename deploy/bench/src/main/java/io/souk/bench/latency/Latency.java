package io.souk.bench.latency;

import io.souk.bench.arrival.Change;
import io.souk.bench.arrival.CommitTap;
import io.souk.bench.arrival.Journeys;
import io.souk.bench.measure.Latencies;
import io.souk.bench.relay.RelayMetrics;
import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.bench.shop.Shop;
import io.souk.bench.stack.OwnStack;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;

@Command(
        name = "latency",
        description =
                "How long a committed change needs into Redis, into Kafka and into another service's view, under a"
                        + " load that does not wait; and up to which load.")
public final class Latency implements Callable<Integer> {
    private static final double WRITES = 100;
    private static final double READS = 500;
    private static final double MOST_ROUND_TRIPS = 3;
    private static final double MOST_SENDS = 4;
    private static final double MOST_LOGS = 3;

    /** Until the JVMs have compiled what runs: five of them share the processors. */
    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private static final Duration STEP = Duration.ofSeconds(10);

    /** Of the first load: what an idle machine does, before it. */
    private static final double[] LOWER = {0.1, 0.25, 0.5};

    /** Far more than one processor can take: the curve ends before. */
    private static final int STEPS = 8;

    private static final double GROWTH = 1.5;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "At the first load; default 60.")
    private int seconds;

    @Option(
            names = "--products",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Changed in turn; default 2000.")
    private int products;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        var journeys = new EnumMap<>(Map.of(Change.PRICE, new Journeys(), Change.STOCK, new Journeys()));
        try (var stack = OwnStack.built(installation);
                var tap = new CommitTap(stack.ports().of(Component.POSTGRES), journeys)) {
            stack.start(Component.POSTGRES, Component.REDIS, Component.KAFKA, Component.GATEWAY);
            stack.startWith(Component.CATALOG, Component.POSTGRES, tap.port());
            stack.startWith(Component.INVENTORY, Component.POSTGRES, tap.port());
            var shop = new Shop(stack, "bench");
            shop.stock(installation, products);
            try (var load = new Load(stack, shop, shop.products(products), journeys)) {
                measure(load, new RelayMetrics(stack.ports().of(Component.INVENTORY)), out);
            }
        }
        return 0;
    }

    private void measure(Load load, RelayMetrics relay, PrintWriter out) throws InterruptedException {
        out.printf(
                "Open loop: %.0f writes/s (half of them prices, half receipts of goods) and %.0f reads/s of cards, %d products;"
                        + " %d processors shared by all.%n%n",
                WRITES, READS, products, Runtime.getRuntime().availableProcessors());
        out.flush();
        load.warmUp(READS / WRITES, WARM_UP);
        load.run(WRITES, READS, STEP);
        var first = load.run(WRITES, READS, Duration.ofSeconds(seconds));
        report(first, relay, out);
        curve(load, first, out);
    }

    private static void report(Load.Turn turn, RelayMetrics relay, PrintWriter out) {
        var price = turn.of(Change.PRICE);
        var stock = turn.of(Change.STOCK);
        var table = Latencies.table("under this load, from ... to ...");
        turn.roundTrip().rowOf(table, "a PING to its answer (bare Redis)");
        price.toView().rowOf(table, "a price's commit to its view in Redis");
        turn.send().rowOf(table, "a transaction's begin to its acknowledgement (bare Kafka)");
        price.toLog().rowOf(table, "a price's commit to its reading from Kafka");
        stock.toLog().rowOf(table, "a receipt's commit to its reading from Kafka");
        table.row(
                "a receipt's commit to its acknowledgement, as the relay has counted it",
                "%.2f".formatted(relay.delayMillis("0.5")),
                "%.2f".formatted(relay.delayMillis("0.9")),
                "%.2f".formatted(relay.delayMillis("0.99")),
                "-",
                "-");
        stock.toView().rowOf(table, "a receipt's commit to catalog-service's view of it");
        turn.writes().latency().rowOf(table, "a write's intended start to its answer");
        turn.reads().latency().rowOf(table, "a read's intended start to its answer");
        table.print(out);
        if (!turn.isKeptUp()) {
            out.printf(
                    "Not kept up with: %d writes (%s) and %d reads (%s) failed, %d changes did not arrive.%n",
                    turn.writes().failed(),
                    turn.writes().firstFailure(),
                    turn.reads().failed(),
                    turn.reads().firstFailure(),
                    turn.lost());
        }
        double roundTrip = turn.roundTrip().millis(50);
        double send = turn.send().millis(50);
        // each promise of an acknowledgement is held against the worse of its two figures
        times("Commit to own Redis, of a bare round trip", MOST_ROUND_TRIPS, price.toView(), roundTrip, out);
        times("Commit to Kafka, of a bare transactional send", MOST_SENDS, price.toLog(), send, out);
        times(
                "Commit to another service's view, of commit to Kafka",
                MOST_LOGS,
                stock.toView(),
                relay.delayMillis("0.5"),
                out);
        out.println();
        out.flush();
    }

    private static void times(String what, double most, Latencies measured, double ofMillis, PrintWriter out) {
        if (measured.count() == 0) {
            throw new StackException("%s: nothing arrived, so that nothing can be said of it.".formatted(what));
        }
        Goal.atMost(what + " at p50", most, "times", measured.millis(50) / ofMillis)
                .print(out);
    }

    /** From little to the first load, then each row half as much again as the one before, until one is not kept up with. */
    private static void curve(Load load, Load.Turn first, PrintWriter out) throws InterruptedException {
        var table = new Table(
                "writes/s + reads/s",
                "in time %",
                "failed",
                "read p50",
                "p99 ms",
                "write p50",
                "p99 ms",
                "PING p50",
                "to Redis p50",
                "p99 ms",
                "bare send p50",
                "to Kafka p50",
                "p99 ms",
                "to other view p50",
                "p99 ms",
                "lost");
        for (double factor : LOWER) {
            row(table, load.run(WRITES * factor, READS * factor, STEP));
        }
        row(table, first);
        var turn = first;
        for (int step = 1; step < STEPS && turn.isKeptUp(); step++) {
            double factor = Math.pow(GROWTH, step);
            turn = load.run(WRITES * factor, READS * factor, STEP);
            row(table, turn);
        }
        table.print(out);
        out.printf("The last of them is %s.%n", turn.isKeptUp() ? "kept up with still" : "not kept up with any more");
        out.flush();
    }

    private static void row(Table table, Load.Turn turn) {
        var price = turn.of(Change.PRICE);
        var stock = turn.of(Change.STOCK);
        var writes = turn.writes();
        var reads = turn.reads();
        table.row(
                "%.0f + %.0f".formatted(turn.writesPerSecond(), turn.writesPerSecond() * READS / WRITES),
                "%.1f".formatted(100.0 * (writes.inTime() + reads.inTime()) / (writes.intended() + reads.intended())),
                writes.failed() + reads.failed(),
                reads.latency().shown(50),
                reads.latency().shown(99),
                writes.latency().shown(50),
                writes.latency().shown(99),
                turn.roundTrip().shown(50),
                price.toView().shown(50),
                price.toView().shown(99),
                turn.send().shown(50),
                price.toLog().shown(50),
                price.toLog().shown(99),
                stock.toView().shown(50),
                stock.toView().shown(99),
                turn.lost());
    }
}
