package io.souk.bench.http;

import io.souk.bench.report.Table;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** Targets in turn, round by round, so that what changes on the machine meanwhile meets them all. */
public final class Rounds {
    private static final int CLIENTS = 32;
    private static final int WARM_UPS = 2;
    /** Of two: a service's read is some ten times the code of a bare handler's, and its JVM compiles for half a minute. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private static final Duration TURN = Duration.ofSeconds(3);

    private Rounds() {}

    /** The series of the targets, in their order, after a warm-up of each. */
    public static List<Series> run(List<Target> targets, int rounds) {
        var series = targets.stream().map(Series::new).toList();
        try (var load = new LoadGenerator(CLIENTS)) {
            for (int i = 0; i < WARM_UPS; i++) {
                targets.forEach(target -> load.run(target, WARM_UP));
            }
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < targets.size(); i++) {
                    series.get(i).add(load.run(targets.get(i), TURN));
                }
            }
        }
        return series;
    }

    /** One more turn, whose figures are not wanted. */
    public static void once(Target target, Duration time) {
        try (var load = new LoadGenerator(CLIENTS)) {
            new Series(target).add(load.run(target, time));
        }
    }

    /** A line per series, compared with the first. */
    public static void print(List<Series> all, PrintWriter out) {
        var first = all.getFirst();
        var table = new Table(
                "median (lowest-highest)",
                "requests/s",
                "% of first",
                "p50 ms",
                "p99 ms",
                "server CPU µs/request",
                "% of first");
        for (var series : all) {
            table.row(
                    series.name(),
                    series.perSecond(),
                    series.throughputOf(first),
                    "%.1f".formatted(series.percentile(50)),
                    "%.1f".formatted(series.percentile(99)),
                    series.cpuMicros(),
                    series.cpuOf(first));
        }
        table.print(out);
    }

    /** How the figures came about, in one line. */
    public static String conditions(int rounds) {
        return "%d clients, one keep-alive connection and one request under way each; %d rounds of %d s per line in turn; %d processors shared by generator, servers and Redis."
                .formatted(
                        CLIENTS, rounds, TURN.toSeconds(), Runtime.getRuntime().availableProcessors());
    }
}
