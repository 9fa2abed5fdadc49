package io.souk.kit.protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a reader makes of what it found (the protocol, section 6). A pure function of its arguments. */
public sealed interface Verdict<B> {
    /**
     * It may be served.
     *
     * @param ageMicros since the moment for which it is proven; never negative
     */
    record Hit<B>(Entry<B> entry, long ageMicros) implements Verdict<B> {}

    record Miss<B>(Why why) implements Verdict<B> {}

    /** A position is missing: the reader's copy of the generation may be old, or the cache is lost. */
    record Doubt<B>() implements Verdict<B> {}

    enum Why {
        /** Nothing is there. */
        EMPTY,
        /** Something is there, and nobody vouches for it any more. */
        UNPROVEN,
        /** It was right until a moment that is over, or may be by the other clock. */
        EXPIRED,
        /** The caller has seen something newer. */
        BEHIND
    }

    static <B> Verdict<B> of(Wanted wanted, Found<B> found, long nowMicros) {
        var positions = found.positions();
        if (positions == null) {
            return new Doubt<>();
        }
        var entry = found.entry();
        if (entry == null) {
            return new Miss<>(Why.EMPTY);
        }
        if (!wanted.isReachedBy(entry)) {
            return new Miss<>(Why.BEHIND);
        }
        long proven = provenMicros(wanted, positions, entry);
        long validUntil = entry instanceof Entry.Live<B> live ? live.validUntilMicros() : Entry.Live.FOR_EVER;
        var why = whyNot(wanted.freshness(), proven, validUntil, nowMicros);
        return why == null ? new Hit<>(entry, Math.max(0, nowMicros - proven)) : new Miss<>(why);
    }

    /**
     * Why what is there may not be served though the caller has seen nothing newer; null when it may.
     *
     * @param provenMicros the later of the least watermark over the view's sources and the entry's own moment
     */
    static @Nullable Why whyNot(Freshness freshness, long provenMicros, long validUntilMicros, long nowMicros) {
        if (provenMicros < freshness.earliestMicros(nowMicros)) {
            return Why.UNPROVEN;
        }
        return freshness.isValid(validUntilMicros, nowMicros) ? null : Why.EXPIRED;
    }

    /** The moment before which no commit is missing in the entry. */
    private static long provenMicros(Wanted wanted, List<Position> positions, Entry<?> entry) {
        long applied = Long.MAX_VALUE;
        for (var position : positions) {
            applied = Math.min(applied, position.watermarks().earliest(wanted.foreign()));
        }
        return Math.max(applied, entry.asOfMicros());
    }
}
