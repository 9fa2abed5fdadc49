package io.souk.bench.http;

import io.souk.stack.StackException;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All turns of one target. */
public final class Series {
    private final Target target;
    private final List<Measured> turns = new ArrayList<>();

    Series(Target target) {
        this.target = target;
    }

    /** A failed request is no measurement: it is cheaper, or slower, than what is compared. */
    void add(Measured turn) {
        var failed = turn.failed();
        if (failed.count() > 0) {
            throw new StackException("%d of %d requests to %s failed; nothing can be said of it. The first: %s"
                    .formatted(failed.count(), turn.nanos().getTotalCount(), target.name(), failed.first()));
        }
        turns.add(turn);
    }

    public String name() {
        return target.name();
    }

    public Spread perSecond() {
        return spread(Measured::perSecond);
    }

    public Spread cpuMicros() {
        return spread(Measured::serverCpuMicrosPerRequest);
    }

    /** Of the same round each, in percent. */
    public Spread throughputOf(Series other) {
        return relative(other, Measured::perSecond);
    }

    /** CPU time of the server per request, of the same round each, in percent. */
    public Spread cpuOf(Series other) {
        return relative(other, Measured::serverCpuMicrosPerRequest);
    }

    /** Over all turns, in milliseconds. */
    public double percentile(double percent) {
        var all = new Histogram(3);
        turns.forEach(turn -> all.add(turn.nanos()));
        return all.getValueAtPercentile(percent) / 1e6;
    }

    private Spread spread(ToDoubleFunction<Measured> value) {
        return Spread.of(turns.stream().mapToDouble(value).toArray());
    }

    private Spread relative(Series other, ToDoubleFunction<Measured> value) {
        var percent = new double[turns.size()];
        for (int i = 0; i < percent.length; i++) {
            percent[i] = 100 * value.applyAsDouble(turns.get(i)) / value.applyAsDouble(other.turns.get(i));
        }
        return Spread.of(percent);
    }
}
