package io.souk.kit.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventsConfig;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The kinds of this service by name. */
@Singleton
final class ViewKinds {
    private static final int LAYOUT_LETTERS = 8;

    private final Map<String, KnownKind<?>> byName = new TreeMap<>();
    private final List<AggregateType> sources;
    private final String layout;

    ViewKinds(@All List<ViewKind<?>> kinds, EventsConfig events, ObjectMapper json, MeterRegistry registry) {
        sources = kinds.stream()
                .map(ViewKind::source)
                .distinct()
                .sorted(Comparator.comparing(AggregateType::toString))
                .toList();
        for (var kind : kinds) {
            var known = new KnownKind<>(kind, sources.indexOf(kind.source()), json, registry);
            if (byName.put(known.name(), known) != null) {
                throw new IllegalStateException("two view kinds are named " + known.name());
            }
        }
        layout = hash(byName.values().stream()
                .map(kind -> kind.name() + "=" + kind.source())
                .collect(Collectors.joining(",", Entry.FORMAT + ":" + events.epoch() + ":", "")));
    }

    /** The aggregates of which views are made, each once; a place here stands for one of them. */
    List<AggregateType> sources() {
        return sources;
    }

    /**
     * Names what this release keeps in Redis and feeds. A release that knows another kind must not share a generation with this
     * one: an updater moves a position past records from which it does not make the other's entries. Nor may a raised epoch read
     * what was cached before: a part of it is of commits that the restored database has lost.
     */
    String layout() {
        return layout;
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LAYOUT_LETTERS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    KnownKind<?> named(String name) {
        return Objects.requireNonNull(byName.get(name));
    }

    boolean has(String name) {
        return byName.containsKey(name);
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
