package io.souk.kit.protocol;

import java.time.Duration;

/**
 * What bounds an updater's trust.
 *
 * @param tombstones for how long the topics keep null tombstones: their {@code delete.retention.ms}
 * @param lookAgain how often to look whether its generation is still the service's one: a loss that another shard noticed
 *     must reach this one too
 */
public record UpdaterRules(Duration tombstones, Duration lookAgain) {
    private static final int MICROS = 1_000;

    /**
     * Whether null tombstones behind the position may be gone, so that what was purged would be served for ever: position and
     * generation are both older than half of the time. The other half is for clocks that differ.
     */
    boolean mayMissTombstones(Generation generation, Position position, long nowMicros) {
        long oldest = nowMicros - tombstones.toNanos() / MICROS / 2;
        return position.watermarks().ownMicros() < oldest && generation.madeAtMicros() < oldest;
    }

    boolean isLookDue(long lookedAtMicros, long nowMicros) {
        return nowMicros - lookedAtMicros >= lookAgain.toNanos() / MICROS;
    }
}
