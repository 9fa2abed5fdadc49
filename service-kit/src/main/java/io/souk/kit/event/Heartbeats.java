package io.souk.kit.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Watermarks;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;

/**
 * The records of a topic that tell of time and not of an aggregate (docs/protocol.md, section 3): every event of a commit before
 * the watermarks lies before the heartbeat, in its partition. A CloudEvent like the others, without tenant and subject, and
 * with a key that no event has; one key per partition, so that compaction keeps the last one.
 */
public final class Heartbeats {
    /** Not of the form {@code tenant/id}. */
    public static final String KEY = "heartbeat";

    private static final Logger LOG = Logger.getLogger(Heartbeats.class);
    private static final byte[] KEY_BYTES = KEY.getBytes(StandardCharsets.UTF_8);
    private static final String WATERMARK = "watermark";
    private static final String SOURCES = "sources";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Heartbeats() {}

    /**
     * The record of a heartbeat, with an id of its own.
     *
     * @param service whose commits the own watermark speaks of
     * @param watermarks foreign ones by topic, as named without the installation's prefix: {@code souk.inventory.stock}
     */
    public static ProducerRecord<byte[], byte[]> encode(
            String topic, int shard, String service, Watermarks watermarks) {
        var time = Instant.EPOCH.plus(watermarks.ownMicros(), ChronoUnit.MICROS);
        var headers = new RecordHeaders();
        EventRecords.describe(headers, Ids.next(), service, "souk." + service + ".heartbeat.v1", time);
        return new ProducerRecord<>(topic, shard, null, KEY_BYTES, json(watermarks), headers);
    }

    /** Whether the record is a heartbeat; by its key alone, which costs next to nothing. */
    public static boolean isHeartbeat(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        return key != null && Arrays.equals(key, KEY_BYTES);
    }

    /**
     * What a heartbeat says.
     *
     * @throws MalformedEvent when it cannot be read
     */
    public static Watermarks decode(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            throw new MalformedEvent("a heartbeat without a value");
        }
        JsonNode said;
        try {
            said = JSON.readTree(value);
        } catch (IOException _) {
            throw new MalformedEvent("the heartbeat is not JSON");
        }
        var foreign = new HashMap<String, Long>();
        said.path(SOURCES).properties().forEach(source -> foreign.put(source.getKey(), micros(source.getValue())));
        return new Watermarks(micros(said.path(WATERMARK)), foreign);
    }

    /** As {@link #decode}; one that cannot be read says nothing, which is never wrong: the next one will. */
    public static Watermarks said(ConsumerRecord<byte[], byte[]> record) {
        try {
            return decode(record);
        } catch (MalformedEvent failure) {
            LOG.warnf("%s-%d@%d: %s", record.topic(), record.partition(), record.offset(), failure.getMessage());
            return Watermarks.NONE;
        }
    }

    private static long micros(JsonNode number) {
        if (!number.canConvertToExactIntegral() || !number.canConvertToLong()) {
            throw new MalformedEvent("the heartbeat's watermark is no number of microseconds");
        }
        return number.longValue();
    }

    private static byte[] json(Watermarks watermarks) {
        var said = JSON.createObjectNode().put(WATERMARK, watermarks.ownMicros());
        var sources = said.putObject(SOURCES);
        watermarks.foreignMicros().forEach(sources::put);
        try {
            return JSON.writeValueAsBytes(said);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values can always be written", impossible);
        }
    }
}
