package io.souk.kit.consumer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Reads the state in an event as the reader's own type; fields that it does not declare are ignored. Safe from any thread. */
public final class StateReader<T> {
    private final ObjectReader states;

    public StateReader(Class<T> type, ObjectMapper json) {
        states = json.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /**
     * The state in an event's JSON.
     *
     * @throws PoisonEvent when there is none, today or ever
     */
    public T read(byte[] json) {
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
