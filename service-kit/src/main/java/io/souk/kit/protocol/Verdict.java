package io.souk.kit.protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** What a reader makes of what it found (the protocol, section 6). A pure function of its arguments. */
public sealed interface Verdict<B> {
    /**
     * It may be served.
     *
     * @param ageMicros since the moment for which it is proven; never negative
     */
    record Hit<B>(Entry<B> entry, long ageMicros) implements Verdict<B> {}

    /**
     * It is as new as the own tables, and a foreign source lags: asking them would give nothing that is newer. It may be served
     * if its age is told.
     *
     * @param ageMicros since the moment for which it is proven; never negative
     */
    record Lagging<B>(Entry<B> entry, long ageMicros) implements Verdict<B> {}

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
        /** The own commits are proven, and those of a foreign source are not. */
        LAGGING,
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
        var known = entry.asOf().and(applied(positions, wanted.foreign()));
        long age = Math.max(0, nowMicros - known.micros());
        long validUntil = entry instanceof Entry.Live<B> live ? live.validUntilMicros() : Entry.Live.FOR_EVER;
        return switch (whyNot(wanted.freshness(), known.ownMicros(), known.micros(), validUntil, nowMicros)) {
            case null -> new Hit<>(entry, age);
            case LAGGING -> new Lagging<>(entry, age);
            case Why why -> new Miss<>(why);
        };
    }

    /**
     * Why what is there may not be served though the caller has seen nothing newer; null when it may.
     *
     * @param ownMicros before it no own commit is missing
     * @param provenMicros before it no commit is missing, of the own or of a foreign source
     */
    static @Nullable Why whyNot(
            Freshness freshness, long ownMicros, long provenMicros, long validUntilMicros, long nowMicros) {
        if (!freshness.isValid(validUntilMicros, nowMicros)) {
            return Why.EXPIRED;
        }
        long earliest = freshness.earliestMicros(nowMicros);
        if (provenMicros >= earliest) {
            return null;
        }
        return ownMicros >= earliest ? Why.LAGGING : Why.UNPROVEN;
    }

    /** What all of the positions vouch for. */
    private static AsOf applied(List<Position> positions, Set<String> sources) {
        long own = Long.MAX_VALUE;
        long foreign = AsOf.NO_SOURCE;
        for (var position : positions) {
            own = Math.min(own, position.watermarks().ownMicros());
            foreign = Math.min(foreign, position.watermarks().foreign(sources));
        }
        return new AsOf(own, foreign);
    }
}
