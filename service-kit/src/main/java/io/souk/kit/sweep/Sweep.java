package io.souk.kit.sweep;

import io.smallrye.mutiny.Uni;

import java.time.Duration;

/** A bean of this type is run by the kit from the start of the service to its end. */
public interface Sweep {
    /** Lower-case words with dashes; names metrics and log lines. */
    String name();

    /** How long to wait after a batch that found nothing more to do. */
    Duration pause();

    /**
     * One bounded batch; true when it was full, so that the next one follows at once. Must not block. A failure is logged and
     * tried again after the pause, a growing one while it keeps failing.
     */
    Uni<Boolean> sweep();
}
