package io.souk.kit.changes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.souk.kit.event.EventRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A record as a CloudEvent in structured mode: the attributes of its headers, then its data as it stands in the record.
 * Numbers of the order are texts, as they are in the headers: the attribute type for whole numbers has 32 bits.
 */
final class EventJson {
    /** Deeper than any event is; a reader of the answer has it inside two levels more. */
    private static final int MAX_DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // whoever can write to the topic chooses them
            .build();
    private static final byte[] DATA = ",\"data\":".getBytes(StandardCharsets.UTF_8);
    private static final String PREFIX = "ce_";

    private static final List<String> REQUIRED = List.of(
            EventRecords.SPEC_VERSION,
            EventRecords.ID,
            EventRecords.SOURCE,
            EventRecords.TYPE,
            EventRecords.SUBJECT,
            EventRecords.TIME,
            EventRecords.TENANT,
            EventRecords.EPOCH,
            EventRecords.AGGREGATE_VERSION,
            EventRecords.PARTITION_KEY);

    private static final List<String> OPTIONAL = List.of(EventRecords.TRACEPARENT, EventRecords.CAUSATION_ID);

    private EventJson() {}

    /** Null for a record that is no event: without the headers of one, or whose value is no JSON object. */
    @SuppressWarnings("ConstantValue") // Kafka gives null for a record without a value, and says so nowhere
    static byte @Nullable [] of(ConsumerRecord<byte[], byte[]> record) {
        var headers = record.headers();
        for (var name : REQUIRED) {
            if (EventRecords.find(headers, name) == null) {
                return null;
            }
        }
        byte @Nullable [] data = record.value();
        if (data != null && !isOneObject(data)) {
            return null;
        }
        var out = new ByteArrayOutputStream(512 + (data == null ? 0 : data.length));
        var attributes = attributes(headers, data != null);
        if (data == null) {
            out.writeBytes(attributes);
        } else {
            out.write(attributes, 0, attributes.length - 1); // without the closing brace
            out.writeBytes(DATA);
            out.writeBytes(data);
            out.write('}');
        }
        return out.toByteArray();
    }

    /** What is copied into an answer must not break it: UTF-8, one object, and nothing behind it. */
    private static boolean isOneObject(byte[] data) {
        var strict = StandardCharsets.UTF_8.newDecoder();
        try (var json = JSON.createParser(new InputStreamReader(new ByteArrayInputStream(data), strict))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            json.skipChildren();
            return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
        } catch (IOException _) {
            return false;
        }
    }

    private static byte[] attributes(Headers headers, boolean hasData) {
        var out = new ByteArrayOutputStream(512);
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (var name : REQUIRED) {
                json.writeStringField(name.substring(PREFIX.length()), EventRecords.find(headers, name));
            }
            for (var name : OPTIONAL) {
                @Nullable String value = EventRecords.find(headers, name);
                if (value != null) {
                    json.writeStringField(name.substring(PREFIX.length()), value);
                }
            }
            if (hasData) {
                json.writeStringField("datacontenttype", "application/json");
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
