package io.souk.kit.view;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.souk.kit.event.AggregateType;
import jakarta.inject.Singleton;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The kinds of this service by name. */
@Singleton
final class ViewKinds {
    private final Map<String, KnownKind<?>> byName = new HashMap<>();

    ViewKinds(@All List<ViewKind<?>> kinds, ObjectMapper json, MeterRegistry registry) {
        // a reader of events ignores what it does not declare, as every consumer does
        var reader = json.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        for (var kind : kinds) {
            if (byName.put(kind.name(), new KnownKind<>(kind, reader, registry)) != null) {
                throw new IllegalStateException("two view kinds are named " + kind.name());
            }
        }
    }

    KnownKind<?> named(String name) {
        return Objects.requireNonNull(byName.get(name));
    }

    @SuppressWarnings("unchecked") // a name stands for one kind, and so for its state type
    <T> KnownKind<T> known(ViewKind<T> kind) {
        var known = byName.get(kind.name());
        if (known == null) {
            throw new IllegalArgumentException("no bean makes the view kind " + kind.name());
        }
        return (KnownKind<T>) known;
    }

    List<KnownKind<?>> of(AggregateType source) {
        return byName.values().stream()
                .filter(kind -> kind.source().equals(source))
                .toList();
    }

    Collection<KnownKind<?>> all() {
        return byName.values();
    }
}
