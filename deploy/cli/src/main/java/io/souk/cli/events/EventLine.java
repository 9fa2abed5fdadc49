package io.souk.cli.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One event as one line of JSON: where it stands, its key, its headers as texts, its data (null for a tombstone). */
final class EventLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventLine() {}

    static String of(ConsumerRecord<byte[], byte[]> event) {
        var line = JSON.createObjectNode()
                .put("partition", event.partition())
                .put("offset", event.offset())
                .put("key", text(event.key()));
        var headers = line.putObject("headers");
        event.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        line.set("data", data(event.value()));
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values can always be written", impossible);
        }
    }

    /** Such a record tells of time and not of an event. */
    static boolean isHeartbeat(ConsumerRecord<byte[], byte[]> event) {
        return "heartbeat".equals(text(event.key()));
    }

    /** Keys are {@code tenant/id}. */
    static boolean isOf(String tenant, ConsumerRecord<byte[], byte[]> event) {
        var key = text(event.key());
        return key != null && key.startsWith(tenant + "/");
    }

    /** What is not JSON, in a dead-letter topic say, is shown as text. */
    private static @Nullable JsonNode data(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            return JSON.readTree(value);
        } catch (IOException _) {
            return new TextNode(new String(value, StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
