package io.souk.kit.protocol;

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

    record Miss<B>(WhyNot why) implements Verdict<B> {}

    /** A position is missing: the reader's copy of the generation may be old, or the cache is lost. */
    record Doubt<B>() implements Verdict<B> {}

    static <B> Verdict<B> of(Wanted wanted, Found<B> found, long nowMicros) {
        var positions = found.positions();
        if (positions == null) {
            return new Doubt<>();
        }
        var entry = found.entry();
        if (entry == null) {
            return new Miss<>(WhyNot.EMPTY);
        }
        if (!wanted.isReachedBy(entry)) {
            return new Miss<>(WhyNot.BEHIND);
        }
        var known = both(entry.asOf(), applied(positions, wanted.foreign()));
        long age = Math.max(0, nowMicros - known.micros());
        long validUntil = entry instanceof Entry.Live<B> live ? live.validUntilMicros() : Freshness.FOR_EVER;
        return switch (wanted.freshness().whyNot(known.ownMicros(), known.micros(), validUntil, nowMicros)) {
            case null -> new Hit<>(entry, age);
            case LAGGING -> new Lagging<>(entry, age);
            case WhyNot why -> new Miss<>(why);
        };
    }

    /** What is known of an entry that is at least as new as two others. */
    private static AsOf both(AsOf one, AsOf other) {
        return new AsOf(
                Math.max(one.ownMicros(), other.ownMicros()), Math.max(one.foreignMicros(), other.foreignMicros()));
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
