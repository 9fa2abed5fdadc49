package io.souk.bench.http;

import org.HdrHistogram.Histogram;

/**
 * What came of one turn.
 *
 * @param nanos from sending a request to the last byte of its answer
 * @param serverCpuNanos used by the answering process meanwhile
 */
public record Measured(double seconds, Failures failed, Histogram nanos, long serverCpuNanos) {
    public double perSecond() {
        return nanos.getTotalCount() / seconds;
    }

    public double serverCpuMicrosPerRequest() {
        return serverCpuNanos / 1e3 / nanos.getTotalCount();
    }

    /** In milliseconds. */
    public double percentile(double percent) {
        return nanos.getValueAtPercentile(percent) / 1e6;
    }
}
