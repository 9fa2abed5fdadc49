package io.souk.kit.event;

import io.cloudevents.kafka.KafkaMessageFactory;
import io.souk.kit.tenant.TenantId;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventRecordsTest {
    private static final AggregateType PRODUCT = new AggregateType("catalog", "product");
    private static final Envelope EVERYTHING = new Envelope(
            UUID.fromString("0198c5a0-0000-7000-8000-00000000000e"),
            PRODUCT,
            new TenantId("acme"),
            UUID.fromString("0198c5a0-0000-7000-8000-000000000001"),
            new Order(2, 17),
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            UUID.fromString("0198c5a0-0000-7000-8000-00000000000c"));

    @Test
    void theOfficialCloudEventsReaderReadsIt() {
        var event = KafkaMessageFactory.createReader(received(record(EVERYTHING, "{\"name\":\"Halva\"}")))
                .toEvent();

        assertThat(event.getSpecVersion().toString()).isEqualTo("1.0");
        assertThat(event.getId()).isEqualTo(EVERYTHING.eventId().toString());
        assertThat(event.getSource()).hasToString("/souk/catalog");
        assertThat(event.getType()).isEqualTo("souk.catalog.product.changed.v1");
        assertThat(event.getSubject()).isEqualTo(EVERYTHING.aggregateId().toString());
        assertThat(Objects.requireNonNull(event.getTime()).toInstant()).isEqualTo(EVERYTHING.occurredAt());
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension("tenant")).isEqualTo("acme");
        assertThat(event.getExtension("aggregateversion")).isEqualTo("17");
        assertThat(event.getExtension("epoch")).isEqualTo("2");
        assertThat(event.getExtension("partitionkey")).isEqualTo("acme/" + EVERYTHING.aggregateId());
        assertThat(event.getExtension("traceparent")).isEqualTo(EVERYTHING.traceparent());
        assertThat(event.getExtension("causationid")).isEqualTo(String.valueOf(EVERYTHING.causationId()));
        assertThat(Objects.requireNonNull(event.getData()).toBytes()).asString().isEqualTo("{\"name\":\"Halva\"}");
    }

    @Test
    void theTypeStaysWhateverTheTopicIsCalled() {
        assertThat(PRODUCT.topic("test7")).isEqualTo("test7.catalog.product");
        assertThat(PRODUCT.eventType(ChangeKind.DELETED)).isEqualTo("souk.catalog.product.deleted.v1");
    }

    @Test
    void whatWasWrittenIsRead() {
        var plain = new Envelope(
                EVERYTHING.eventId(),
                PRODUCT,
                EVERYTHING.tenant(),
                EVERYTHING.aggregateId(),
                new Order(1, 1),
                EVERYTHING.occurredAt(),
                null,
                null);

        for (var envelope : List.of(EVERYTHING, plain)) {
            assertThat(EventRecords.envelope(PRODUCT, received(record(envelope, "{}"))))
                    .isEqualTo(envelope);
        }
        assertThat(EventRecords.kind(PRODUCT, received(record(EVERYTHING, "{}"))))
                .isEqualTo(ChangeKind.CHANGED);
        assertThat(EventRecords.kind(PRODUCT, received(record(EVERYTHING, null))))
                .isEqualTo(ChangeKind.DELETED);
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        for (var header : List.of(
                EventRecords.SPEC_VERSION,
                EventRecords.ID,
                EventRecords.SUBJECT,
                EventRecords.TIME,
                EventRecords.TENANT,
                EventRecords.AGGREGATE_VERSION,
                EventRecords.EPOCH)) {
            assertThatThrownBy(() -> EventRecords.envelope(PRODUCT, with(header, null)))
                    .isInstanceOf(MalformedEvent.class)
                    .hasMessageContaining(header);
            assertThatThrownBy(() -> EventRecords.envelope(PRODUCT, with(header, "\u0000?")))
                    .isInstanceOf(MalformedEvent.class);
        }
        assertThatThrownBy(() -> EventRecords.envelope(PRODUCT, with(EventRecords.AGGREGATE_VERSION, "0")))
                .isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() ->
                        EventRecords.envelope(PRODUCT, with(EventRecords.AGGREGATE_VERSION, "99999999999999999999")))
                .isInstanceOf(MalformedEvent.class);
        assertThatThrownBy(() -> EventRecords.envelope(PRODUCT, with(EventRecords.TENANT, "other")))
                .isInstanceOf(MalformedEvent.class)
                .hasMessageContaining("different tenants");
        assertThatThrownBy(() -> EventRecords.kind(PRODUCT, with(EventRecords.TYPE, "souk.catalog.price.changed.v1")))
                .isInstanceOf(MalformedEvent.class)
                .hasMessageContaining("unknown type");
    }

    @Test
    void ordersSortAsText() {
        assertThat(new Order(1, 2).sortable()).isEqualTo("00001000000000000002");
        assertThat(new Order(2, 1)).isGreaterThan(new Order(1, 999));
        assertThat(new Order(2, 1).sortable()).isGreaterThan(new Order(1, 999).sortable());
    }

    private static ConsumerRecord<byte[], byte[]> with(String header, @Nullable String value) {
        var record = record(EVERYTHING, "{}");
        record.headers().remove(header);
        if (value != null) {
            record.headers().add(header, value.getBytes(StandardCharsets.UTF_8));
        }
        return received(record);
    }

    private static ProducerRecord<byte[], byte[]> record(Envelope envelope, @Nullable String json) {
        return EventRecords.encode(
                "souk.catalog.product",
                3,
                envelope,
                PRODUCT.eventType(ChangeKind.CHANGED),
                json == null ? null : json.getBytes(StandardCharsets.UTF_8));
    }

    static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                sent.partition(),
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
