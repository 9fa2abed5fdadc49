package io.souk.kit.view;

import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * How old an answer is that is made of views: {@code Age} (RFC 9111) is the whole seconds since the moment for which its oldest part
 * is proven, and {@code Souk-Stale} names the parts of which that is longer ago than a reader may be given in silence. Where
 * nothing was ever heard of a part's foreign source, no moment is named and no age.
 *
 * <p>Collects the views of one answer; for one thread.
 */
public final class AnswerAge {
    /** {@code <part>;asOf=<RFC 3339>}, or the part alone; several parted by commas. */
    public static final String STALE = "Souk-Stale";

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_MILLI = 1_000;

    private long provenMicros = Long.MAX_VALUE;
    private Map<String, Long> stale = Map.of();

    /**
     * Counts a part in.
     *
     * @param part what the view is called in the answer
     */
    public AnswerAge add(String part, View view) {
        provenMicros = Math.min(provenMicros, view.provenMicros());
        if (view.stale()) {
            note(part, view.provenMicros());
        }
        return this;
    }

    /** Counts all parts of another one in. */
    public AnswerAge add(AnswerAge other) {
        provenMicros = Math.min(provenMicros, other.provenMicros);
        other.stale.forEach(this::note);
        return this;
    }

    private void note(String part, long micros) {
        if (stale.isEmpty()) {
            stale = new TreeMap<>();
        }
        stale.merge(part, micros, Math::min);
    }

    /** Adds the headers; none for an answer without a view. */
    public <T> ResponseBuilder<T> tell(ResponseBuilder<T> response) {
        if (provenMicros == Long.MAX_VALUE) {
            return response;
        }
        if (provenMicros > 0) {
            long age = System.currentTimeMillis() * MICROS_PER_MILLI - provenMicros;
            response.header("Age", Long.toString(Math.max(0, age / MICROS_PER_SECOND)));
        }
        stale.forEach((part, micros) -> response.header(STALE, part + asOf(micros)));
        return response;
    }

    private static String asOf(long micros) {
        return micros == 0 ? "" : ";asOf=" + Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
