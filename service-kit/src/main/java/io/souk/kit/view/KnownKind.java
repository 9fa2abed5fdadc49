package io.souk.kit.view;

import com.fasterxml.jackson.databind.ObjectReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Order;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A kind with what is worked out once for it. */
final class KnownKind<T> {
    private final ViewKind<T> kind;
    private final String name;
    private final AggregateType source;
    private final byte[] keyPart;
    private final long ttlMillis;
    private final ObjectReader reader;
    private final ViewMetrics metrics;

    KnownKind(ViewKind<T> kind, ObjectReader reader, MeterRegistry registry) {
        this.kind = kind;
        this.name = kind.name();
        this.source = kind.source();
        this.keyPart = ViewKeys.kind(name);
        this.ttlMillis = kind.ttl().toMillis();
        this.reader = reader.forType(kind.stateType());
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

    byte[] keyPart() {
        return keyPart;
    }

    ViewMetrics metrics() {
        return metrics;
    }

    /** The state in an event's JSON. */
    T state(byte[] json) throws IOException {
        return reader.readValue(json);
    }

    /** What is stored and served of a state; a null state is a deleted aggregate. */
    Rendered render(Order order, @Nullable T state) {
        byte[] json = state == null ? null : kind.render(state);
        return json == null
                ? new Rendered(new View.Gone(order), Entry.tombstone(order))
                : new Rendered(new View.Live(order, Buffer.buffer(json)), Entry.live(order, json));
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
