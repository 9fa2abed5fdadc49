package io.souk.kit.outbox;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.EventLog;
import io.souk.testing.Eventually;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.THING;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@TestProfile(RelayTest.WithoutRelay.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class RelayTest {
    /** The tests make their own relays, to kill them. */
    public static final class WithoutRelay implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("souk.relay.enabled", "false");
        }
    }

    @Inject
    Things things;

    @Inject
    Outbox outbox;

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

    private final List<TestRelay> relays = new ArrayList<>();

    @BeforeEach
    void startWithAnEmptyOutbox() {
        topics.ensure(Set.of(THING));
        transactions
                .asWorker(sql -> sql.query("delete from outbox").execute())
                .await()
                .atMost(PATIENCE);
    }

    @AfterEach
    void endTheRelays() {
        relays.forEach(TestRelay::stop);
    }

    @Test
    void givenARolledBackChange_thenItLeavesNoEvent() {
        var tenant = anyTenant();
        var id = Ids.next();
        assertThatThrownBy(() -> transactions
                        .inTenant(
                                tenant,
                                tx -> things.write(tx, id, "never")
                                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("no"))))
                        .await()
                        .atMost(PATIENCE))
                .hasMessage("no");
        things.write(tenant, id, "first");

        relay(10);
        eventually(() -> assertThat(waiting()).isZero());

        eventually(() -> assertThat(versions(tenant, id)).containsExactly(1L));
    }

    @Test
    void givenManyWritersOfFewThings_thenEachThingsVersionsAreInOrderWithoutAHole() throws Exception {
        var tenant = anyTenant();
        var ids = List.of(Ids.next(), Ids.next(), Ids.next());
        int writers = 8;
        int writes = 60;
        var relay = relay(7);

        try (var threads = Executors.newFixedThreadPool(writers)) {
            var running = new ArrayList<Future<?>>();
            for (int writer = 0; writer < writers; writer++) {
                int offset = writer;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < writes; i++) {
                        var id = ids.get((i + offset) % ids.size());
                        things.write(tenant, id, "w" + offset);
                        relay.lanes.nudge(Set.of(shard(tenant, id)));
                    }
                }));
            }
            for (var one : running) {
                one.get();
            }
        }

        eventually(() -> assertThat(waiting()).isZero());
        for (var id : ids) {
            eventually(() -> assertThat(versions(tenant, id))
                    .isEqualTo(LongStream.rangeClosed(1, writers * writes / ids.size())
                            .boxed()
                            .toList()));
        }
    }

    @Test
    void givenCommitsWhoseAnswerIsLost_thenEventsAreRepeatedAndNeitherLostNorReordered() {
        var tenant = anyTenant();
        var id = Ids.next();
        for (int i = 0; i < 10; i++) {
            things.write(tenant, id, "v");
        }
        var losses = new AtomicInteger(3);

        relay(
                4,
                shard -> new Wrapped(log(shard), shard == shard(tenant, id), rows -> {}, () -> {
                    if (losses.getAndDecrement() > 0) {
                        throw new IllegalStateException("the answer is lost");
                    }
                }));
        eventually(() -> assertThat(waiting()).isZero());

        eventually(() -> assertThat(versions(tenant, id))
                .containsExactly(
                        1L, 2L, 3L, 4L, 1L, 2L, 3L, 4L, 1L, 2L, 3L, 4L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L));
    }

    @Test
    void givenACrowd_whenOneMoreIsCommittedWhileItsRowsAreSent_thenItWaitsForThoseBehindIt() {
        var tenant = anyTenant();
        var id = Ids.next();
        for (int i = 0; i < 4; i++) {
            things.write(tenant, id, "v");
        }
        var sent = new CopyOnWriteArrayList<Integer>();
        relay(
                new Hasty(100, Duration.ofSeconds(4)),
                shard -> new Wrapped(
                        log(shard),
                        shard == shard(tenant, id),
                        rows -> {
                            if (sent.isEmpty()) {
                                things.write(tenant, id, "while they are sent");
                            }
                            sent.add(rows.size());
                        },
                        () -> {}));
        eventually(() -> assertThat(waiting()).isEqualTo(1));

        things.write(tenant, id, "behind it");
        eventually(() -> assertThat(waiting()).isZero());

        assertThat(sent).containsExactly(4, 2);
        assertThat(versions(tenant, id)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void givenFewWriters_whenOneMoreCommits_thenItDoesNotWait() {
        var tenant = anyTenant();
        var id = Ids.next();
        for (int i = 0; i < 3; i++) {
            things.write(tenant, id, "v");
        }
        relay(new Hasty(100, Duration.ofHours(1)), this::log);
        eventually(() -> assertThat(waiting()).isZero());

        things.write(tenant, id, "one more");
        eventually(() -> assertThat(waiting()).isZero());

        eventually(() -> assertThat(versions(tenant, id)).containsExactly(1L, 2L, 3L, 4L));
    }

    @Test
    void givenALeaderThatSleptThroughATakeover_thenWhatItStillSendsIsRefused() throws Exception {
        var tenant = anyTenant();
        var id = Ids.next();
        things.write(tenant, id, "v1");
        var asleep = new CountDownLatch(1);
        var awake = new CountDownLatch(1);
        var refused = new AtomicReference<Exception>();
        var zombie = relay(
                10,
                shard -> new Wrapped(
                        log(shard),
                        shard == shard(tenant, id),
                        _ -> {
                            asleep.countDown();
                            await(awake);
                        },
                        () -> {},
                        refused));
        await(asleep);

        things.write(tenant, id, "v2");
        var successor = relay(10);
        eventually(() -> assertThat(waiting()).isZero());
        eventually(
                () -> assertThat(successor.lanes.isLeading(shard(tenant, id))).isTrue());
        awake.countDown();
        eventually(() -> assertThat(refused.get()).isInstanceOf(RelayLog.Fenced.class));
        zombie.stop(); // or it may take the lease once more, and a leader that is followed while it deletes sends again
        things.write(tenant, id, "v3");
        eventually(() -> assertThat(waiting()).isZero());

        eventually(() -> assertThat(versions(tenant, id)).containsExactly(1L, 2L, 3L));
    }

    @Test
    void givenALeaderThatSleptBeforeItsDelete_thenTheSuccessorsRowsStay() {
        var tenant = anyTenant();
        var id = Ids.next();
        int shard = shard(tenant, id);
        things.write(tenant, id, "v1");
        things.write(tenant, id, "v2");
        var outbox = outbox(2);
        var zombie = leases();
        var slept = taken(zombie, shard);
        var sent = outbox.next(shard, "").rows();
        var successor = leases();
        var present = taken(successor, shard);
        var again = outbox(1).next(shard, "").rows();

        assertThat(outbox.delete(shard, sent, slept)).isFalse();
        successor.giveUp(Map.of(shard, present));
        assertThat(outbox.delete(shard, sent, slept)).isFalse();

        assertThat(again).hasSize(1);
        assertThat(zombie.keep(Map.of(shard, slept))).isEmpty();
        assertThat(waiting()).isEqualTo(2);
        assertThat(outbox.delete(shard, sent, present)).isTrue();
        assertThat(waiting()).isZero();
    }

    /** The term under which the shard's lease was taken as soon as it was free. */
    private static UUID taken(RelayLeases leases, int shard) {
        var term = Ids.next();
        Eventually.eventually(PATIENCE, () -> leases.take(Set.of(shard), 1, term), taken -> !taken.isEmpty());
        return term;
    }

    @Test
    void givenReplicasThatComeAndGo_thenTheyShareTheShards() {
        var first = relay(10);
        eventually(() -> assertThat(first.leads()).hasSize(events.partitions()));

        var second = relay(10);
        eventually(() -> assertThat(second.leads()).hasSize(events.partitions() / 2));
        eventually(() ->
                assertThat(first.leads()).hasSize(events.partitions() / 2).doesNotContainAnyElementsOf(second.leads()));

        first.stop();
        eventually(() -> assertThat(second.leads()).hasSize(events.partitions()));
        var tenant = anyTenant();
        var id = Ids.next();
        things.write(tenant, id, "v1");
        eventually(() -> assertThat(versions(tenant, id)).containsExactly(1L));
    }

    @Test
    void givenAReplicaThatSaysNothingMore_thenAnotherTakesItsShardsWhenTheirLeasesAreOver() {
        var dead = leases();
        eventually(() -> assertThat(dead.attend()).isEqualTo(1)); // when those of other tests are forgotten
        eventually(() -> {
            dead.attend();
            assertThat(dead.take(all(), events.partitions(), Ids.next())).hasSize(events.partitions());
        });

        var heir = relay(10);

        eventually(() -> assertThat(heir.leads()).hasSize(events.partitions()));
    }

    @Test
    void givenAChangeThatIsTooLarge_thenTheTransactionIsRefused() {
        var tenant = anyTenant();
        var large = new Things.State(Ids.next(), 1, "x".repeat(1_000_000), List.of());

        assertThatThrownBy(() -> transactions
                        .inTenant(tenant, tx -> outbox.append(tx, Change.changed(THING, large.id(), 1, large)))
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }

    @Test
    void givenAnAggregateThatTheServiceDoesNotProduce_thenTheTransactionIsRefused() {
        var tenant = anyTenant();
        var foreign = new AggregateType("catalog", "nothing");

        assertThatThrownBy(() -> transactions
                        .inTenant(tenant, tx -> outbox.append(tx, Change.changed(foreign, Ids.next(), 1, "state")))
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ProducedAggregates");
    }

    @Test
    void givenChangesOfTheLargestSize_thenABatchIsBoundedByBytes() {
        var tenant = anyTenant();
        var ids = things.writeMany(tenant, 20, "x".repeat(900_000));

        relay(1_000);
        eventually(() -> assertThat(waiting()).isZero());

        eventually(() -> assertThat(ids)
                .allSatisfy(id -> assertThat(versions(tenant, id)).containsExactly(1L)));
    }

    @Test
    void givenABacklogOfManyBatches_thenAllOfItReachesTheLogInOrder() {
        var tenant = anyTenant();
        for (int batch = 0; batch < 5; batch++) {
            things.writeMany(tenant, 1_000, "x".repeat(900));
        }
        var id = Ids.next();
        LongStream.rangeClosed(1, 5).forEach(version -> things.write(tenant, id, "v" + version));

        relay(1_000);
        eventually(() -> assertThat(waiting()).isZero());

        eventually(() -> assertThat(versions(tenant, id)).containsExactly(1L, 2L, 3L, 4L, 5L));
    }

    @Test
    void givenATopicWithAnotherNumberOfPartitions_thenItIsRefused() throws Exception {
        var odd = new AggregateType("catalog", "odd-" + Ids.next());
        try (var admin = Admin.create(kafka.admin("test"))) {
            admin.createTopics(List.of(new NewTopic(topics.of(odd), events.partitions() + 1, (short) 1)))
                    .all()
                    .get();
        }

        eventually(
                () -> // once Kafka tells of it
                assertThatThrownBy(() -> topics.ensure(Set.of(odd)))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("souk.events.partitions"));
    }

    /** Does something before it appends, and something once that is committed. */
    private static final class Wrapped implements RelayLog {
        private final RelayLog log;
        private final boolean chosen;
        private final Consumer<List<OutboxRow>> before;
        private final Runnable behind;
        private final AtomicReference<Exception> refused;

        Wrapped(RelayLog log, boolean chosen, Consumer<List<OutboxRow>> before, Runnable behind) {
            this(log, chosen, before, behind, new AtomicReference<>());
        }

        Wrapped(
                RelayLog log,
                boolean chosen,
                Consumer<List<OutboxRow>> before,
                Runnable behind,
                AtomicReference<Exception> refused) {
            this.log = log;
            this.chosen = chosen;
            this.before = before;
            this.behind = behind;
            this.refused = refused;
        }

        @Override
        public void open() {
            log.open();
        }

        @Override
        public void append(List<OutboxRow> rows) throws Fenced {
            if (!chosen) {
                log.append(rows);
                return;
            }
            before.accept(rows);
            try {
                log.append(rows);
            } catch (Fenced failure) {
                refused.set(failure);
                throw failure;
            }
            behind.run();
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private TestRelay relay(int batchRows) {
        return relay(batchRows, this::log);
    }

    private TestRelay relay(int batchRows, IntFunction<RelayLog> logs) {
        return relay(new Hasty(batchRows), logs);
    }

    private TestRelay relay(RelayConfig config, IntFunction<RelayLog> logs) {
        var relay = TestRelay.started(servers(), config, logs);
        relays.add(relay);
        return relay;
    }

    private RelayLog log(int shard) {
        return new TransactionalLog(topics, kafka, events.topicPrefix() + "-relay-test-" + shard);
    }

    private TestRelay.Servers servers() {
        return new TestRelay.Servers(transactions, topics, kafka, events, health);
    }

    private OutboxRepository outbox(int batchRows) {
        return new OutboxRepository(
                transactions, new Hasty(batchRows), "catalog", events.partitions(), () -> 1, List.of());
    }

    private RelayLeases leases() {
        return new RelayLeases(transactions, Ids.next(), new Hasty(1).lease());
    }

    private int shard(TenantId tenant, UUID id) {
        return new EventKey(tenant, id).shard(events.partitions());
    }

    private List<Integer> all() {
        return IntStream.range(0, events.partitions()).boxed().toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private long waiting() {
        return transactions
                .asWorker(sql -> sql.query("select count(*) from outbox").execute())
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .atMost(PATIENCE);
    }

    private List<Long> versions(TenantId tenant, UUID id) {
        return EventLog.readAll(topics.of(THING), new EventKey(tenant, id).text()).stream()
                .map(record -> EventRecords.find(record.headers(), EventRecords.AGGREGATE_VERSION))
                .map(Long::valueOf)
                .toList();
    }
}
