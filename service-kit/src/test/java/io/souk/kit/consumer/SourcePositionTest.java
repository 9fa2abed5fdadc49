package io.souk.kit.consumer;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.SourceStep;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.EventLog;
import io.souk.testing.SoukServers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.THING;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** How far a consumer is stands in the own database, beside what it has applied there. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class SourcePositionTest {
    /** For what all tests have written to be read. */
    private static final Duration LONG = Duration.ofMinutes(3);

    @Inject
    Members members;

    @Inject
    SourcePositions positions;

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

    private final TenantId tenant = anyTenant();
    private final UUID id = Ids.next();
    private final int shard = new EventKey(tenant, id).shard(4);
    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final Seen seen = new Seen(tenant, Uni.createFrom().completionStage(gate));
    private final List<ReaderThread> started = new ArrayList<>();

    @AfterEach
    void endTheReaders() throws InterruptedException {
        gate.complete(null);
        for (var reader : started) {
            stop(reader);
        }
    }

    @Test
    void givenTheGroupsOffsetsAreSetBack_thenNothingIsReadAgain() throws Exception {
        gate.complete(null);
        var first = member();
        write(3);
        eventually(LONG, () -> assertThat(seen.versions(id)).containsExactly(1L, 2L, 3L));
        stop(first);
        setBackTheGroup();

        member();
        write(1);

        eventually(LONG, () -> assertThat(seen.versions(id)).contains(4L));
        assertThat(seen.events).hasSize(4);
    }

    @Test
    void givenThePositionIsRestoredWithTheDatabase_thenTheLogIsReadAgainFromThere() {
        gate.complete(null);
        member();
        write(2);
        eventually(LONG, () -> assertThat(seen.versions(id)).containsExactly(1L, 2L));
        var backup = eventualPosition();
        write(3);
        eventually(LONG, () -> assertThat(seen.events).hasSize(5));
        eventually(LONG, () -> assertThat(position().offset()).isGreaterThanOrEqualTo(backup.offset() + 3));

        restore(backup);
        write(1);

        eventually(LONG, () -> assertThat(seen.versions(id)).contains(6L));
        eventually(
                LONG,
                () -> assertThat(seen.events.stream()
                                .filter(event -> event.envelope().order().version() == 3))
                        .hasSize(2));
        eventually(LONG, () -> assertThat(position().offset()).isGreaterThan(backup.offset() + 3));
    }

    @Test
    void givenAHeartbeatBehindAnEvent_thenItsWatermarkIsKnownOnlyWhenTheEventIsApplied() {
        member();
        write(1);
        long committed = now();
        eventually(LONG, () -> assertThat(seen.started).isNotEmpty());
        eventually(LONG, () -> assertThat(lastHeartbeat()).isGreaterThan(committed));

        assertThat(position().watermarks().ownMicros()).isLessThanOrEqualTo(committed);
        gate.complete(null);

        eventually(LONG, () -> assertThat(position().watermarks().ownMicros()).isGreaterThan(committed));
        assertThat(seen.versions(id)).containsExactly(1L);
    }

    @Test
    void givenTwoReadersOfOnePosition_thenOnlyTheOneWhoKnowsItMovesIt() {
        var here = Position.START;
        var there = new Position(7, Watermarks.own(70));

        assertThat(move(here, there)).isTrue();
        assertThat(move(here, new Position(5, Watermarks.own(50)))).isFalse();
        assertThat(position()).isEqualTo(there);
        assertThat(move(there, new Position(9, Watermarks.own(90)))).isTrue();
        assertThat(move(there, new Position(8, Watermarks.own(80)))).isFalse();
        assertThat(position()).isEqualTo(new Position(9, Watermarks.own(90)));
    }

    /** As if a heartbeat stood at the new place, and nothing before it. */
    private boolean move(Position from, Position to) {
        var heartbeat = new Logged<String>(to.offset(), new LogRecord.Heartbeat<>(to.watermarks()));
        return !positions
                .move(seen.name(), THING, Map.of(shard, new SourceStep.Apply<>(from, List.of(heartbeat))))
                .await()
                .atMost(PATIENCE)
                .isEmpty();
    }

    private ReaderThread member() {
        var reader = members.of(group(), seen);
        started.add(reader);
        reader.start();
        return reader;
    }

    private static void stop(ReaderThread reader) throws InterruptedException {
        reader.stop();
        reader.awaitEnd(Duration.ofMinutes(1));
    }

    private String group() {
        return "position-" + tenant.value();
    }

    private void write(int versions) {
        for (int i = 0; i < versions; i++) {
            things.write(tenant, id, "x");
        }
    }

    /** The watermark of the last heartbeat in the partition. */
    private long lastHeartbeat() {
        return EventLog.readRecords(topics.of(THING)).stream()
                .filter(record -> record.partition() == shard && record.key().equals(Heartbeats.KEY))
                .map(record -> new JsonObject(Buffer.buffer(record.value())).getLong("watermark"))
                .reduce(0L, Math::max);
    }

    private long now() {
        return transactions
                .asWorker(sql -> sql.query("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
                        .execute())
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .atMost(PATIENCE);
    }

    private Position position() {
        return positions.find(seen.name(), THING).await().atMost(PATIENCE).getOrDefault(shard, Position.START);
    }

    /** Where the reader is once it has moved behind what it has seen. */
    private Position eventualPosition() {
        var last = seen.events.getLast().envelope();
        eventually(
                LONG,
                () -> assertThat(position().watermarks().ownMicros() / 1_000)
                        .isGreaterThan(last.occurredAt().toEpochMilli()));
        return position();
    }

    private void restore(Position backup) {
        transactions
                .asWorker(sql -> sql.preparedQuery(
                                "update source_watermark set read_offset = $3 where consumer = $1 and shard = $2")
                        .execute(Tuple.of(seen.name(), shard, backup.offset())))
                .await()
                .atMost(PATIENCE);
    }

    private void setBackTheGroup() throws Exception {
        var beginning = IntStream.range(0, events.partitions())
                .mapToObj(partition -> new TopicPartition(topics.of(THING), partition))
                .collect(Collectors.toMap(partition -> partition, _ -> new OffsetAndMetadata(0)));
        try (var admin = Admin.create(kafka.admin("test"))) {
            admin.alterConsumerGroupOffsets(group(), beginning).all().get();
        }
    }
}
