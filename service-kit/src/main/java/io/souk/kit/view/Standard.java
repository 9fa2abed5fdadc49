package io.souk.kit.view;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.Freshness;
import io.souk.kit.protocol.WhyNot;
import io.souk.kit.redis.Reply;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** By what one read judges what it finds: how old it may be, and which versions its caller has seen. */
record Standard(Demand demand, Freshness freshness, ViewClock clock) {
    private static final long NANOS_PER_MICRO = 1_000;

    /** No answer is as young as its reader demands, since a foreign source lags. */
    static final class TooOld extends RuntimeException {
        private TooOld() {
            super("a part of it may be older than you allow", null, false, false);
        }
    }

    static Standard of(Demand demand, ViewClock clock) {
        return new Standard(demand, clock.freshness(demand.maxAge()), clock);
    }

    /**
     * Why an entry may not be served; null when it may.
     *
     * @param made of the entry, proven by the position that was read by the same command
     */
    @Nullable
    WhyNot whyNot(KnownKind<?> kind, UUID id, OwnView made, Reply.Bulk entry, long now) {
        var seen = seen(kind, id);
        if (seen != null && !made.view().reaches(seen)) {
            return WhyNot.BEHIND;
        }
        return freshness.whyNot(made.ownMicros(), made.view().provenMicros(), Entry.validUntilMicros(entry), now);
    }

    /** Whether a view that was made for somebody else will do for this caller. A foreign source that lags is no reason against it. */
    boolean suits(KnownKind<?> kind, UUID id, OwnView made) {
        var seen = seen(kind, id);
        return (seen == null || made.view().reaches(seen))
                && made.ownMicros() >= freshness.earliestMicros(clock.nowMicros());
    }

    /** Whether it may be given in silence. If not, a foreign source lags. */
    boolean isProven(View view) {
        return view.provenMicros() >= freshness.earliestMicros(clock.nowMicros());
    }

    /** Fails where the caller would rather have no answer than this one, which is not proven. */
    void refuse(View view) {
        if (isRefused(view)) {
            throw new TooOld();
        }
    }

    /** Whether the caller would rather have no answer than this one, which is not proven. */
    boolean isRefused(View view) {
        var maxAge = demand.maxAge();
        return maxAge != null
                && (maxAge.compareTo(clock.freshness().bound()) <= 0
                        || clock.nowMicros() - view.provenMicros() >= maxAge.toNanos() / NANOS_PER_MICRO);
    }

    private @Nullable Order seen(KnownKind<?> kind, UUID id) {
        return demand.seen(kind.source(), id);
    }
}
