package io.souk.kit.consumer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.MalformedEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Reads a topic's records as the reader's own type; fields that it does not declare are ignored. */
final class EventDecoder<T> {
    private final AggregateType source;
    private final ObjectReader states;

    EventDecoder(AggregateType source, Class<T> stateType, ObjectMapper json) {
        this.source = source;
        states = json.readerFor(stateType).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** Throws {@link MalformedEvent} or {@link PoisonEvent} for a record that is not an event, today or ever. */
    Received<T> decode(ConsumerRecord<byte[], byte[]> record) {
        var envelope = EventRecords.envelope(source, record);
        ChangeEvent<T> event =
                switch (EventRecords.kind(source, record)) {
                    case CHANGED -> new ChangeEvent.Changed<>(envelope, state(record.value()));
                    case DELETED -> new ChangeEvent.Deleted<>(envelope);
                };
        return new Received<>(record, event);
    }

    private T state(byte[] json) {
        @Nullable T state;
        try {
            state = states.readValue(json);
        } catch (JacksonException failure) { // its full message quotes the state
            throw new PoisonEvent("the state cannot be read: " + failure.getOriginalMessage(), failure);
        } catch (IOException failure) {
            throw new PoisonEvent("the state cannot be read: " + failure.getMessage(), failure);
        }
        if (state == null) {
            throw new PoisonEvent("the state is null");
        }
        return state;
    }
}
