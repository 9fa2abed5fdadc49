package io.souk.kit.view;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.kit.Things;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Order;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The cache in a running service: real tables, outbox, Kafka and Redis. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class ViewsInServiceTest {
    /** Enough for every shard. */
    private static final int PROBES = 100;

    @Inject
    Things things;

    @Inject
    ThingView kind;

    @Inject
    ViewCache cache;

    @Inject
    ViewKeys keys;

    @Inject
    Generations generations;

    @Inject
    PipelinedRedis redis;

    @Inject
    Topics topics;

    @Inject
    KafkaSettings kafka;

    @Inject
    EventsConfig events;

    /** What is told before a generation's positions are placed is not applied to it, and the first one may end soon. */
    @BeforeEach
    void fed() {
        RedisClients.awaitReady(redis);
        eventually(Duration.ofMinutes(3), () -> storedByEvents(anyTenant()));
    }

    /** Events without rows: what is in Redis cannot come from the table, and is too much for the writer to put. */
    private List<UUID> storedByEvents(TenantId tenant) {
        var ids = things.writeMany(tenant, PROBES, "from the event");
        eventually(
                Duration.ofSeconds(10),
                () -> assertThat(ids)
                        .allSatisfy(id -> assertThat(stored(tenant, id)).isTrue()));
        return ids;
    }

    @Test
    void givenCommits_thenEachVersionIsSoonReadAndNoneOlderThanOneBefore() {
        var tenant = anyTenant();
        var id = Ids.next();
        assertThat(read(tenant, id)).isEqualTo("absent");

        for (int version = 1; version <= 5; version++) {
            things.write(tenant, id, "name " + version);

            var committed = "{\"name\":\"name %d\",\"version\":%d}".formatted(version, version);
            eventually(() -> assertThat(read(tenant, id)).isEqualTo(committed));
            assertThat(read(tenant, id)).isEqualTo(committed);
        }
    }

    @Test
    void givenOnlyTheEvent_thenTheViewIsInRedisWithoutAReader() {
        eventually(
                () -> { // others, where a machine stood still for longer than an entry is proven
                    var tenant = anyTenant();
                    int before = kind.loads();

                    var ids = storedByEvents(tenant);

                    assertThat(ids)
                            .allSatisfy(id -> assertThat(read(tenant, id)).contains("from the event"));
                    assertThat(kind.loads()).isEqualTo(before);
                });
    }

    @Test
    void givenARecordThatCannotBeRead_thenTheCachedEntryGoesAndTheTableAnswers() {
        var tenant = anyTenant();
        var ids = storedByEvents(tenant);
        var undecodable = ids.get(0);
        var crossed = ids.get(1);

        send(record(tenant, undecodable, "{\"name\": "));
        var crossing = record(tenant, crossed, "{}");
        crossing.headers().remove(EventRecords.TENANT).add(EventRecords.TENANT, "another".getBytes(UTF_8));
        send(crossing);

        eventually(() -> assertThat(read(tenant, undecodable)).isEqualTo("absent"));
        eventually(() -> assertThat(read(tenant, crossed)).isEqualTo("absent"));
        assertThat(stored(tenant, ids.get(2))).isTrue();
    }

    @Test
    void givenFlushAll_thenTheTableAnswersAndFillsItAnew() {
        var tenant = anyTenant();
        var id = Ids.next();
        things.write(tenant, id, "kept");
        eventually(() -> assertThat(stored(tenant, id)).isTrue());
        RedisClients.call(redis, "FLUSHDB");

        assertThat(read(tenant, id)).contains("kept");
        eventually(
                () -> { // once a new generation has begun
                    assertThat(read(tenant, id)).contains("kept");
                    assertThat(stored(tenant, id)).isTrue();
                });
    }

    private ProducerRecord<byte[], byte[]> record(TenantId tenant, UUID id, String json) {
        return EventRecords.encode(
                topics.of(Things.THING),
                new EventKey(tenant, id).shard(events.partitions()),
                new Envelope(Ids.next(), Things.THING, tenant, id, new Order(1, 2), Instant.now(), null, null),
                Things.THING.eventType(ChangeKind.CHANGED),
                json.getBytes(UTF_8));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer("test"))) {
            var _ = producer.send(record);
        }
    }

    private String read(TenantId tenant, UUID id) {
        return Replica.text(cache.read(tenant, id, List.of(kind), Demand.NONE)
                .await()
                .atMost(PATIENCE)
                .getFirst());
    }

    private boolean stored(TenantId tenant, UUID id) {
        var name = ViewKeys.name(tenant, id);
        var names = generations.copy();
        return names != null
                && RedisClients.await(redis.send(RedisCommand.of("GET", 1)
                                .arg(names.data(keys.shard(name)), ViewKeys.kind("thing"), name)))
                        instanceof Reply.Bulk;
    }
}
