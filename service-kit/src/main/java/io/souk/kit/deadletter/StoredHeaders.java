package io.souk.kit.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import java.io.IOException;
import java.util.Base64;

/** A record's headers as bytes, with whatever names and values they have: JSON, an array {@code [name, base64]} each. */
final class StoredHeaders {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StoredHeaders() {}

    static byte[] encode(Headers headers) {
        var array = JSON.createArrayNode();
        for (var header : headers) {
            var pair = array.addArray().add(header.key());
            if (header.value() == null) {
                pair.addNull();
            } else {
                pair.add(Base64.getEncoder().encodeToString(header.value()));
            }
        }
        try {
            return JSON.writeValueAsBytes(array);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Headers decode(byte[] stored) {
        JsonNode pairs;
        try {
            pairs = JSON.readTree(stored);
        } catch (IOException unreadable) {
            throw new IllegalStateException("stored headers cannot be read", unreadable);
        }
        var headers = new RecordHeaders();
        for (var pair : pairs) {
            var value = pair.path(1).textValue();
            headers.add(
                    pair.path(0).asText(),
                    value == null ? null : Base64.getDecoder().decode(value));
        }
        return headers;
    }
}
