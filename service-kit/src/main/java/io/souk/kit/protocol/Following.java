package io.souk.kit.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The generation that an updater feeds.
 *
 * @param published whether it was the service's generation when PostgreSQL was last asked; otherwise it is being built
 */
public record Following(UpdaterRules rules, Generation generation, boolean published, long lookedAtMicros) {
    @Nullable
    Generation building() {
        return published ? null : generation;
    }

    boolean isLookDue(long nowMicros) {
        return rules.isLookDue(lookedAtMicros, nowMicros);
    }

    boolean mayMissTombstones(Position position, long nowMicros) {
        return rules.mayMissTombstones(generation, position, nowMicros);
    }
}
