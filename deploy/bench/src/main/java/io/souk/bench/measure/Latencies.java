package io.souk.bench.measure;

import io.souk.bench.report.Table;
import org.HdrHistogram.Histogram;

import java.time.Duration;

/** How long things took, to three digits and no finer than a microsecond. For one thread at a time. */
public final class Latencies {
    private final Histogram micros = new Histogram(3);

    public void add(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("it ended %d ns before it began".formatted(-nanos));
        }
        micros.recordValue(nanos / 1_000);
    }

    public void addAll(Latencies others) {
        micros.add(others.micros);
    }

    public long longerThan(Duration time) {
        return count() - micros.getCountBetweenValues(0, time.toNanos() / 1_000);
    }

    public long count() {
        return micros.getTotalCount();
    }

    /** In milliseconds: at most so long took that percentage of them. 0 when there are none. */
    public double millis(double percent) {
        return micros.getValueAtPercentile(percent) / 1e3;
    }

    /** As it is printed. */
    public String shown(double percent) {
        return count() == 0 ? "-" : "%.2f".formatted(millis(percent));
    }

    /** An empty table for {@link #rowOf}. */
    public static Table table(String heading) {
        return new Table(heading, "p50 ms", "p90 ms", "p99 ms", "longest ms", "samples");
    }

    public void rowOf(Table table, String name) {
        table.row(name, shown(50), shown(90), shown(99), shown(100), count());
    }
}
