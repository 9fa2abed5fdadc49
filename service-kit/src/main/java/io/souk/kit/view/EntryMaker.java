package io.souk.kit.view;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.MalformedEvent;
import io.souk.kit.event.Order;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.WriteStep;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes of the log's records what is applied to the cache. Any thread. */
@Singleton
final class EntryMaker {
    private static final byte[] NONE = new byte[0];

    private final ViewKinds kinds;

    EntryMaker(ViewKinds kinds) {
        this.kinds = kinds;
    }

    Logged<EntryUpdate> read(AggregateType source, ConsumerRecord<byte[], byte[]> record) {
        return new Logged<>(
                record.offset(),
                Heartbeats.isHeartbeat(record)
                        ? new LogRecord.Heartbeat<>(Heartbeats.said(record))
                        : event(source, record));
    }

    private LogRecord<EntryUpdate> event(AggregateType source, ConsumerRecord<byte[], byte[]> record) {
        var key = EventRecords.findKey(record);
        var order = key == null ? null : EventRecords.findUncheckedOrder(record);
        if (key == null || order == null) {
            return new LogRecord.Unreadable<>();
        }
        EntryUpdate update;
        try {
            var envelope = EventRecords.envelope(source, record);
            boolean deleted = EventRecords.kind(source, record) == ChangeKind.DELETED;
            update = of(source, key, order, envelope.occurredAt(), deleted ? null : record.value());
        } catch (MalformedEvent failure) {
            update = invalid(source, key, order, failure);
        }
        return update.fault() == null ? new LogRecord.Change<>(update) : new LogRecord.Undecodable<>(update);
    }

    /** @param json the state; null when the aggregate is deleted */
    EntryUpdate of(AggregateType source, EventKey key, Order order, Instant occurredAt, byte @Nullable [] json) {
        var made = new ArrayList<EntryUpdate.Made>();
        var hints = new HashMap<LookupKind, Set<String>>();
        @Nullable Throwable fault = null;
        for (var kind : kinds.of(source)) {
            try {
                made.add(make(kind, order, occurredAt, json, hints));
            } catch (RuntimeException failure) {
                made.add(new EntryUpdate.Made(kind, NONE));
                fault = failure;
            }
        }
        return new EntryUpdate(key, order, made, hints, fault);
    }

    private static <T> EntryUpdate.Made make(
            KnownKind<T> kind,
            Order order,
            Instant occurredAt,
            byte @Nullable [] json,
            Map<LookupKind, Set<String>> hints) {
        @Nullable T state = json == null ? null : kind.state(json);
        var asOf = WriteStep.asOf(
                ChronoUnit.MICROS.between(Instant.EPOCH, occurredAt),
                !kind.foreign().isEmpty());
        var rendered = kind.render(order, state, asOf);
        hints.putAll(kind.hints(state));
        return new EntryUpdate.Made(kind, rendered.entry());
    }

    private EntryUpdate invalid(AggregateType source, EventKey key, Order order, Throwable fault) {
        List<EntryUpdate.Made> none = kinds.of(source).stream()
                .map(kind -> new EntryUpdate.Made(kind, NONE))
                .toList();
        return new EntryUpdate(key, order, none, Map.of(), fault);
    }
}
