package io.souk.kit.event;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.function.Function;

/**
 * An event as a Kafka record: a CloudEvent 1.0 in the binary mode of its Kafka binding, so the attributes are headers and
 * the value is the data alone.
 */
public final class EventRecords {
    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SUBJECT = "ce_subject";
    public static final String TIME = "ce_time";
    public static final String SOURCE = "ce_source";
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String TENANT = "ce_tenant";
    public static final String AGGREGATE_VERSION = "ce_aggregateversion";
    public static final String EPOCH = "ce_epoch";
    public static final String PARTITION_KEY = "ce_partitionkey";
    public static final String TRACEPARENT = "ce_traceparent";
    public static final String CAUSATION_ID = "ce_causationid";
    public static final String CONTENT_TYPE = "content-type";

    private static final byte[] VERSION_1 = utf8("1.0");
    private static final byte[] JSON = utf8("application/json");

    private EventRecords() {}

    /**
     * The record of an event.
     *
     * @param shard the partition; set by us, so that no producer setting decides where a key goes
     * @param type as in {@link AggregateType#eventType}
     * @param data the state as JSON; null for the tombstone of a purged aggregate
     */
    public static ProducerRecord<byte[], byte[]> encode(
            String topic, int shard, Envelope envelope, String type, byte @Nullable [] data) {
        var key = utf8(new EventKey(envelope.tenant(), envelope.aggregateId()).text());
        var headers = new RecordHeaders();
        describe(headers, envelope.eventId(), envelope.aggregate().service(), type, envelope.occurredAt());
        headers.add(SUBJECT, utf8(envelope.aggregateId().toString()))
                .add(TENANT, utf8(envelope.tenant().value()))
                .add(AGGREGATE_VERSION, utf8(Long.toString(envelope.order().version())))
                .add(EPOCH, utf8(Integer.toString(envelope.order().epoch())))
                .add(PARTITION_KEY, key);
        var traceparent = envelope.traceparent();
        if (traceparent != null) {
            headers.add(TRACEPARENT, utf8(traceparent));
        }
        var causation = envelope.causationId();
        if (causation != null) {
            headers.add(CAUSATION_ID, utf8(causation.toString()));
        }
        return new ProducerRecord<>(topic, shard, null, key, data, headers);
    }

    /** Adds what every CloudEvent of a service with JSON data has. */
    static void describe(Headers headers, UUID id, String service, String type, Instant time) {
        headers.add(SPEC_VERSION, VERSION_1)
                .add(ID, utf8(id.toString()))
                .add(SOURCE, utf8("/souk/" + service))
                .add(TYPE, utf8(type))
                .add(TIME, utf8(time.toString()))
                .add(CONTENT_TYPE, JSON);
    }

    /**
     * Reads what the headers and the key say.
     *
     * @throws MalformedEvent when something is missing or is not what it should be, or when key and headers name different
     *     tenants or aggregates
     */
    public static Envelope envelope(AggregateType aggregate, ConsumerRecord<byte[], byte[]> record) {
        var headers = record.headers();
        if (!"1.0".equals(required(headers, SPEC_VERSION))) {
            throw new MalformedEvent(SPEC_VERSION + " is not 1.0");
        }
        var key = key(record);
        var subject = parsed(headers, SUBJECT, UUID::fromString);
        if (!subject.equals(key.aggregateId())) {
            throw new MalformedEvent("the key and " + SUBJECT + " name different aggregates");
        }
        if (!required(headers, TENANT).equals(key.tenant().value())) {
            throw new MalformedEvent("the key and " + TENANT + " name different tenants");
        }
        return new Envelope(
                parsed(headers, ID, UUID::fromString),
                aggregate,
                key.tenant(),
                key.aggregateId(),
                order(headers),
                parsed(headers, TIME, EventRecords::instant),
                find(headers, TRACEPARENT),
                find(headers, CAUSATION_ID) == null ? null : parsed(headers, CAUSATION_ID, UUID::fromString));
    }

    /**
     * What the record tells of its aggregate; a record without a value is the tombstone of a deleted one.
     *
     * @throws MalformedEvent when the type is not one of the aggregate's
     */
    public static ChangeKind kind(AggregateType aggregate, ConsumerRecord<byte[], byte[]> record) {
        var type = required(record.headers(), TYPE);
        for (var kind : ChangeKind.values()) {
            if (type.equals(aggregate.eventType(kind))) {
                return hasData(record) ? kind : ChangeKind.DELETED;
            }
        }
        throw new MalformedEvent("unknown type " + type);
    }

    /** The key that a record carries; null when it carries none that is one. */
    public static @Nullable EventKey findKey(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] bytes = record.key();
        return bytes == null ? null : EventKey.find(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The order of a record's event; null when its headers are not those of an event with its key. */
    public static @Nullable Order findOrder(AggregateType aggregate, ConsumerRecord<byte[], byte[]> record) {
        try {
            return envelope(aggregate, record).order();
        } catch (MalformedEvent _) {
            return null;
        }
    }

    /** The order that a record's headers tell, whatever else is wrong with it; null when that cannot be read. */
    public static @Nullable Order findUncheckedOrder(ConsumerRecord<byte[], byte[]> record) {
        try {
            return order(record.headers());
        } catch (MalformedEvent _) {
            return null;
        }
    }

    /** A header's text, if the record has it; of several the last counts. */
    public static @Nullable String find(Headers headers, String name) {
        @Nullable Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("ConstantValue") // Kafka gives null for a record without a value, and says so nowhere
    private static boolean hasData(ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null;
    }

    private static EventKey key(ConsumerRecord<byte[], byte[]> record) {
        var key = findKey(record);
        if (key == null) {
            throw new MalformedEvent("the key is not tenant/aggregateId");
        }
        return key;
    }

    private static Order order(Headers headers) {
        int epoch = parsed(headers, EPOCH, Integer::valueOf);
        long version = parsed(headers, AGGREGATE_VERSION, Long::valueOf);
        try {
            return new Order(epoch, version);
        } catch (IllegalArgumentException _) {
            throw new MalformedEvent(AGGREGATE_VERSION + " or " + EPOCH + " is out of its range");
        }
    }

    private static String required(Headers headers, String name) {
        var text = find(headers, name);
        if (text == null) {
            throw new MalformedEvent(name + " is missing");
        }
        return text;
    }

    private static <T> T parsed(Headers headers, String name, Function<String, T> parse) {
        var text = required(headers, name);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException _) {
            throw new MalformedEvent(name + " cannot be read");
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
