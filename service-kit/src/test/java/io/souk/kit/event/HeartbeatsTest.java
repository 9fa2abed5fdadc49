package io.souk.kit.event;

import io.cloudevents.kafka.KafkaMessageFactory;
import io.souk.kit.protocol.Watermarks;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HeartbeatsTest {
    private static final String TOPIC = "souk.catalog.product";
    private static final long MOMENT = 1_767_323_045_678_901L; // 2026-01-02T03:04:05.678901Z
    private static final Watermarks BOTH = new Watermarks(MOMENT, Map.of("souk.inventory.stock", MOMENT - 7));

    @Test
    void whatWasWrittenIsRead() {
        for (var watermarks : new Watermarks[] {BOTH, Watermarks.own(MOMENT), Watermarks.NONE}) {
            assertThat(Heartbeats.decode(received(watermarks))).isEqualTo(watermarks);
        }
    }

    @Test
    void itIsARecordOfItsShardWithAKeyThatNoEventHas() {
        var sent = Heartbeats.encode(TOPIC, 3, "catalog", BOTH);

        assertThat(sent.partition()).isEqualTo(3);
        assertThat(Heartbeats.isHeartbeat(received(BOTH))).isTrue();
        assertThat(EventKey.find(Heartbeats.KEY)).isNull();
        assertThat(Heartbeats.isHeartbeat(record("acme/0198c5a0-0000-7000-8000-000000000001", "{}")))
                .isFalse();
        assertThat(Heartbeats.isHeartbeat(record(null, "{}"))).isFalse();
    }

    @Test
    void theOfficialCloudEventsReaderReadsIt() {
        var event = KafkaMessageFactory.createReader(received(BOTH)).toEvent();

        assertThat(event.getSpecVersion().toString()).isEqualTo("1.0");
        assertThat(event.getId()).isNotBlank();
        assertThat(event.getSource()).hasToString("/souk/catalog");
        assertThat(event.getType()).isEqualTo("souk.catalog.heartbeat.v1");
        assertThat(event.getSubject()).isNull();
        assertThat(Objects.requireNonNull(event.getTime()).toInstant())
                .isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(Objects.requireNonNull(event.getData()).toBytes())
                .asString()
                .isEqualTo("{\"watermark\":1767323045678901,\"sources\":{\"souk.inventory.stock\":1767323045678894}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "no JSON",
                "{}",
                "{\"watermark\": \"soon\"}",
                "{\"watermark\": 1.5}",
                "{\"watermark\": 1, \"sources\": {\"souk.inventory.stock\": null}}"
            })
    void whatIsNoHeartbeatIsRefused(String value) {
        assertThatThrownBy(() -> Heartbeats.decode(record(Heartbeats.KEY, value)))
                .isInstanceOf(MalformedEvent.class)
                .hasMessageContaining("heartbeat");
    }

    @Test
    void whatItDoesNotKnowItIgnores() {
        assertThat(Heartbeats.decode(record(Heartbeats.KEY, "{\"watermark\": 5, \"more\": [1]}")))
                .isEqualTo(Watermarks.own(5));
    }

    private static ConsumerRecord<byte[], byte[]> received(Watermarks watermarks) {
        return EventRecordsTest.received(Heartbeats.encode(TOPIC, 3, "catalog", watermarks));
    }

    private static ConsumerRecord<byte[], byte[]> record(@Nullable String key, String value) {
        return EventRecordsTest.received(new ProducerRecord<>(
                TOPIC,
                3,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }
}
