package io.souk.kit.view;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.kit.consumer.GroupMember;
import io.souk.kit.consumer.ReaderThread;
import io.souk.kit.consumer.ReadersConfig;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Order;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisConfig;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.SoukServers;
import io.souk.testing.Tenants;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.souk.kit.redis.RedisClients.call;
import static io.souk.kit.view.Shelf.json;
import static io.souk.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The updater on real Kafka, Redis and PostgreSQL, over a topic that no relay writes: the test is the relay, and says by heartbeats
 * how far the log is known. The rows lie in memory.
 */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class CacheUpdaterTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Inject
    Vertx vertx;

    @Inject
    RedisConfig redisConfig;

    @Inject
    EventsConfig events;

    @Inject
    KafkaSettings kafka;

    @Inject
    Topics topics;

    @Inject
    ReadersConfig readers;

    @Inject
    Transactions transactions;

    private final TenantId tenant = new TenantId(Tenants.fresh());
    private final UUID id = Ids.next();
    private final AggregateType source = new AggregateType("catalog", tenant + "-book");
    private final Shelf shelf = new Shelf(source.name(), source);
    private final List<Replica> replicas = new ArrayList<>();
    private final List<ReaderThread> updaters = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> buried = new CopyOnWriteArrayList<>();
    private final EventHealth health = new EventHealth();
    private KafkaProducer<byte[], byte[]> producer;
    private Replica replica;
    private ReaderThread updater;

    @BeforeEach
    void oneReplica() {
        topics.ensure(List.of(source));
        producer = new KafkaProducer<>(kafka.producer(source.name()));
        replica = replica();
        updater = start(replica, "one");
        eventually(() -> assertThat(applied()).isGreaterThanOrEqualTo(0)); // what is written from now on is applied
    }

    @AfterEach
    void close() throws InterruptedException {
        updaters.forEach(ReaderThread::stop);
        for (var one : updaters) {
            one.awaitEnd(Duration.ofSeconds(30));
        }
        producer.close();
        replicas.forEach(Replica::close);
    }

    private Replica replica() {
        var kinds = List.<ViewKind<?>>of(shelf);
        var one = new Replica(
                vertx,
                redisConfig,
                events,
                Replica.Settings.DEFAULT,
                shelf,
                kinds,
                new GenerationTable(transactions, source.name()),
                Clock.systemUTC());
        replicas.add(one);
        RedisClients.awaitReady(one.redis);
        return one;
    }

    private ReaderThread start(Replica of, String group) {
        var settings = kafka.consumer(source.name(), 100);
        GroupMember.join(settings, source.name() + "-" + group);
        settings.put("auto.offset.reset", "none");
        var one = of.updater(
                topics,
                settings,
                (_, record, _) -> {
                    buried.add(record);
                    return CompletableFuture.allOf();
                },
                health,
                readers);
        updaters.add(one);
        one.start();
        return one;
    }

    @Test
    void givenEventsAndHeartbeats_thenViewsAreServedWithoutTheDatabase() {
        write("Dune");
        beat(LONG);

        eventually(() -> assertThat(isHit(json("Dune", 1))).isTrue());
        write("Emma");
        eventually(() -> assertThat(isHit(json("Emma", 2))).isTrue());
        delete();
        eventually(() -> assertThat(isHit("gone")).isTrue());
    }

    @Test
    void givenNoMoreHeartbeats_thenAnswersAreStillCorrectSinceTheDatabaseGivesThem() {
        write("Dune");
        beat(Duration.ZERO);
        eventually(() -> assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1)));

        for (int version = 2; version < 4; version++) {
            shelf.write(tenant, id, "Dune"); // and no event comes
            var newest = json("Dune", version);
            long written = System.nanoTime();
            eventually(() -> assertThat(replica.read(tenant, id)).isEqualTo(newest));
            assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(Duration.ofSeconds(60));
        }
        assertThat(replica.missed("unproven")).isPositive();
    }

    @Test
    void givenFlushAll_thenANewGenerationBeginsAndNothingOldIsServed() {
        write("Dune");
        beat(LONG);
        eventually(() -> assertThat(isHit(json("Dune", 1))).isTrue());
        var lost = names();
        var late = replica.change(tenant, id, "Emma"); // committed, and its writer is paused

        call(replica.redis, "FLUSHDB");
        shelf.write(tenant, id, "Ulysses");
        assertThat(replica.read(tenant, id)).isEqualTo(json("Ulysses", 3));

        eventually(() -> assertThat(names().generation()).isNotEqualTo(lost.generation()));
        replica.writeThrough.committed(tenant, List.of(late), lost, replica.clock.nowMicros());
        beat(LONG);
        eventually(() -> assertThat(isHit(json("Ulysses", 3))).isTrue());
        assertThat(call(replica.redis, "GET", key(lost.data(shard())))).isNull();
        assertThat(replica.counted("souk.view.generations")).isPositive();
    }

    @Test
    void givenAFailoverThatLosesWrites_thenTheGapIsNoticedAndTheyAreAppliedAgain() {
        write("Dune");
        beat(Duration.ZERO);
        eventually(() -> assertThat(version()).isEqualTo(1));
        var before = dump();
        write("Emma");
        beat(LONG);
        eventually(() -> assertThat(isHit(json("Emma", 2))).isTrue());

        restore(before);
        beat(LONG);

        eventually(() -> assertThat(replica.counted("souk.view.gaps")).isPositive());
        eventually(() -> assertThat(version()).isEqualTo(2));
        eventually(() -> assertThat(isHit(json("Emma", 2))).isTrue());
    }

    @Test
    void givenARecordThatCannotBeDecoded_thenItIsBuriedAndTheOldEntryGoes() {
        write("Dune");
        beat(LONG);
        eventually(() -> assertThat(isHit(json("Dune", 1))).isTrue());

        send(record(shelf.write(tenant, id, "Emma"), "{\"name\": "));

        eventually(() -> assertThat(buried).hasSize(1));
        eventually(() -> assertThat(replica.read(tenant, id)).isEqualTo(json("Emma", 2)));
        write("Ulysses");
        eventually(() -> assertThat(isHit(json("Ulysses", 3))).isTrue());
    }

    @Test
    void givenARecordWhoseOrderCannotBeRead_thenTheShardStandsStillUntilANewGeneration() {
        write("Dune");
        beat(Duration.ZERO);
        eventually(() -> assertThat(version()).isEqualTo(1));
        var unreadable = record(shelf.write(tenant, id, "Emma"), json("Emma", 2));
        unreadable.headers().remove(EventRecords.AGGREGATE_VERSION);

        send(unreadable);
        write("Ulysses");
        beat(LONG);

        eventually(() -> assertThat(health.troubles()).hasSize(1));
        eventually(() -> assertThat(replica.read(tenant, id)).isEqualTo(json("Ulysses", 3)));
        assertThat(version()).isNotNull();
        assertThat(applied()).isLessThan(replica.clock.nowMicros());

        call(replica.redis, "FLUSHDB"); // what an operator may do: the next generation begins behind the record
        eventually(() -> assertThat(health.troubles()).isEmpty());
        beat(LONG);
        eventually(() -> assertThat(isHit(json("Ulysses", 3))).isTrue());
    }

    @Test
    void givenAnUpdaterThatWasAway_thenItGoesOnWhereRedisStands() throws InterruptedException {
        write("Dune");
        beat(LONG);
        eventually(() -> assertThat(isHit(json("Dune", 1))).isTrue());
        var generation = names().generation();
        updater.stop();
        updater.awaitEnd(Duration.ofSeconds(30));
        write("Emma");
        assertThat(version()).isEqualTo(1);

        start(replica, "one");

        eventually(() -> assertThat(version()).isEqualTo(2));
        assertThat(names().generation()).isEqualTo(generation);
    }

    @Test
    void givenTwoReplicas_thenEachShardIsFedAndBothServeTheSame() {
        var second = replica();
        start(second, "one");
        var others = new HashMap<UUID, String>();
        beat(LONG);

        for (int i = 0; i < 40; i++) {
            var one = Ids.next();
            others.put(one, json("book " + i, 1));
            send(one, shelf.write(tenant, one, "book " + i), "book " + i);
        }

        others.forEach((one, text) -> eventually(() -> {
            assertThat(isHit(replica, one, text)).isTrue();
            assertThat(isHit(second, one, text)).isTrue();
        }));
    }

    @Test
    void givenTwoWhoFeedTheSameShards_thenNoHarmIsDone() {
        start(replica(), "two");
        beat(LONG);

        for (int i = 1; i <= 60; i++) {
            write("Dune " + i);
        }

        eventually(() -> assertThat(isHit(json("Dune 60", 60))).isTrue());
    }

    @Test
    void givenALogThatEndsBeforeThePosition_thenANewGenerationBegins() {
        write("Dune");
        beat(LONG);
        eventually(() -> assertThat(isHit(json("Dune", 1))).isTrue());
        var lost = names();
        var place = new String(lost.position(shard(), 0), UTF_8);

        call(replica.redis, "SET", place, "1000000 0000000000000000");

        eventually(() -> assertThat(names().generation()).isNotEqualTo(lost.generation()));
        beat(LONG);
        eventually(() -> assertThat(isHit(json("Dune", 1))).isTrue());
    }

    // --- what a relay would do

    private void write(String name) {
        send(id, shelf.write(tenant, id, name), name);
    }

    private void delete() {
        var order = shelf.write(tenant, id, null);
        send(EventRecords.encode(
                topics.of(source),
                shard(),
                envelope(id, order),
                source.eventType(ChangeKind.DELETED),
                "{}".getBytes(UTF_8)));
    }

    private void send(UUID one, Order order, String name) {
        send(record(
                one, order, "{\"id\":\"%s\",\"version\":%d,\"name\":\"%s\"}".formatted(one, order.version(), name)));
    }

    private ProducerRecord<byte[], byte[]> record(Order order, String json) {
        return record(id, order, json);
    }

    private ProducerRecord<byte[], byte[]> record(UUID one, Order order, String json) {
        return EventRecords.encode(
                topics.of(source),
                new EventKey(tenant, one).shard(events.partitions()),
                envelope(one, order),
                source.eventType(ChangeKind.CHANGED),
                json.getBytes(UTF_8));
    }

    private Envelope envelope(UUID one, Order order) {
        return new Envelope(Ids.next(), source, tenant, one, order, Instant.now(), null, null);
    }

    /** Tells every shard that all commits before a moment from now on are in the log. */
    private void beat(Duration fromNow) {
        var watermarks = Watermarks.own(replica.clock.nowMicros() + fromNow.toMillis() * 1_000);
        for (int shard = 0; shard < events.partitions(); shard++) {
            send(Heartbeats.encode(topics.of(source), shard, "catalog", watermarks));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        var _ = producer.send(record);
    }

    // --- what is there

    private boolean isHit(String text) {
        return isHit(replica, id, text);
    }

    /** Whether this is read, and from Redis. */
    private boolean isHit(Replica by, UUID one, String text) {
        int loads = shelf.loads.get();
        return by.read(tenant, one).equals(text) && shelf.loads.get() == loads;
    }

    private Keyspace names() {
        return Objects.requireNonNull(replica.generations.copy());
    }

    private int shard() {
        return new EventKey(tenant, id).shard(events.partitions());
    }

    private String key(byte[] head) {
        return new String(head, UTF_8) + shelf.name() + ":" + tenant + "/" + id;
    }

    /** Of the data in Redis. */
    private @Nullable Long version() {
        return call(replica.redis, "GET", key(names().data(shard()))) instanceof Reply.Bulk entry
                ? entry.number(5, 15)
                : null;
    }

    private long applied() {
        return PositionText.ownMicros(call(replica.redis, "GET", new String(names().position(shard(), 0), UTF_8)));
    }

    /** Position, data and floor. */
    private Map<String, String> dump() {
        var dump = new HashMap<String, String>();
        for (var name : List.of(
                new String(names().position(shard(), 0), UTF_8),
                key(names().data(shard())),
                key(names().floor(shard())))) {
            if (call(replica.redis, "GET", name) instanceof Reply.Bulk value) {
                dump.put(name, value.text());
            }
        }
        assertThat(dump).hasSize(3);
        return dump;
    }

    private void restore(Map<String, String> dump) {
        var words = new ArrayList<Object>();
        dump.forEach((name, value) -> {
            words.add(name);
            words.add(value);
        });
        call(replica.redis, "MSET", words.toArray());
    }
}
