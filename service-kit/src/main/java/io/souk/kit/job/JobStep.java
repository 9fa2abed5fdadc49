package io.souk.kit.job;

import java.time.Duration;
import java.util.Map;

/**
 * What one step did.
 *
 * @param position where the next step begins
 * @param counts added to the job's
 * @param done whether the job has succeeded with this step
 * @param pause how long the job is left alone before its next step; zero to go on
 */
public record JobStep(long position, Map<String, Long> counts, boolean done, Duration pause) {
    public JobStep {
        counts = Map.copyOf(counts);
    }

    public static JobStep goOn(long position, Map<String, Long> counts) {
        return new JobStep(position, counts, false, Duration.ZERO);
    }

    public static JobStep done(long position, Map<String, Long> counts) {
        return new JobStep(position, counts, true, Duration.ZERO);
    }

    /**
     * Nothing was done, for a reason that passes by itself: the job makes way for others and comes back after the pause, or up to a
     * {@link JobsConfig#pollEvery} later. No failure, however often.
     */
    public static JobStep later(long position, Duration pause) {
        return new JobStep(position, Map.of(), false, pause);
    }
}
