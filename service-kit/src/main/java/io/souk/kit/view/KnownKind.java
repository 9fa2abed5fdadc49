package io.souk.kit.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.souk.kit.consumer.StateReader;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.event.Order;
import io.souk.kit.protocol.AsOf;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import static io.souk.kit.protocol.Freshness.FOR_EVER;

/** A kind with what is worked out once for it. */
final class KnownKind<T> {
    /** What an entry's header has room for. */
    private static final Instant LATEST = Instant.parse("2255-01-01T00:00:00Z");

    private final ViewKind<T> kind;
    private final String name;
    private final AggregateType source;
    private final int sourcePlace;
    private final Set<String> foreign;
    private final byte[][] foreignInPosition;
    private final byte[] keyPart;
    private final long ttlMillis;
    private final StateReader<T> states;
    private final ViewMetrics metrics;

    /** @param sourcePlace of its source among those of the service */
    KnownKind(ViewKind<T> kind, int sourcePlace, ObjectMapper json, MeterRegistry registry) {
        this.kind = kind;
        this.name = kind.name();
        this.source = kind.source();
        this.sourcePlace = sourcePlace;
        this.foreign = kind.foreign().stream().map(AggregateType::sourceName).collect(Collectors.toUnmodifiableSet());
        this.foreignInPosition = foreign.stream().map(PositionText::foreign).toArray(byte[][]::new);
        this.keyPart = ViewKeys.kind(name);
        this.ttlMillis = kind.ttl().toMillis();
        this.states = new StateReader<>(kind.stateType(), json);
        this.metrics = new ViewMetrics(registry, name);
        if (ttlMillis < 10) {
            throw new IllegalArgumentException("the view kind " + name + " lives for " + kind.ttl());
        }
    }

    ViewKind<T> kind() {
        return kind;
    }

    String name() {
        return name;
    }

    AggregateType source() {
        return source;
    }

    /** The place of its source in {@link ViewKinds#sources}. */
    int sourcePlace() {
        return sourcePlace;
    }

    /** The foreign sources, as watermarks name them. */
    Set<String> foreign() {
        return foreign;
    }

    /** Likewise, as they stand in positions. */
    byte[][] foreignInPosition() {
        return foreignInPosition;
    }

    byte[] keyPart() {
        return keyPart;
    }

    ViewMetrics metrics() {
        return metrics;
    }

    /** The state in an event's JSON; throws {@link io.souk.kit.consumer.PoisonEvent} when there is none. */
    T state(byte[] json) {
        return states.read(json);
    }

    /**
     * What is stored and served of a state; a null state is a deleted aggregate.
     *
     * @param asOf before which no commit is missing
     */
    Rendered render(Order order, @Nullable T state, AsOf asOf) {
        byte[] json = state == null ? null : kind.render(state);
        if (json == null || state == null) {
            return new Rendered(new View.Gone(order, asOf.micros(), false), Entry.tombstone(order, asOf));
        }
        var known = kind.isCertain(state) ? asOf : new AsOf(asOf.ownMicros(), 0);
        return new Rendered(
                new View.Live(order, Buffer.buffer(json), known.micros(), false),
                Entry.live(order, known, validUntilMicros(state), json));
    }

    private long validUntilMicros(T state) {
        if (!kind.isCertain(state)) {
            return 0; // whatever a position vouches for does not hold for it, so it is never found valid in Redis
        }
        var until = kind.validUntil(state);
        return until == null || until.isAfter(LATEST)
                ? FOR_EVER
                : Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, until));
    }

    /** The change that tells a version once more. */
    Change retold(UUID id, StateAt<T> at) {
        return retold(kind, id, at);
    }

    /** Likewise, of a kind that is not known here. */
    static <T> Change retold(ViewKind<T> kind, UUID id, StateAt<T> at) {
        @Nullable T state = at.state();
        long version = at.order().version();
        return state == null
                ? Change.deleted(kind.source(), id, version)
                : Change.changed(kind.source(), id, version, kind.event(state));
    }

    /** The hints that a state vouches for; none for a version that shows nothing. */
    Map<LookupKind, Set<String>> hints(@Nullable T state) {
        return state == null ? Map.of() : kind.hints(state);
    }

    /** A tenth less than the kind's TTL at most, so that entries of one import do not all go at once. */
    long jitteredTtlMillis() {
        return ttlMillis - ThreadLocalRandom.current().nextLong(ttlMillis / 10 + 1);
    }
}
