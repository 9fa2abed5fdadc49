package io.souk.kit.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.MalformedEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a topic's records as the reader's own type; fields that it does not declare are ignored. */
final class EventDecoder<T> {
    private final AggregateType source;
    private final StateReader<T> states;

    EventDecoder(AggregateType source, Class<T> stateType, ObjectMapper json) {
        this.source = source;
        states = new StateReader<>(stateType, json);
    }

    /** Throws {@link MalformedEvent} or {@link PoisonEvent} for a record that is not an event, today or ever. */
    Received<T> decode(ConsumerRecord<byte[], byte[]> record) {
        var envelope = EventRecords.envelope(source, record);
        ChangeEvent<T> event =
                switch (EventRecords.kind(source, record)) {
                    case CHANGED -> new ChangeEvent.Changed<>(envelope, states.read(record.value()));
                    case DELETED -> new ChangeEvent.Deleted<>(envelope);
                };
        return new Received<>(record, event);
    }
}
