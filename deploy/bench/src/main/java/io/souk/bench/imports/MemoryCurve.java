package io.souk.bench.imports;

import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.bench.stack.OwnStack;
import io.souk.bench.stack.StackMemory;
import io.souk.cli.local.Component;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The memory of a stack, looked at each second until it is closed. */
final class MemoryCurve implements AutoCloseable {
    private static final int POINTS_PER_PHASE = 6;

    private final OwnStack stack;
    private final long started = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> looking;
    private final List<Sample> samples = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();

    private record Sample(double seconds, StackMemory memory) {
        double services() {
            return memory.mib(component -> component.kind() == Component.Kind.SERVICE);
        }
    }

    private record Phase(String name, List<Sample> samples) {}

    MemoryCurve(OwnStack stack) {
        this.stack = stack;
        looking = clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private synchronized void look() {
        samples.add(new Sample((System.nanoTime() - started) / 1e9, StackMemory.of(stack)));
    }

    /** What was seen since the phase before belongs to this one. */
    synchronized void phaseEnds(String name) {
        look();
        phases.add(new Phase(name, List.copyOf(samples)));
        samples.clear();
    }

    @Override
    public void close() {
        looking.cancel(false);
        clock.shutdown();
    }

    /** A few points of each phase, then the highest of all. */
    synchronized void print(PrintWriter out) {
        var table = new Table("PSS in MiB", "after s", "services", "postgres", "redis", "kafka", "gateway", "all");
        for (var phase : phases) {
            var seen = phase.samples();
            for (int point = 1; point <= POINTS_PER_PHASE; point++) {
                var sample = seen.get((seen.size() - 1) * point / POINTS_PER_PHASE);
                table.row(
                        phase.name() + " run",
                        mib(sample.seconds()),
                        mib(sample.services()),
                        mib(sample, Component.POSTGRES::equals),
                        mib(sample, Component.REDIS::equals),
                        mib(sample, Component.KAFKA::equals),
                        mib(sample, Component.GATEWAY::equals),
                        mib(sample, _ -> true));
            }
        }
        table.print(out);
        out.printf(
                "Highest of all: %.0f MiB%n",
                phases.stream()
                        .flatMap(phase -> phase.samples().stream())
                        .mapToDouble(sample -> sample.memory().mib(_ -> true))
                        .max()
                        .orElse(0));
    }

    /**
     * Whether the services' memory depends on how much was imported: how much higher its peak is in the second half of the first
     * run than in the first half. (Redis and PostgreSQL hold the data; they grow with it up to their own bounds.)
     */
    synchronized Goal growth(double mostPercent) {
        var first = phases.getFirst().samples();
        double early = peak(first.subList(0, first.size() / 2));
        double late = peak(first.subList(first.size() / 2, first.size()));
        return Goal.atMost(
                "Memory flat: growth of the services' peak from the first half of the first run to the second",
                mostPercent,
                "%",
                (late / early - 1) * 100);
    }

    private static double peak(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::services).max().orElse(Double.NaN);
    }

    private static String mib(Sample sample, Predicate<Component> which) {
        return mib(sample.memory().mib(which));
    }

    private static String mib(double value) {
        return "%.0f".formatted(value);
    }
}
