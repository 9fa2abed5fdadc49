package io.souk.kit.outbox;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.souk.kit.Things;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.EventLog;
import io.souk.testing.SoukServers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.THING;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** No event of a commit before W lies behind heartbeat W, whoever writes and whoever leads. */
@QuarkusTest
@TestProfile(RelayTest.WithoutRelay.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class HeartbeatTruthTest {
    private static final Duration OPEN = Duration.ofSeconds(5);

    @Inject
    Things things;

    @Inject
    Transactions transactions;

    @Inject
    Topics topics;

    @Inject
    KafkaSettings kafka;

    @Inject
    EventsConfig events;

    @Inject
    EventHealth health;

    private record Version(String key, long version) {}

    @Test
    void givenManyWritersAndOneThatCommitsLate_thenNoHeartbeatOvertakesAnEvent() throws Exception {
        topics.ensure(Set.of(THING));
        var tenant = anyTenant();
        var committed =
                new ConcurrentHashMap<Version, Long>(); // and when it was committed for certain, by the database
        var late = Ids.next();
        var first = relay();
        var second = relay();
        eventually(() -> assertThat(lastWatermarks()).hasSize(events.partitions()));

        try (var threads = Executors.newFixedThreadPool(5)) {
            var running = new ArrayList<Future<?>>();
            running.add(threads.submit(() -> {
                long version = transactions
                        .inTenant(
                                tenant,
                                tx -> things.write(tx, late, "late")
                                        .onItem()
                                        .delayIt()
                                        .by(OPEN))
                        .await()
                        .atMost(PATIENCE);
                committed.put(version(tenant, late, version), now());
            }));
            long end = System.nanoTime() + OPEN.plusMillis(500).toNanos();
            for (int writer = 0; writer < 4; writer++) {
                running.add(threads.submit(() -> {
                    var ids = IntStream.range(0, 6).mapToObj(_ -> Ids.next()).toList();
                    for (int i = 0; System.nanoTime() < end; i++) {
                        var id = ids.get(i % ids.size());
                        long version = things.write(tenant, id, "v" + i);
                        committed.put(version(tenant, id, version), now());
                    }
                }));
            }
            Thread.sleep(OPEN.dividedBy(2)); // a moment in the middle, whichever
            first.stop();
            for (var one : running) {
                one.get();
            }
        }
        long end = now();
        eventually(() -> assertThat(lastWatermarks())
                .hasSize(events.partitions())
                .allSatisfy((_, last) -> assertThat(last).isGreaterThan(end)));
        second.stop();

        var before = watermarksBefore(tenant);
        assertThat(before.keySet()).isEqualTo(committed.keySet());
        assertThat(committed)
                .allSatisfy((version, at) -> assertThat(before.get(version))
                        .as("the latest heartbeat before %s", version)
                        .isLessThanOrEqualTo(at));
        assertThat(before.get(version(tenant, late, 1)))
                .as("heartbeats went on while the transaction was open")
                .isGreaterThan(begunAt(tenant, late));
    }

    /** For every version of the tenant, the latest watermark that stands before its first record in its partition. */
    private Map<Version, Long> watermarksBefore(TenantId tenant) {
        var watermarks = new HashMap<Integer, Long>();
        var before = new HashMap<Version, Long>();
        for (var record : EventLog.readRecords(topics.of(THING))) {
            if (record.key().equals(Heartbeats.KEY)) {
                watermarks.merge(record.partition(), watermark(record), Math::max);
            } else if (record.key().startsWith(tenant.value() + "/")) {
                before.putIfAbsent(
                        new Version(record.key(), Long.parseLong(header(record, EventRecords.AGGREGATE_VERSION))),
                        watermarks.getOrDefault(record.partition(), 0L));
            }
        }
        return before;
    }

    /** The last watermark of each partition. */
    private Map<Integer, Long> lastWatermarks() {
        var last = new HashMap<Integer, Long>();
        EventLog.readRecords(topics.of(THING)).stream()
                .filter(record -> record.key().equals(Heartbeats.KEY))
                .forEach(record -> last.put(record.partition(), watermark(record)));
        return last;
    }

    private long begunAt(TenantId tenant, UUID id) {
        var event =
                EventLog.readAll(topics.of(THING), tenant.value() + "/" + id).getFirst();
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(header(event, EventRecords.TIME)));
    }

    private static long watermark(ConsumerRecord<String, byte[]> record) {
        return new JsonObject(Buffer.buffer(record.value())).getLong("watermark");
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return String.valueOf(EventRecords.find(record.headers(), name));
    }

    private static Version version(TenantId tenant, UUID id, long version) {
        return new Version(tenant.value() + "/" + id, version);
    }

    private long now() {
        return transactions
                .asWorker(sql -> sql.query("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
                        .execute())
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .atMost(PATIENCE);
    }

    private TestRelay relay() {
        return TestRelay.started(
                new TestRelay.Servers(transactions, topics, kafka, events, health),
                new Hasty(5),
                shard -> new TransactionalLog(topics, kafka, events.topicPrefix() + "-relay-test-" + shard));
    }
}
