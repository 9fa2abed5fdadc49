package io.souk.kit.protocol;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * How old an answer may be.
 *
 * @param bound B, or less when a request asks for less; above the skew
 * @param skew the most that a reader's clock may differ from the database's
 */
public record Freshness(Duration bound, Duration skew) {
    /** The end of what is valid until something is written. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    private static final int MICROS = 1_000;

    public Freshness {
        if (bound.compareTo(skew) <= 0) {
            throw new IllegalArgumentException("a bound of " + bound + " cannot be kept with a skew of " + skew);
        }
    }

    /** What is proven for this moment or a later one may be served. */
    public long earliestMicros(long nowMicros) {
        return nowMicros - (bound.toNanos() - skew.toNanos()) / MICROS;
    }

    /** Whether an entry is certainly still valid, whichever of the two clocks is ahead. */
    public boolean isValid(long validUntilMicros, long nowMicros) {
        return nowMicros < validUntilMicros - skew.toNanos() / MICROS;
    }

    /**
     * Why what is there may not be served though the caller has seen nothing newer; null when it may.
     *
     * @param ownMicros before it no own commit is missing
     * @param provenMicros before it no commit is missing, of the own or of a foreign source
     */
    public @Nullable WhyNot whyNot(long ownMicros, long provenMicros, long validUntilMicros, long nowMicros) {
        if (!isValid(validUntilMicros, nowMicros)) {
            return WhyNot.EXPIRED;
        }
        long earliest = earliestMicros(nowMicros);
        if (provenMicros >= earliest) {
            return null;
        }
        return ownMicros >= earliest ? WhyNot.LAGGING : WhyNot.UNPROVEN;
    }
}
