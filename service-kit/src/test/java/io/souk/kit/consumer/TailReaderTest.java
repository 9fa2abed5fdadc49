package io.souk.kit.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.SoukServers;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class TailReaderTest {
    /** For what all tests have written to be read, a few records at a time. */
    private static final Duration LONG = Duration.ofMinutes(3);

    @Inject
    Things things;

    @Inject
    KafkaSettings kafka;

    @Inject
    ReadersConfig config;

    @Inject
    EventsConfig events;

    @Inject
    Topics topics;

    @Inject
    EventHealth health;

    @Inject
    ObjectMapper json;

    @Inject
    Vertx vertx;

    @Test
    void itReadsFromTheStoredOffsetsAndTellsWhenItHasCaughtUp() throws Exception {
        var tenant = anyTenant();
        var ids = IntStream.range(0, 12).mapToObj(_ -> Ids.next()).toList();
        ids.forEach(id -> things.write(tenant, id, "before"));
        var index = new Index(tenant);
        var first = tail(index);
        first.start();
        eventually(LONG, () -> assertThat(index.versions()).hasSize(12));
        eventually(LONG, () -> assertThat(index.caughtUp).hasValue(1));
        first.stop();
        first.awaitEnd(Duration.ofMinutes(1));

        ids.forEach(id -> things.write(tenant, id, "after"));
        var second = tail(index);
        second.start();

        eventually(LONG, () -> assertThat(index.versions()).hasSize(24));
        eventually(LONG, () -> assertThat(index.caughtUp).hasValue(2));
        second.stop();
        second.awaitEnd(Duration.ofMinutes(1));
        assertThat(index.versions()).containsOnly(1L, 2L);
        assertThat(index.versions().subList(0, 12)).containsOnly(1L); // the second run began where the first had ended
        assertThat(index.offsets).hasSizeBetween(1, events.partitions());
    }

    @Test
    void aBatchThatFailsForATimeComesAgainAndAnEventThatFailsForEverIsBuried() throws Exception {
        var tenant = anyTenant();
        var id = Ids.next();
        LongStream.rangeClosed(1, 6).forEach(version -> things.write(tenant, id, version == 4 ? "poison" : "fine"));
        var index = new Index(tenant);
        index.failures.set(3);
        var tail = tail(index);

        tail.start();

        eventually(LONG, () -> assertThat(index.versions()).containsExactly(1L, 2L, 3L, 5L, 6L));
        eventually(LONG, () -> assertThat(index.caughtUp).hasValue(1));
        tail.stop();
        tail.awaitEnd(Duration.ofMinutes(1));
        assertThat(index.buried).containsExactly("4");
    }

    @Test
    void itMovesPastHeartbeats() throws Exception {
        var index = new Index(anyTenant());
        var tail = tail(index);
        tail.start();
        eventually(LONG, () -> assertThat(index.caughtUp).hasValue(1));
        long offset;
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer("test"))) {
            offset = producer.send(Heartbeats.encode(topics.of(Things.THING), 0, "catalog", Watermarks.own(1)))
                    .get()
                    .offset();
        }

        eventually(LONG, () -> assertThat(index.offsets.get(0)).isGreaterThan(offset));
        tail.stop();
        tail.awaitEnd(Duration.ofMinutes(1));
        assertThat(index.versions()).isEmpty();
        assertThat(index.buried).isEmpty();
    }

    @Test
    void anIndexThatLostItsPlaceIsReadAnewAndCatchesUpOnceMore() throws Exception {
        var tenant = anyTenant();
        things.write(tenant, Ids.next(), "a");
        var index = new Index(tenant);
        var tail = tail(index);
        tail.start();
        eventually(LONG, () -> assertThat(index.caughtUp).hasValue(1));
        eventually(LONG, () -> assertThat(index.versions()).hasSize(1));
        index.losses.set(1);

        things.write(tenant, Ids.next(), "b");

        eventually(LONG, () -> assertThat(index.caughtUp).hasValue(2));
        tail.stop();
        tail.awaitEnd(Duration.ofMinutes(1));
        assertThat(index.versions()).hasSize(2);
        assertThat(index.buried).isEmpty();
        assertThat(index.logs).hasSize(2).allMatch(log -> log.equals(topics.identity(Things.THING)));
    }

    @Test
    void anIndexThatIsSlowToTakeQueriesStillGetsWhatComesAfterwards() throws Exception {
        var tenant = anyTenant();
        var index = new Index(tenant);
        index.slowToCatchUp = Duration.ofMillis(300); // longer than a reader waits before it pauses its partitions
        var tail = tail(index);
        tail.start();
        eventually(LONG, () -> assertThat(index.caughtUp).hasValue(1));

        things.write(tenant, Ids.next(), "later");

        eventually(LONG, () -> assertThat(index.versions()).containsExactly(1L));
        tail.stop();
        tail.awaitEnd(Duration.ofMinutes(1));
    }

    @Test
    void anIndexThatCannotTakeQueriesYetIsAskedAgain() throws Exception {
        var index = new Index(anyTenant());
        index.failuresToCatchUp.set(2);
        var tail = tail(index);

        tail.start();

        eventually(LONG, () -> assertThat(index.caughtUp).hasValue(1));
        tail.stop();
        tail.awaitEnd(Duration.ofMinutes(1));
    }

    @Test
    void offsetsThatTheLogDoesNotHaveLeadToItsBeginning() throws Exception {
        var tenant = anyTenant();
        var index = new Index(tenant);
        index.offsets = Map.of(0, 1_000_000L, 1, 1_000_000L, 2, 1_000_000L, 3, 1_000_000L, 99, 5L);
        things.write(tenant, Ids.next(), "a");
        var tail = tail(index);

        tail.start();

        eventually(LONG, () -> assertThat(index.versions()).containsExactly(1L));
        tail.stop();
        tail.awaitEnd(Duration.ofMinutes(1));
    }

    private ReaderThread tail(Index index) {
        var reader = new TailReader<>(
                index,
                events.partitions(),
                new ReaderTools(
                        "tail tail-test",
                        kafka.consumer("tail-test", 5),
                        config,
                        topics,
                        health,
                        json,
                        new Handlers(vertx, "tail-test"),
                        (record, _) -> index.bury(record),
                        new ReaderMetrics(new SimpleMeterRegistry(), "tail-test")));
        return new ReaderThread(reader, config, health);
    }

    /** Keeps one tenant's events; another test's do not count. */
    private static final class Index implements TailConsumer<RecordingConsumer.Named> {
        final TenantId tenant;
        final List<ChangeEvent<RecordingConsumer.Named>> events = new CopyOnWriteArrayList<>();
        final AtomicInteger caughtUp = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();
        final List<@Nullable String> buried = new CopyOnWriteArrayList<>();
        final AtomicInteger losses = new AtomicInteger();
        final List<String> logs = new CopyOnWriteArrayList<>();
        volatile Map<Integer, Long> offsets = Map.of();
        volatile Duration slowToCatchUp = Duration.ofMillis(1);
        final AtomicInteger failuresToCatchUp = new AtomicInteger();

        Index(TenantId tenant) {
            this.tenant = tenant;
        }

        @Override
        public String name() {
            return "tail-test";
        }

        @Override
        public AggregateType source() {
            return Things.THING;
        }

        @Override
        public Class<RecordingConsumer.Named> stateType() {
            return RecordingConsumer.Named.class;
        }

        @Override
        public Uni<Map<Integer, Long>> startOffsets(String log) {
            logs.add(log);
            return Uni.createFrom().item(offsets);
        }

        @Override
        public Uni<Void> apply(TailBatch<RecordingConsumer.Named> batch) {
            var mine = batch.events().stream()
                    .filter(event -> event.envelope().tenant().equals(tenant))
                    .toList();
            if (!mine.isEmpty() && losses.getAndDecrement() > 0) {
                offsets = Map.of();
                events.clear();
                return Uni.createFrom().failure(new LostPlace("the disk failed", new IOException("full")));
            }
            if (!mine.isEmpty() && failures.getAndDecrement() > 0) {
                return Uni.createFrom().failure(new IOException("away"));
            }
            if (mine.stream().map(RecordingConsumer::name).anyMatch("poison"::equals)) {
                return Uni.createFrom().failure(new IllegalStateException("no"));
            }
            events.addAll(mine);
            offsets = batch.nextOffsets();
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> caughtUp() {
            if (failuresToCatchUp.getAndDecrement() > 0) {
                return Uni.createFrom().failure(new IllegalStateException("the disk is full"));
            }
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(slowToCatchUp)
                    .invoke(caughtUp::incrementAndGet);
        }

        List<Long> versions() {
            return events.stream()
                    .map(event -> event.envelope().order().version())
                    .toList();
        }

        CompletableFuture<Void> bury(ConsumerRecord<byte[], byte[]> record) {
            if (new String(record.key(), StandardCharsets.UTF_8).startsWith(tenant + "/")) {
                buried.add(EventRecords.find(record.headers(), EventRecords.AGGREGATE_VERSION));
            }
            return CompletableFuture.completedFuture(null);
        }
    }
}
