package io.souk.bench.relay;

import io.souk.bench.kafka.BareSends;
import io.souk.bench.measure.Latencies;
import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.bench.stack.OwnStack;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "relay",
        description =
                "How long a change needs from its commit to the log, beside a bare transactional send; and how fast"
                        + " a long queue is sent.")
public final class RelayBench implements Callable<Integer> {
    private static final double MOST_TIMES_BARE = 4;
    private static final double LEAST_PER_SECOND = 5_000;
    private static final int ROW_BYTES = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Between two changes, or two sends: one is over before the next begins. */
    static final Duration PAUSE = Duration.ofMillis(10);

    @Option(names = "--rows", paramLabel = "N", defaultValue = "600000", description = "The queue; default 600000.")
    private int rows;

    @Option(names = "--writes", paramLabel = "N", defaultValue = "500", description = "Single changes; default 500.")
    private int writes;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        try (var stack = OwnStack.built(installation)) {
            stack.start();
            List.of(Component.INVENTORY, Component.ORDERS, Component.SEARCH).forEach(stack::stop);
            latency(stack, out);
            queue(stack, out);
        }
        return 0;
    }

    private void latency(OwnStack stack, PrintWriter out) throws Exception {
        try (var bare = new BareSends(stack.ports().of(Component.KAFKA), ROW_BYTES)) {
            var brands = new Brands(stack);
            var sends = new Latencies();
            for (int i = 0; i < writes; i++) { // in turn, so that both meet the same machine
                sends.add(bare.send());
                Thread.sleep(PAUSE);
                brands.make("brand " + i);
                Thread.sleep(PAUSE);
            }
            var relayed = new RelayMetrics(stack.ports().of(Component.CATALOG));
            var table = new Table("acknowledged by Kafka, after", "p50 ms", "p90 ms", "p99 ms")
                    .row(
                            "the send of one record began (bare)",
                            ms(sends.millis(50)),
                            ms(sends.millis(90)),
                            ms(sends.millis(99)))
                    .row(
                            "the change was committed (relay)",
                            ms(relayed.delayMillis("0.5")),
                            ms(relayed.delayMillis("0.9")),
                            ms(relayed.delayMillis("0.99")));
            table.print(out);
            Goal.atMost(
                            "Relayed, of a bare transactional send at p50",
                            MOST_TIMES_BARE,
                            "times",
                            relayed.delayMillis("0.5") / sends.millis(50))
                    .print(out);
            out.println();
        }
    }

    private static String ms(double millis) {
        return "%.1f".formatted(millis);
    }

    private void queue(OwnStack stack, PrintWriter out) throws SQLException, InterruptedException {
        var relayed = new RelayMetrics(stack.ports().of(Component.CATALOG));
        long before = relayed.events();
        new Queue(stack, ROW_BYTES).fill(rows);
        long committed = System.nanoTime();
        long sent = 0;
        while (sent < rows) {
            if (System.nanoTime() - committed > PATIENCE.toNanos()) {
                throw new StackException("Only %d of %d events after %s.".formatted(sent, rows, PATIENCE));
            }
            Thread.sleep(LOOK);
            sent = relayed.events() - before;
        }
        double seconds = (System.nanoTime() - committed) / 1e9;
        out.printf(
                "%d events of %d bytes, committed together: all acknowledged after %.1f s%n", sent, ROW_BYTES, seconds);
        Goal.atLeast("A queue is sent", LEAST_PER_SECOND, "events/s", Math.rint(sent / seconds))
                .print(out);
    }
}
