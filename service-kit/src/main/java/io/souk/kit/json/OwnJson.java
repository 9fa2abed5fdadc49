package io.souk.kit.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

/**
 * JSON that a service writes itself and may read again from its own tables and caches. That it can be neither written nor
 * read is a bug, so every method fails with {@link IllegalStateException}; what others sent is not read here.
 */
@Singleton
public class OwnJson {
    private final ObjectMapper mapper;

    public OwnJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("cannot be written: " + value.getClass(), unwritable);
        }
    }

    /** UTF-8. */
    public byte[] bytes(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("cannot be written: " + value.getClass(), unwritable);
        }
    }

    public <T> T read(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", damaged);
        }
    }

    public <T> T read(String text, TypeReference<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a stored " + type.getType() + " cannot be read", damaged);
        }
    }
}
