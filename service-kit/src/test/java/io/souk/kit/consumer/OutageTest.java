package io.souk.kit.consumer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.consumer.RecordingConsumer.Named;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Order;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.testing.OwnServers;
import io.souk.testing.SoukServers;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.THING;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What the promises are for: PostgreSQL and Kafka go away in the middle, and come back. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = OwnServers.class, initArgs = @ResourceArg(name = "servers", value = "postgres,kafka"))
class OutageTest {
    private static final Duration RECOVERY = Duration.ofMinutes(2);
    private static final List<Long> TO_TEN =
            LongStream.rangeClosed(1, 10).boxed().toList();

    @Inject
    RecordingConsumer consumer;

    @Inject
    Inbox inbox;

    @Inject
    Transactions transactions;

    @Inject
    Things things;

    @Inject
    Topics topics;

    @Inject
    KafkaSettings kafka;

    @Inject
    EventsConfig events;

    @Inject
    EventHealth health;

    @Inject
    Members members;

    @Test
    void givenTheDatabaseIsAway_thenReadersWaitAndEveryEventHasItsEffectOnceAndInOrder() {
        var tenant = anyTenant();
        var id = Ids.next();
        consumer.first(tenant, batch -> transactions.inTenant(tenant, tx -> effects(tx, batch)));
        topics.ensure(List.of(THING));
        send(tenant, id, 1, 3);
        eventually(RECOVERY, () -> assertThat(effects(tenant)).containsExactly(1L, 2L, 3L));

        OwnServers.postgres().kill();
        send(tenant, id, 4, 10);
        eventually(RECOVERY, () -> assertThat(health.troubles()).containsKey("consumer recording"));
        OwnServers.postgres().start();

        eventually(RECOVERY, () -> assertThat(effects(tenant)).isEqualTo(TO_TEN));
        eventually(RECOVERY, () -> assertThat(health.troubles()).isEmpty());
        send(tenant, id, 1, 10); // all of them again, as new events would come after a restore
        send(tenant, id, 11, 11);
        eventually(RECOVERY, () -> assertThat(effects(tenant)).hasSize(11));
    }

    @Test
    void givenTheDatabaseIsAway_whenEventsArrive_thenItsReaderIsSeenToFallBehind() throws InterruptedException {
        var tenant = anyTenant();
        var id = Ids.next();
        var seen = new Seen(tenant, Uni.createFrom().voidItem());
        var metrics = new SimpleMeterRegistry(); // the service's own outlives it, and remembers the one before
        var reader = members.of("lag-" + tenant.value(), seen, metrics);
        topics.ensure(List.of(THING));
        reader.start();
        send(tenant, id, 1, 3);
        eventually(RECOVERY, () -> assertThat(seen.versions(id)).containsExactly(1L, 2L, 3L));
        var lag = metrics.get("souk.consumer.lag").gauge();
        eventually(RECOVERY, () -> assertThat(lag.value()).isLessThan(100));

        OwnServers.postgres().kill();
        send(tenant, id, 4, 503); // more than one poll: what was never fetched counts too
        eventually(RECOVERY, () -> assertThat(lag.value()).isGreaterThanOrEqualTo(500));
        OwnServers.postgres().start();

        eventually(RECOVERY, () -> assertThat(seen.versions(id)).hasSize(503));
        eventually(RECOVERY, () -> assertThat(lag.value()).isLessThan(100));
        reader.stop();
        reader.awaitEnd(RECOVERY);
    }

    @Test
    void givenKafkaIsAway_thenWritesGoOnAndTheirEventsArriveAfterwards() {
        var tenant = anyTenant();
        var id = Ids.next();
        things.write(tenant, id, "v1");
        eventually(
                RECOVERY, () -> assertThat(distinct(consumer.versions(tenant))).containsExactly(1L));

        OwnServers.kafka().kill();
        for (int version = 2; version <= 10; version++) {
            things.write(tenant, id, "v" + version);
        }
        eventually(RECOVERY, () -> assertThat(health.troubles()).containsKey("relay"));
        OwnServers.kafka().start();

        eventually(
                RECOVERY, () -> assertThat(distinct(consumer.versions(tenant))).isEqualTo(TO_TEN));
        eventually(RECOVERY, () -> assertThat(health.troubles()).isEmpty());
    }

    /** An effect that is not harmless twice, behind the inbox. */
    private Uni<Void> effects(Tx tx, List<ChangeEvent<Named>> batch) {
        var all = Uni.createFrom().voidItem();
        for (var event : batch) {
            all = all.chain(() -> inbox.once(
                    tx,
                    "outage",
                    event.envelope().eventId(),
                    () -> tx.sql()
                            .preparedQuery("insert into effect (tenant, event_id, version) values ($1, $2, $3)")
                            .execute(Tuple.of(
                                    tx.tenant().value(),
                                    event.envelope().eventId(),
                                    event.envelope().order().version()))
                            .replaceWithVoid()));
        }
        return all;
    }

    private List<Long> effects(TenantId tenant) {
        return transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .query("select version from effect order by place")
                                .execute())
                .map(rows -> {
                    var versions = new ArrayList<Long>();
                    rows.forEach(row -> versions.add(row.getLong("version")));
                    return List.copyOf(versions);
                })
                .await()
                .atMost(PATIENCE);
    }

    /** Straight into the log: the outbox would need the database. */
    private void send(TenantId tenant, UUID id, long from, long to) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer("test"))) {
            for (long version = from; version <= to; version++) {
                var envelope = new Envelope(
                        new UUID(id.getMostSignificantBits(), version),
                        THING,
                        tenant,
                        id,
                        new Order(1, version),
                        Instant.now(),
                        null,
                        null);
                var _ = producer.send(EventRecords.encode(
                        topics.of(THING),
                        new EventKey(tenant, id).shard(events.partitions()),
                        envelope,
                        THING.eventType(ChangeKind.CHANGED),
                        "{\"name\": \"x\"}".getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static List<Long> distinct(List<Long> versions) {
        return versions.stream().distinct().toList();
    }
}
