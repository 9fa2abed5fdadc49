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
import io.souk.kit.outbox.RelayLoop.Next;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.EventLog;
import io.souk.testing.Eventually;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    record Hasty(int batchRows) implements RelayConfig {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public int batchBytes() {
            return 4 * 1024 * 1024;
        }

        @Override
        public Duration poll() {
            return Duration.ofMillis(20);
        }

        @Override
        public Duration lease() {
            return Duration.ofMillis(400);
        }

        @Override
        public Duration renewal() {
            return Duration.ofMillis(100);
        }

        @Override
        public Duration maxBackoff() {
            return Duration.ofMillis(200);
        }
    }

    @BeforeEach
    void startWithAnEmptyOutbox() {
        topics.ensure(Set.of(THING));
        var relay = relay(1_000, log());
        drain(relay);
        relay.stop();
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

        var relay = relay(10, log());
        drain(relay);
        relay.stop();

        assertThat(versions(tenant, id)).containsExactly(1L);
    }

    @Test
    void givenManyWritersOfFewThings_thenEachThingsVersionsAreInOrderWithoutAHole() throws Exception {
        var tenant = anyTenant();
        var ids = List.of(Ids.next(), Ids.next(), Ids.next());
        int writers = 8;
        int writes = 60;
        var relay = new RelayThread(relay(7, log()), () -> {}, new Hasty(7), health);
        relay.start();

        try (var threads = Executors.newFixedThreadPool(writers)) {
            var running = new ArrayList<Future<?>>();
            for (int writer = 0; writer < writers; writer++) {
                int offset = writer;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < writes; i++) {
                        things.write(tenant, ids.get((i + offset) % ids.size()), "w" + offset);
                        relay.nudge();
                    }
                }));
            }
            for (var one : running) {
                one.get();
            }
        }

        eventually(() -> assertThat(waiting()).isZero());
        relay.stop();
        relay.awaitEnd(PATIENCE);
        for (var id : ids) {
            assertThat(versions(tenant, id))
                    .isEqualTo(LongStream.rangeClosed(1, writers * writes / ids.size())
                            .boxed()
                            .toList());
        }
    }

    @Test
    void givenARelayThatDiesBetweenSendAndDelete_thenEventsAreRepeatedAndNeitherLostNorReordered() {
        var tenant = anyTenant();
        var id = Ids.next();
        for (int i = 0; i < 10; i++) {
            things.write(tenant, id, "v");
        }

        for (int crash = 0; crash < 3; crash++) {
            var dying = relay(4, log());
            Eventually.eventually(PATIENCE, dying::turn, Next.AGAIN::equals); // sent, and never deleted
        }
        var survivor = relay(4, log());
        drain(survivor);
        survivor.stop();

        assertThat(versions(tenant, id))
                .containsExactly(
                        1L, 2L, 3L, 4L, 1L, 2L, 3L, 4L, 1L, 2L, 3L, 4L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void givenALeaderThatSleptThroughATakeover_thenWhatItStillSendsIsRefused() {
        var tenant = anyTenant();
        var id = Ids.next();
        things.write(tenant, id, "v1");
        var successor = relay(10, log());
        var zombie = relay(10, new Interrupted(log(), () -> {
            things.write(tenant, id, "v2");
            drain(successor);
        }));

        var next = Eventually.eventually(PATIENCE, zombie::turn, turn -> !zombie.isLeading());

        assertThat(next).isEqualTo(Next.FOLLOW);
        things.write(tenant, id, "v3");
        drain(successor);
        successor.stop();
        assertThat(versions(tenant, id)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void givenALeaderThatSleptBeforeItsDelete_thenTheSuccessorsRowsStay() {
        var tenant = anyTenant();
        var id = Ids.next();
        things.write(tenant, id, "v1");
        things.write(tenant, id, "v2");
        var zombie = store(2);
        var slept = taken(zombie);
        var sent = zombie.next(slept, List.of());
        var successor = store(1);
        var present = taken(successor);
        var again = successor.next(present, List.of());

        zombie.next(slept, sent);
        successor.releaseLease(present);
        zombie.next(slept, sent);

        assertThat(again).hasSize(1);
        assertThat(zombie.renewLease(slept)).isFalse();
        assertThat(waiting()).isEqualTo(2);
    }

    /** The term under which the store took the lease as soon as it was free. */
    private static UUID taken(OutboxRepository store) {
        var term = Ids.next();
        Eventually.eventually(PATIENCE, () -> store.takeLease(term, term), taken -> taken);
        return term;
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

        var relay = relay(1_000, log());
        drain(relay);
        relay.stop();

        assertThat(ids).allSatisfy(id -> assertThat(versions(tenant, id)).containsExactly(1L));
    }

    @Test
    void givenABacklogOfManyBatches_thenAllOfItReachesTheLogInOrder() {
        var tenant = anyTenant();
        for (int batch = 0; batch < 5; batch++) {
            things.writeMany(tenant, 1_000, "x".repeat(900));
        }
        var id = Ids.next();
        LongStream.rangeClosed(1, 5).forEach(version -> things.write(tenant, id, "v" + version));
        var relay = relay(1_000, log());

        drain(relay);
        relay.stop();

        assertThat(waiting()).isZero();
        assertThat(versions(tenant, id)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void givenATopicWithAnotherNumberOfPartitions_thenItIsRefused() throws Exception {
        var odd = new AggregateType("catalog", "odd");
        try (var admin = Admin.create(kafka.admin("test"))) {
            admin.createTopics(List.of(new NewTopic(topics.of(odd), events.partitions() + 1, (short) 1)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> topics.ensure(Set.of(odd)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("souk.events.partitions");
    }

    private record Interrupted(RelayLog log, Runnable beforeFirstAppend) implements RelayLog {
        @Override
        public void open() {
            log.open();
        }

        @Override
        public void append(List<OutboxRow> rows) throws Fenced {
            beforeFirstAppend.run();
            log.append(rows);
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private RelayLog log() {
        return new TransactionalLog(topics, kafka, events.topicPrefix() + "-relay-test");
    }

    private RelayLoop relay(int batchRows, RelayLog log) {
        return new RelayLoop(store(batchRows), log, new Hasty(batchRows).renewal(), System::nanoTime, Ids::next);
    }

    private OutboxRepository store(int batchRows) {
        return new OutboxRepository(transactions, new Hasty(batchRows), "catalog");
    }

    /** Turns until the relay leads and finds nothing more. */
    private static void drain(RelayLoop relay) {
        Eventually.eventually(Duration.ofSeconds(60), () -> turns(relay), Next.IDLE::equals);
    }

    private static Next turns(RelayLoop relay) {
        var next = relay.turn();
        while (next == Next.AGAIN) {
            next = relay.turn();
        }
        return next;
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
