package io.souk.kit.consumer;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.consumer.RecordingConsumer.Named;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Order;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.EventLog;
import io.souk.testing.Eventually;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import static io.souk.kit.Things.THING;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class GroupReaderTest {
    @Inject
    RecordingConsumer consumer;

    @Inject
    Things things;

    @Inject
    Topics topics;

    @Inject
    KafkaSettings kafka;

    @Test
    void givenChanges_thenTheyArriveInTheirOrderWithTheReadersOwnState() {
        var tenant = anyTenant();
        var id = Ids.next();
        for (int version = 1; version <= 20; version++) {
            things.write(tenant, id, "v" + version);
        }

        eventually(() -> assertThat(consumer.of(tenant)).hasSize(20));
        assertThat(consumer.versions(tenant))
                .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(consumer.names(tenant)).startsWith("v1", "v2").endsWith("v20");
        var first = consumer.of(tenant).getFirst().envelope();
        assertThat(first.tenant()).isEqualTo(tenant);
        assertThat(first.aggregateId()).isEqualTo(id);
        assertThat(first.occurredAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
    }

    @Test
    void givenAFailureThatMayPass_thenItIsTriedUntilItPassesAndOrderIsKept() {
        var tenant = anyTenant();
        var id = Ids.next();
        var failures = new AtomicInteger();
        consumer.first(
                tenant,
                _ -> failures.incrementAndGet() <= 4
                        ? Uni.createFrom().failure(new IOException("away"))
                        : Uni.createFrom().voidItem());
        for (int version = 1; version <= 5; version++) {
            things.write(tenant, id, "v" + version);
        }

        eventually(() -> assertThat(consumer.versions(tenant)).containsExactly(1L, 2L, 3L, 4L, 5L));
        assertThat(failures.get()).isGreaterThan(4);
    }

    @Test
    void givenAnEventThatFailsForEver_thenItLiesInTheDeadLettersAndTheOthersAreApplied() {
        var tenant = anyTenant();
        var healthy = Ids.next();
        var poisoned = Ids.next();
        consumer.first(
                tenant,
                events -> events.stream().anyMatch(GroupReaderTest::isPoison)
                        ? Uni.createFrom().failure(new IllegalStateException("cannot be"))
                        : Uni.createFrom().voidItem());
        things.write(tenant, healthy, "a");
        things.write(tenant, poisoned, "poison");
        things.write(tenant, poisoned, "cured");
        things.write(tenant, healthy, "b");

        eventually(() -> assertThat(consumer.names(tenant)).contains("a", "b", "cured"));
        assertThat(consumer.names(tenant)).doesNotContain("poison");
        var letter = deadLetter(new EventKey(tenant, poisoned).text());
        assertThat(header(letter, DeadLetters.REASON)).contains("cannot be");
        assertThat(consumer.doubts()).containsEntry(new EventKey(tenant, poisoned), Optional.of(new Order(1, 1)));
        assertThat(consumer.doubts()).doesNotContainKey(new EventKey(tenant, healthy));
        assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(topics.of(THING));
        assertThat(header(letter, DeadLetters.CONSUMER)).isEqualTo("recording");
        assertThat(header(letter, EventRecords.AGGREGATE_VERSION)).isEqualTo("1");
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).contains("poison");
    }

    @Test
    void givenRecordsThatAreNoEvents_thenEachLiesInTheDeadLettersWithItsReason() {
        var tenant = anyTenant();
        var other = anyTenant();
        var garbage = Ids.next();
        var crossed = Ids.next();
        var unknown = Ids.next();
        var last = Ids.next();
        send(event(tenant, garbage, ChangeKind.CHANGED, "{\"name\": "));
        var crossing = event(tenant, crossed, ChangeKind.CHANGED, "{\"name\": \"x\"}");
        crossing.headers().remove(EventRecords.TENANT).add(EventRecords.TENANT, utf8(other.value()));
        send(crossing);
        var untyped = event(tenant, unknown, ChangeKind.CHANGED, "{\"name\": \"x\"}");
        untyped.headers().remove(EventRecords.TYPE).add(EventRecords.TYPE, utf8("souk.catalog.thing.changed.v2"));
        send(untyped);
        send(new ProducerRecord<>(topics.of(THING), 0, utf8("nonsense"), utf8("not json")));
        send(event(tenant, last, ChangeKind.CHANGED, "{\"name\": \"last\", \"more\": [1]}"));

        eventually(() -> assertThat(consumer.names(tenant)).containsExactly("last"));
        assertThat(consumer.of(other)).isEmpty();
        assertThat(header(deadLetter(new EventKey(tenant, garbage).text()), DeadLetters.REASON))
                .startsWith("the state cannot be read");
        assertThat(header(deadLetter(new EventKey(tenant, crossed).text()), DeadLetters.REASON))
                .contains("different tenants");
        assertThat(header(deadLetter(new EventKey(tenant, unknown).text()), DeadLetters.REASON))
                .contains("unknown type");
        assertThat(header(deadLetter("nonsense"), DeadLetters.REASON)).contains("specversion is missing");
        assertThat(consumer.doubts())
                .containsEntry(new EventKey(tenant, garbage), Optional.of(new Order(1, 1)))
                .containsEntry(new EventKey(tenant, crossed), Optional.empty())
                .containsEntry(new EventKey(tenant, unknown), Optional.of(new Order(1, 1)))
                .doesNotContainKey(new EventKey(tenant, last));
    }

    @Test
    void givenAMarkerOrATombstone_thenTheAggregateIsGone() {
        var tenant = anyTenant();
        var id = Ids.next();
        send(event(tenant, id, ChangeKind.DELETED, "{\"id\": \"x\"}"));
        send(event(tenant, id, ChangeKind.DELETED, null));

        eventually(() -> assertThat(consumer.names(tenant)).containsExactly("(deleted)", "(deleted)"));
    }

    @Test
    void givenHeartbeats_thenTheyAreNoEventsAndNoDeadLetters() {
        var tenant = anyTenant();
        var id = Ids.next();
        send(event(tenant, id, ChangeKind.CHANGED, "{\"name\": \"before\"}"));
        send(Heartbeats.encode(topics.of(THING), new EventKey(tenant, id).shard(1), "catalog", Watermarks.own(1)));
        send(event(tenant, id, ChangeKind.CHANGED, "{\"name\": \"behind\"}"));

        eventually(() -> assertThat(consumer.names(tenant)).containsExactly("before", "behind"));
        assertThat(EventLog.readAll(topics.deadLetters(), Heartbeats.KEY)).isEmpty();
    }

    private static boolean isPoison(ChangeEvent<Named> event) {
        return RecordingConsumer.name(event).equals("poison");
    }

    private ConsumerRecord<String, byte[]> deadLetter(String key) {
        return Eventually.eventually(
                        Duration.ofSeconds(20),
                        () -> EventLog.readAll(topics.deadLetters(), key),
                        letters -> !letters.isEmpty())
                .getFirst();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return String.valueOf(EventRecords.find(record.headers(), name));
    }

    private ProducerRecord<byte[], byte[]> event(TenantId tenant, UUID id, ChangeKind kind, @Nullable String json) {
        return EventRecords.encode(
                topics.of(THING),
                new EventKey(tenant, id).shard(1),
                new Envelope(UUID.randomUUID(), THING, tenant, id, new Order(1, 1), Instant.now(), null, null),
                THING.eventType(kind),
                json == null ? null : utf8(json));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer("test"))) {
            var _ = producer.send(record);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
