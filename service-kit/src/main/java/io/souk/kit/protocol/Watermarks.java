package io.souk.kit.protocol;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Per source the moment before which every commit is known (the protocol, sections 1 and 3): the own database's, and that of
 * every foreign topic that is applied into own tables. A source that is not named stands at 0.
 */
public record Watermarks(long ownMicros, Map<String, Long> foreignMicros) {
    /** Nothing is known of any source. */
    public static final Watermarks NONE = new Watermarks(0, Map.of());

    public Watermarks {
        foreignMicros = Map.copyOf(foreignMicros);
    }

    /** Of a service without foreign sources. */
    public static Watermarks own(long micros) {
        return new Watermarks(micros, Map.of());
    }

    /** What is known when both are: the later moment, source by source. */
    public Watermarks and(Watermarks other) {
        if (foreignMicros.isEmpty() && other.foreignMicros.isEmpty()) {
            return own(Math.max(ownMicros, other.ownMicros));
        }
        var later = new HashMap<>(foreignMicros);
        other.foreignMicros.forEach((source, micros) -> later.merge(source, micros, Math::max));
        return new Watermarks(Math.max(ownMicros, other.ownMicros), later);
    }

    /** The moment before which the commits of all these foreign sources are known; {@link AsOf#NO_SOURCE} for none. */
    public long foreign(Collection<String> foreign) {
        long earliest = AsOf.NO_SOURCE;
        for (var source : foreign) {
            earliest = Math.min(earliest, foreignMicros.getOrDefault(source, 0L));
        }
        return earliest;
    }
}
