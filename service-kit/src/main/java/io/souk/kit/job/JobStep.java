package io.souk.kit.job;

import java.util.Map;

/**
 * What one step did.
 *
 * @param position where the next step begins
 * @param counts added to the job's
 * @param done whether the job has succeeded with this step
 */
public record JobStep(long position, Map<String, Long> counts, boolean done) {
    public JobStep {
        counts = Map.copyOf(counts);
    }

    public static JobStep goOn(long position, Map<String, Long> counts) {
        return new JobStep(position, counts, false);
    }

    public static JobStep done(long position, Map<String, Long> counts) {
        return new JobStep(position, counts, true);
    }
}
