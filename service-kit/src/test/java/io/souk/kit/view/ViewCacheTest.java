package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problem;
import io.souk.kit.protocol.UpdaterStep;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisSettings;
import io.souk.kit.redis.RedisState;
import io.souk.kit.redis.Reply;
import io.souk.kit.redis.SlowRedis;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.OwnServer;
import io.souk.testing.Tenants;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.kit.redis.RedisClients.awaitReady;
import static io.souk.kit.redis.RedisClients.call;
import static io.souk.kit.view.Shelf.json;
import static io.souk.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ViewCacheTest {
    private static OwnServer server;
    private static Vertx vertx;

    private final TenantId tenant = new TenantId(Tenants.fresh());
    private final UUID id = Ids.next();
    private final List<Replica> replicas = new ArrayList<>();
    private final Shelf shelf = new Shelf("book");
    private final Shelf covers = new Shelf("cover");
    private Replica replica;

    @BeforeAll
    static void start() {
        server = OwnServer.redis();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close();
        server.close();
    }

    @BeforeEach
    void oneReplica() {
        replica = replica(Replica.Settings.DEFAULT);
        replica.newGeneration();
    }

    @AfterEach
    void closeReplicas() {
        replicas.forEach(Replica::close);
    }

    private Replica replica(ViewConfig config) {
        return replica(RedisSettings.of(server), config);
    }

    /** Of a cache that soon gives up a Redis that does not answer. */
    private Replica hurriedReplica() {
        return replica(hurried());
    }

    private static RedisSettings hurried() {
        return RedisSettings.of(server).withCommandTimeout(RedisSettings.HURRIED);
    }

    private Replica replica(RedisSettings redis) {
        return replica(redis, Replica.Settings.DEFAULT);
    }

    private Replica replica(RedisSettings redis, ViewConfig config) {
        var one = new Replica(vertx, redis, config, shelf, covers);
        replicas.add(one);
        awaitReady(one.redis);
        one.generations.found(shelf.tables.generation());
        return one;
    }

    @Test
    void givenAColdKey_thenItIsReadOnceAndServedFromRedisFromThenOn() {
        shelf.write(tenant, id, "Dune");

        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        eventually(() -> assertThat(written("fill", "stored")).isEqualTo(1));
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        assertThat(replica(Replica.Settings.DEFAULT).read(tenant, id)).isEqualTo(json("Dune", 1));

        assertThat(shelf.loads).hasValue(1);
        assertThat(replica.count("book", "miss")).isEqualTo(1);
        assertThat(replica.count("book", "hit")).isEqualTo(1);
    }

    @Test
    void givenNoRow_thenItsAbsenceIsRememberedUntilItIsCreated() {
        assertThat(replica.read(tenant, id)).isEqualTo("absent");
        eventuallyStored(id);
        assertThat(replica.read(tenant, id)).isEqualTo("absent");
        assertThat(shelf.loads).hasValue(1);

        var order = shelf.write(tenant, id, "Dune");
        replica.apply(tenant, List.of(Replica.event(tenant, id, order, "Dune")));

        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        assertThat(shelf.loads).hasValue(1);
    }

    @Test
    void givenADraftOrADeletedRow_thenTheTombstoneIsServedWithoutTheDatabase() {
        var draft = Ids.next();
        shelf.write(tenant, draft, "");
        shelf.write(tenant, id, "Dune");
        shelf.write(tenant, id, null);

        for (var one : List.of(draft, id)) {
            assertThat(replica.read(tenant, one)).isEqualTo("gone");
            eventuallyStored(one);
            assertThat(replica.read(tenant, one)).isEqualTo("gone");
        }
        assertThat(shelf.loads).hasValue(2);
    }

    @Test
    void givenAThousandReadersOfOneColdKey_thenTheDatabaseIsReadOnce() {
        shelf.write(tenant, id, "Dune");
        replica = patientReplica();
        var gate = Promise.<Void>promise();
        shelf.before = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());

        var readers = new ArrayList<>(List.of(readOnSomeLoop(replica)));
        prolongLease();
        IntStream.range(1, 1_000).forEach(_ -> readers.add(readOnSomeLoop(replica)));
        eventually(() -> assertThat(replica.count("book", "miss")).isEqualTo(1_000));
        gate.complete();

        assertThat(readers).allSatisfy(reader -> assertThat(text(reader)).isEqualTo(json("Dune", 1)));
        assertThat(shelf.loads).hasValue(1);
    }

    @Test
    void givenAThousandReadersOfOneColdKeyOverTwoReplicas_thenTheDatabaseIsReadOnceForOneLease() {
        var two = List.of(patientReplica(), patientReplica());
        shelf.write(tenant, id, "Dune");
        var gate = Promise.<Void>promise();
        shelf.before = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());

        var readers = new ArrayList<>(List.of(readOnSomeLoop(two.getFirst())));
        prolongLease();
        IntStream.range(1, 1_000).forEach(i -> readers.add(readOnSomeLoop(two.get(i % 2))));
        eventually(() -> assertThat(two)
                .allSatisfy(one -> assertThat(one.count("book", "miss")).isEqualTo(500)));
        eventually(() -> assertThat(sum(two, "held")).isPositive());
        gate.complete();

        assertThat(readers).allSatisfy(reader -> assertThat(text(reader)).isEqualTo(json("Dune", 1)));
        assertThat(shelf.loads).hasValue(1);
        assertThat(sum(two, "taken")).isEqualTo(1);
    }

    /** However slow the machine is, Redis and the holder of a lease are waited for. */
    private Replica patientReplica() {
        return replica(
                RedisSettings.of(server),
                Replica.Settings.DEFAULT.loads(10, 500, Replica.PATIENCE).leaseWait(Duration.ofSeconds(30)));
    }

    /** Of the key that is being read: a test that stands still must not let somebody else have it. */
    private void prolongLease() {
        eventually(() ->
                assertThat(call(replica.redis, "PEXPIRE", leaseKey(id), 60_000)).isEqualTo(new Reply.Whole(1)));
    }

    private static double sum(List<Replica> replicas, String outcome) {
        return replicas.stream().mapToDouble(one -> one.leases(outcome)).sum();
    }

    @Test
    void givenTwoReplicasThatReadColdKeysTogether_thenEachKeyIsReadForOneLease() {
        var two = List.of(patientReplica(), patientReplica());
        var ids = IntStream.range(0, 100).mapToObj(_ -> Ids.next()).toList();
        ids.forEach(one -> shelf.write(tenant, one, "Dune"));

        // overlapping halves: each replica has some leases and waits for others at the same time
        var reads = List.of(ids.subList(0, 70), ids.subList(30, 100), ids).stream()
                .flatMap(some -> two.stream().map(one -> one.cache.readAll(tenant, some, List.of(shelf), Demand.NONE)))
                .map(Uni::subscribeAsCompletionStage)
                .toList();

        assertThat(reads)
                .allSatisfy(read -> assertThat(
                                read.orTimeout(60, TimeUnit.SECONDS).join().values())
                        .allSatisfy(views ->
                                assertThat(views).extracting(Replica::text).containsExactly(json("Dune", 1))));
        assertThat(shelf.asked).hasValue(100);
        assertThat(sum(two, "taken")).isEqualTo(100);
    }

    @Test
    void givenALeaseWhoseHolderIsGone_thenReadersAreAnsweredAndTheKeyIsFilledWhenItsTimeIsOver() {
        shelf.write(tenant, id, "Dune");
        call(replica.redis, "SET", leaseKey(id), "of one that is gone", "PX", 60_000);

        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        assertThat(call(replica.redis, "GET", dataKey("book", id))).isNull();
        assertThat(call(replica.redis, "GET", leaseKey(id))).isNotNull();

        call(replica.redis, "PEXPIRE", leaseKey(id), 1);
        eventually(() -> assertThat(call(replica.redis, "GET", leaseKey(id))).isNull());
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        eventuallyStored(id);
    }

    @Test
    void givenALeaseThatEndsWhileOneWaits_thenTheWaitingOneReadsAndFills() {
        var patient = patientReplica();
        shelf.write(tenant, id, "Dune");
        call(replica.redis, "SET", leaseKey(id), "of one that is gone", "PX", 200);

        assertThat(patient.read(tenant, id)).isEqualTo(json("Dune", 1));

        eventuallyStored(id);
        assertThat(patient.leases("taken")).isEqualTo(1);
    }

    @Test
    void givenAFailedLoad_thenItsLeaseIsFreeForOthers() {
        var other = replica(Replica.Settings.DEFAULT);
        shelf.before = () -> Uni.createFrom().failure(new IllegalStateException("the table is gone"));
        assertThatThrownBy(() -> replica.read(tenant, id)).hasMessage("the table is gone");
        eventually(() -> assertThat(call(replica.redis, "GET", leaseKey(id))).isNull());

        shelf.before = () -> Uni.createFrom().voidItem();
        shelf.write(tenant, id, "unprintable");
        assertThatThrownBy(() -> other.read(tenant, id)).hasMessage("cannot be rendered");
        eventually(() -> assertThat(call(replica.redis, "GET", leaseKey(id))).isNull());
        assertThat(other.leases("taken")).isEqualTo(1);
    }

    @Test
    void givenALoadElsewhereThatReadsWhatIsOld_thenARereadTakesItsLeaseOver() {
        var other = replica(Replica.Settings.DEFAULT);
        shelf.write(tenant, id, "old");
        var gate = Promise.<Void>promise();
        shelf.after = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var early = readOnSomeLoop(other);
        eventually(() -> assertThat(shelf.seen).hasValue(1));
        shelf.after = () -> Uni.createFrom().voidItem();
        shelf.write(tenant, id, "new"); // and neither put nor event comes

        assertThat(text(rereadOnSomeLoop(id))).isEqualTo(json("new", 2));
        eventuallyStored(id);
        gate.complete();

        assertThat(text(early)).isEqualTo(json("old", 1));
        eventually(() -> assertThat(written("fill", "stored")).isEqualTo(1));
        assertThat(other.read(tenant, id)).isEqualTo(json("new", 2));
    }

    @Test
    void givenAReaderThatGivesUp_thenTheOthersAreStillServed() {
        shelf.write(tenant, id, "Dune");
        var gate = Promise.<Void>promise();
        shelf.before = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var impatient = replica.cache
                .read(tenant, id, List.of(shelf), Demand.NONE)
                .subscribe()
                .with(_ -> {});
        var patient = readOnSomeLoop(replica);
        eventually(() -> assertThat(replica.count("book", "miss")).isEqualTo(2));

        impatient.cancel();
        gate.complete();

        assertThat(text(patient)).isEqualTo(json("Dune", 1));
        assertThat(shelf.loads).hasValue(1);
    }

    @Test
    void givenALoadThatBeganBeforeACommit_thenReadersAfterTheCommitDoNotShareIt() {
        var patient = replica(Replica.Settings.DEFAULT);
        shelf.write(tenant, id, "old");
        var gate = Promise.<Void>promise();
        shelf.after = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var early = readOnSomeLoop(patient);
        eventually(() -> assertThat(shelf.seen).hasValue(1));

        var late = whileScriptsWait(() -> {
            patient.committed(tenant, id, shelf.write(tenant, id, "new"), "new");
            var after = readOnSomeLoop(patient);
            eventually(() -> assertThat(shelf.loads).hasValue(2));
            gate.complete();
            return text(after);
        });

        assertThat(text(early)).isEqualTo(json("old", 1));
        assertThat(late).isEqualTo(json("new", 2));
        eventually(() -> assertThat(patient.read(tenant, id)).isEqualTo(json("new", 2)));
    }

    @Test
    void givenAPutThatReadsOvertake_thenTheWriterReadsItsOwnWriteFromTheTables() {
        var patient = replica(Replica.Settings.DEFAULT);
        shelf.write(tenant, id, "old");
        patient.read(tenant, id);
        eventuallyStored(id);

        var own = whileScriptsWait(() -> {
            patient.committed(tenant, id, shelf.write(tenant, id, "new"), "new");
            assertThat(replica.read(tenant, id)).isEqualTo(json("old", 1)); // as Redis has it
            return text(readOnSomeLoop(patient));
        });

        assertThat(own).isEqualTo(json("new", 2));
        eventuallyPut(patient);
        int loads = shelf.loads.get();
        assertThat(patient.read(tenant, id)).isEqualTo(json("new", 2));
        assertThat(shelf.loads).hasValue(loads);
    }

    @Test
    void givenAPutAmongManyKeys_thenOnlyItsKeyIsReadFromTheTables() {
        var patient = replica(Replica.Settings.DEFAULT);
        var other = Ids.next();
        shelf.write(tenant, id, "old");
        shelf.write(tenant, other, "other");
        patient.readAll(tenant, List.of(id, other));
        eventuallyStored(List.of(id, other), "book");

        var own = whileScriptsWait(() -> {
            patient.committed(tenant, id, shelf.write(tenant, id, "new"), "new");
            shelf.write(tenant, other, "not to be read");
            var result = new CompletableFuture<Map<UUID, List<View>>>();
            vertx.runOnContext(_ -> patient.cache
                    .readAll(tenant, List.of(other, id), List.of(shelf), Demand.NONE)
                    .subscribe()
                    .with(result::complete, result::completeExceptionally));
            return result.orTimeout(60, TimeUnit.SECONDS).join();
        });

        assertThat(own.get(id)).extracting(Replica::text).containsExactly(json("new", 2));
        assertThat(own.get(other)).extracting(Replica::text).containsExactly(json("other", 1));
    }

    @Test
    void givenPutsThatGetNoAnswerOrAreRefused_thenNoKeyStaysPending() {
        var operator = replica.redis;
        replica = hurriedReplica();
        whileScriptsWait(() -> {
            replica.committed(tenant, id, shelf.write(tenant, id, "Dune"), "Dune");
            replica.committed(tenant, id, shelf.write(tenant, id, "Emma"), "Emma");
            eventually(() -> assertThat(written("put", "failed")).isEqualTo(2));
            eventuallyPut();
            return true;
        });

        awaitReady(replica.redis);
        call(operator, "CONFIG", "SET", "maxmemory", 1);
        try {
            var order = shelf.write(tenant, id, "Ulysses");
            eventually(
                    () -> { // a link that was paused may still be on its way back
                        replica.committed(tenant, id, order, "Ulysses");
                        assertThat(written("put", "failed")).isGreaterThan(2);
                    });
            eventuallyPut();
        } finally {
            call(operator, "CONFIG", "SET", "maxmemory", 0);
        }
    }

    /** Redis keeps scripts waiting and answers reads, of other connections than those on which a script waits. */
    private <T> T whileScriptsWait(Supplier<T> work) {
        var operator = RedisClients.ready(vertx, RedisSettings.of(server));
        call(operator, "CLIENT", "PAUSE", 60_000, "WRITE");
        try {
            return work.get();
        } finally {
            call(operator, "CLIENT", "UNPAUSE");
            RedisClients.close(operator);
        }
    }

    @Test
    void givenABigTransaction_thenItIsLeftToTheEventPath() {
        var changes = IntStream.range(0, 17)
                .mapToObj(_ -> replica.change(tenant, Ids.next(), "Dune"))
                .toList();
        replica.committed(tenant, changes);
        replica.committed(tenant, changes.subList(0, 16));

        eventually(() -> assertThat(written("put", "stored")).isEqualTo(16));
        assertThat(call(
                        replica.redis,
                        "GET",
                        dataKey("book", changes.getLast().change().id())))
                .isNull();
    }

    @Test
    void givenALoadOlderThanASecond_thenItIsNotJoined() {
        shelf.write(tenant, id, "Dune");
        var gate = Promise.<Void>promise();
        shelf.after = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var early = readOnSomeLoop(replica);

        var later = new ArrayList<CompletableFuture<View>>();
        eventually(() -> {
            later.add(readOnSomeLoop(replica));
            assertThat(shelf.loads).hasValue(2);
        });
        gate.complete();

        assertThat(text(early)).isEqualTo(json("Dune", 1));
        assertThat(later).allSatisfy(reader -> assertThat(text(reader)).isEqualTo(json("Dune", 1)));
    }

    @Test
    void givenALateFill_thenTheCacheKeepsWhatIsNewer() {
        shelf.write(tenant, id, "old");
        var gate = Promise.<Void>promise();
        shelf.after = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var early = readOnSomeLoop(replica);
        eventually(() -> assertThat(shelf.seen).hasValue(1));
        var order = shelf.write(tenant, id, "new");
        replica.apply(tenant, List.of(Replica.event(tenant, id, order, "new")));
        gate.complete();

        assertThat(text(early)).isEqualTo(json("old", 1));
        assertThat(replica.read(tenant, id)).isEqualTo(json("new", 2));
        assertThat(shelf.loads).hasValue(1);
    }

    @Test
    void givenAFrozenRedis_thenReadersAreAnsweredFromTheDatabaseUntilItIsBack() {
        replica = hurriedReplica();
        var ids = IntStream.range(0, 50).mapToObj(_ -> Ids.next()).toList();
        ids.forEach(one -> shelf.write(tenant, one, "Dune"));
        assertThat(replica.readAll(tenant, ids)).hasSize(50);
        server.pause();
        try {
            for (var one : ids) {
                assertThat(replica.read(tenant, one)).isEqualTo(json("Dune", 1));
            }
            assertThat(replica.readAll(tenant, ids).values())
                    .allSatisfy(views -> assertThat(views).containsExactly(json("Dune", 1), "absent"));
            assertThat(replica.count("book", "bypass")).isPositive();
        } finally {
            server.resume();
        }

        awaitReady(replica.redis);
        replica.read(tenant, ids.getFirst());
        eventuallyStored(ids.getFirst());
    }

    @Test
    void givenAKilledRedis_thenItIsFilledAnewWhenItIsBack() {
        shelf.write(tenant, id, "Dune");
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        server.kill();
        try {
            assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        } finally {
            server.start();
        }

        awaitReady(replica.redis);
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1)); // an empty Redis that vouches for nothing
        replica.newGeneration();
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1)); // and knows no script
        eventuallyStored(id);
    }

    @Test
    void givenMoreReadersThanTheBulkheadHolds_thenTheRestIsRefusedAtOnce() {
        var small = replica(Replica.Settings.DEFAULT.loads(2, 6, Duration.ofSeconds(10))); // 3 places for one tenant
        var gate = Promise.<Void>promise();
        shelf.before = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var readers = IntStream.range(0, 9)
                .mapToObj(_ -> {
                    var one = Ids.next();
                    shelf.write(tenant, one, "Dune");
                    return read(small, one);
                })
                .toList();
        eventually(() ->
                assertThat(readers.stream().filter(CompletableFuture::isDone)).hasSize(4));
        assertThat(small.bulkhead.running()).isEqualTo(2);
        assertThat(small.bulkhead.waiting()).isEqualTo(3);
        gate.complete();

        var outcomes = readers.stream().map(ViewCacheTest::outcome).toList();
        assertThat(outcomes).filteredOn("503"::equals).hasSize(4);
        assertThat(outcomes).filteredOn(json("Dune", 1)::equals).hasSize(5);
        eventually(() -> assertThat(small.bulkhead.running()).isZero());
    }

    @Test
    void givenADatabaseThatDoesNotAnswer_thenReadersAreToldInTimeAndItsPlaceStaysTaken() {
        var small = replica(Replica.Settings.DEFAULT.loads(1, 5, Duration.ofSeconds(2)));
        shelf.write(tenant, id, "Dune");
        var gate = Promise.<Void>promise();
        shelf.before = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());

        assertThat(outcome(read(small, id))).isEqualTo("503");
        assertThat(outcome(read(small, id))).isEqualTo("503");
        assertThat(shelf.loads).hasValue(1); // the second never had its turn
        assertThat(small.bulkhead.running()).isEqualTo(1);
        gate.complete();

        eventually(() -> assertThat(outcome(read(small, id))).isEqualTo(json("Dune", 1)));
        eventually(() -> assertThat(small.bulkhead.running()).isZero());
    }

    @Test
    void givenAFailedLoad_thenItsReadersFailAndTheNextOneLoadsAnew() {
        shelf.write(tenant, id, "Dune");
        shelf.before = () -> Uni.createFrom().failure(new IllegalStateException("the table is gone"));
        assertThatThrownBy(() -> replica.read(tenant, id)).hasMessage("the table is gone");

        shelf.before = () -> {
            throw new IllegalStateException("not even a promise");
        };
        assertThatThrownBy(() -> replica.read(tenant, id)).hasMessage("not even a promise");

        shelf.before = () -> Uni.createFrom().voidItem();
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        eventually(() -> assertThat(replica.bulkhead.running()).isZero());
    }

    @Test
    void givenOneRowThatCannotBeRendered_thenTheOthersOfTheBatchAreNotHarmed() {
        shelf.write(tenant, id, "unprintable");
        var fine = Ids.next();
        shelf.write(tenant, fine, "Dune");

        assertThatThrownBy(() -> replica.readAll(tenant, List.of(id, fine))).hasMessage("cannot be rendered");
        assertThat(replica.read(tenant, fine)).isEqualTo(json("Dune", 1));
        eventually(() -> assertThat(replica.bulkhead.running()).isZero());
    }

    @Test
    void givenTheSameIdInTwoTenants_thenTheyNeverMeet() {
        var other = new TenantId(tenant.value() + "-x");
        shelf.write(tenant, id, "mine");
        shelf.write(other, id, "theirs");
        shelf.write(other, Ids.next(), "another");

        for (int round = 0; round < 2; round++) {
            assertThat(replica.read(tenant, id)).isEqualTo(json("mine", 1));
            assertThat(replica.read(other, id)).isEqualTo(json("theirs", 1));
            eventuallyStored(id);
        }
        assertThat(replica.read(new TenantId("t-nobody"), id)).isEqualTo("absent");
    }

    @Test
    void givenManyIds_thenEachKindIsReadByOneStatementAndOnlyWhatIsMissing() {
        var ids =
                IntStream.range(0, ViewCache.MAX_IDS).mapToObj(_ -> Ids.next()).toList();
        ids.forEach(one -> shelf.write(tenant, one, "Dune"));
        ids.subList(0, 20).forEach(one -> covers.write(tenant, one, "blue"));

        for (int round = 0; round < 2; round++) {
            var views = replica.readAll(tenant, ids);
            assertThat(views.get(ids.getFirst())).containsExactly(json("Dune", 1), json("blue", 1));
            assertThat(views.get(ids.getLast())).containsExactly(json("Dune", 1), "absent");
            eventuallyStored(ids, "book");
            eventuallyStored(ids, "cover");
        }
        assertThat(shelf.loads).hasValue(1);
        assertThat(covers.loads).hasValue(1);
        assertThat(replica.transactions).hasValue(1);
    }

    @Test
    void givenACachedView_whenItIsReread_thenTheTablesAnswerInOneTransactionAndRedisIsTold() {
        replica.readAll(tenant, List.of(id));
        shelf.write(tenant, id, "old");
        shelf.write(tenant, id, "new"); // and neither put nor event comes
        covers.write(tenant, id, "blue");
        int before = replica.transactions.get();

        var views = await(() -> replica.cache.rereadAll(tenant, List.of(id), List.of(shelf, covers), Demand.NONE));

        assertThat(views.get(id)).extracting(Replica::text).containsExactly(json("new", 2), json("blue", 1));
        assertThat(replica.transactions).hasValue(before + 1);
        assertThat(replica.count("book", "bypass")).isEqualTo(1);
        eventually(() -> assertThat(replica.readAll(tenant, List.of(id)).get(id))
                .containsExactly(json("new", 2), json("blue", 1)));
        assertThat(replica.transactions).hasValue(before + 1);
    }

    @Test
    void givenAThousandRereadsOfOneKey_thenOneReadsTheDatabaseAndOneWaits() {
        replica = patientReplica();
        shelf.write(tenant, id, "Dune");
        var gate = Promise.<Void>promise();
        shelf.before = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());

        var first = rereadOnSomeLoop(id);
        eventually(() -> assertThat(shelf.loads).hasValue(1));
        var others = IntStream.range(0, 999).mapToObj(_ -> rereadOnSomeLoop(id)).toList();
        eventually(() -> assertThat(replica.count("book", "bypass")).isEqualTo(1_000));
        assertThat(replica.bulkhead.running()).isEqualTo(1);
        assertThat(replica.bulkhead.waiting()).isZero();
        gate.complete();

        assertThat(text(first)).isEqualTo(json("Dune", 1));
        assertThat(others).allSatisfy(reader -> assertThat(text(reader)).isEqualTo(json("Dune", 1)));
        assertThat(shelf.loads).hasValue(2);
        eventually(() -> assertThat(replica.bulkhead.running()).isZero());
    }

    @Test
    void givenAReadThatBeganBeforeAnotherReplicasCommit_thenARereadDoesNotShareIt() {
        shelf.write(tenant, id, "old");
        var gate = Promise.<Void>promise();
        shelf.after = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var early = readOnSomeLoop(replica);
        eventually(() -> assertThat(shelf.seen).hasValue(1));
        shelf.write(tenant, id, "new"); // of which this replica has not heard

        var late = rereadOnSomeLoop(id);
        gate.complete();

        assertThat(text(early)).isEqualTo(json("old", 1));
        assertThat(text(late)).isEqualTo(json("new", 2));
    }

    @Test
    void givenMoreRereadsThanTheBulkheadHolds_thenTheRestIsRefusedAtOnce() {
        replica = replica(Replica.Settings.DEFAULT.loads(1, 1, Duration.ofSeconds(10)));
        var gate = Promise.<Void>promise();
        shelf.before = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var readers = IntStream.range(0, 5)
                .mapToObj(_ -> rereadOnSomeLoop(Ids.next()))
                .toList();
        eventually(() ->
                assertThat(readers.stream().filter(CompletableFuture::isDone)).hasSize(3));
        gate.complete();

        assertThat(readers.stream().map(ViewCacheTest::outcome))
                .containsExactlyInAnyOrder("503", "503", "503", "absent", "absent");
    }

    @Test
    void givenARereadBehindALoadThatDoesNotEnd_thenItIsToldInTimeAndNeverRuns() {
        replica = replica(Replica.Settings.DEFAULT.loads(5, 5, Duration.ofSeconds(2)));
        var gate = Promise.<Void>promise();
        shelf.before = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var first = rereadOnSomeLoop(id);
        eventually(() -> assertThat(shelf.loads).hasValue(1));

        assertThat(outcome(rereadOnSomeLoop(id))).isEqualTo("503");
        assertThat(outcome(first)).isEqualTo("503");
        gate.complete();
        eventually(() -> assertThat(replica.bulkhead.running()).isZero());
    }

    @Test
    void givenADraft_thenItsStateIsReadBehindTheBulkheadAndNeverCached() {
        shelf.write(tenant, id, "");

        var states = await(() -> replica.cache.states(tenant, List.of(id, Ids.next()), shelf));

        assertThat(states.keySet()).containsExactly(id);
        assertThat(states)
                .extractingByKey(id)
                .extracting(StateRead::at)
                .isEqualTo(new StateAt<>(new Order(1, 1), shelf.book(tenant, id)));
        assertThat(call(replica.redis, "GET", dataKey("book", id))).isNull();
    }

    @Test
    void givenTooManyNoneOrTwiceTheSame_thenManyIdsBehave() {
        shelf.write(tenant, id, "Dune");
        var tooMany = Stream.generate(Ids::next).limit(ViewCache.MAX_IDS + 1).toList();

        assertThatThrownBy(() -> replica.readAll(tenant, tooMany)).isInstanceOf(IllegalArgumentException.class);
        assertThat(replica.readAll(tenant, List.of())).isEmpty();
        assertThat(replica.readAll(tenant, List.of(id, id))).hasSize(1);
        assertThat(replica.cache
                        .read(tenant, id, List.of(), Demand.NONE)
                        .await()
                        .atMost(Replica.PATIENCE))
                .isEmpty();
    }

    @Test
    void givenACommit_thenTheNextReadShowsItWithoutTheDatabase() {
        var order = shelf.write(tenant, id, "Dune");
        replica.committed(tenant, id, order, "Dune");
        eventuallyPut();
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));

        replica.deleted(tenant, id, shelf.write(tenant, id, null));
        eventuallyPut();
        assertThat(replica.read(tenant, id)).isEqualTo("gone");
        assertThat(shelf.loads).hasValue(0);
    }

    @Test
    void givenAWriterThatComesLate_thenWhatItPutsIsRefused() {
        var first = shelf.write(tenant, id, "first");
        var second = shelf.write(tenant, id, "second");
        replica.apply(tenant, List.of(Replica.event(tenant, id, second, "second")));

        replica.committed(tenant, id, first, "first");

        eventually(() -> assertThat(written("put", "old")).isEqualTo(1));
        assertThat(replica.read(tenant, id)).isEqualTo(json("second", 2));
    }

    @Test
    void givenEventsTwiceSwappedAndLate_thenTheHighestStays() {
        var first = shelf.write(tenant, id, "first");
        var second = shelf.write(tenant, id, "second");
        var third = shelf.write(tenant, id, null);
        var events = List.of(
                Replica.event(tenant, id, second, "second"),
                Replica.event(tenant, id, first, "first"),
                Replica.deletedEvent(tenant, id, third),
                Replica.event(tenant, id, second, "second"));

        replica.apply(tenant, events);
        replica.apply(tenant, events);

        assertThat(replica.read(tenant, id)).isEqualTo("gone");
        assertThat(shelf.loads).hasValue(0);
    }

    @Test
    void givenAnEventThatCannotBeRendered_thenTheOldEntryGoesAndNothingOlderComesBack() {
        var first = shelf.write(tenant, id, "first");
        replica.apply(tenant, List.of(Replica.event(tenant, id, first, "first")));
        var second = shelf.write(tenant, id, "unprintable");

        replica.apply(tenant, List.of(Replica.event(tenant, id, second, "unprintable")));

        assertThatThrownBy(() -> replica.read(tenant, id)).hasMessage("cannot be rendered"); // not what is out of date
        replica.apply(tenant, List.of(Replica.event(tenant, id, first, "first"))); // nor when that comes again
        assertThatThrownBy(() -> replica.read(tenant, id)).hasMessage("cannot be rendered");
    }

    @Test
    void givenALoadThatBeganBeforeAnEvent_thenReadersAfterItDoNotShareIt() {
        shelf.write(tenant, id, "old");
        var gate = Promise.<Void>promise();
        shelf.after = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());
        var early = readOnSomeLoop(replica);
        eventually(() -> assertThat(shelf.seen).hasValue(1));

        var order = shelf.write(tenant, id, "new");
        replica.apply(tenant, List.of(Replica.event(tenant, id, order, "unprintable")));
        var late = readOnSomeLoop(replica);
        eventually(() -> assertThat(shelf.loads).hasValue(2));
        gate.complete();

        assertThat(text(early)).isEqualTo(json("old", 1));
        assertThat(text(late)).isEqualTo(json("new", 2));
        eventually(() -> assertThat(replica.read(tenant, id)).isEqualTo(json("new", 2)));
    }

    @Test
    void givenNoRedis_thenEventsAreAppliedWhenItIsBack() {
        replica = hurriedReplica();
        var order = shelf.write(tenant, id, "Dune");
        var event = Replica.event(tenant, id, order, "Dune");
        server.pause();
        try {
            assertThat(replica.tryToApply(tenant, List.of(event)))
                    .allSatisfy(step -> assertThat(step).isInstanceOf(UpdaterStep.Pause.class));
        } finally {
            server.resume();
        }

        eventually(() -> replica.apply(tenant, List.of(event)));
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        assertThat(shelf.loads).hasValue(0);
    }

    @Test
    void givenManyEvents_thenScriptFlushInBetweenLosesNone() {
        var ids = IntStream.range(0, 500).mapToObj(_ -> Ids.next()).toList();
        var events = ids.stream()
                .map(one -> Replica.event(tenant, one, shelf.write(tenant, one, "Dune"), "Dune"))
                .toList();
        call(replica.redis, "SCRIPT", "FLUSH");

        replica.apply(tenant, events);
        replica.apply(tenant, events); // as the updater does where one overtook another: what met a gap is read again

        replica.place(shelf.tables.generation(), Duration.ZERO); // proven now, however long that took
        assertThat(replica.readAll(tenant, ids.subList(0, 200)).values())
                .allSatisfy(views -> assertThat(views.getFirst()).isEqualTo(json("Dune", 1)));
        assertThat(shelf.loads).hasValue(0);
    }

    @Test
    void givenMoreEventsThanTheConnectionHolds_thenAllAreAppliedAndNoCommandIsRefused() {
        var narrow = replica(RedisSettings.of(server).withInFlight(16));
        var ids = IntStream.range(0, 500).mapToObj(_ -> Ids.next()).toList();
        var events = ids.stream()
                .map(one -> Replica.event(tenant, one, shelf.write(tenant, one, "Dune " + one), "Dune " + one))
                .toList();

        narrow.apply(tenant, events);

        assertThat(narrow.meters.get("souk.redis.refused").counter().count()).isZero();
        assertThat(ids).allSatisfy(one -> {
            assertThat(call(replica.redis, "GET", dataKey("book", one))).isNotNull();
            assertThat(call(replica.redis, "GET", hintKey("Dune " + one))).isNotNull();
        });
    }

    @Test
    void givenFlushAll_thenEverythingIsReadAnew() {
        shelf.write(tenant, id, "Dune");
        replica.read(tenant, id);
        eventuallyStored(id);

        call(replica.redis, "FLUSHALL");

        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        assertThat(shelf.loads).hasValue(2);
        assertThat(shelf.tables.doubts).hasValue(1);
        assertThat(call(replica.redis, "GET", dataKey("book", id))).isNull(); // nobody would ever bring it up to date
        replica.newGeneration();
        replica.read(tenant, id);
        eventuallyStored(id);
    }

    @Test
    void givenAnEntryOfAnotherForm_thenItIsAMissAndIsReplaced() {
        shelf.write(tenant, id, "Dune");
        for (var strange : List.of("", "9", "0".repeat(60), "1" + "0".repeat(19) + "X" + "0".repeat(40))) {
            call(replica.redis, "SET", dataKey("book", id), strange);
            assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        }
    }

    @Test
    void givenAKindThatNoBeanMakes_thenTheCallerIsTold() {
        assertThatThrownBy(() -> replica.cache.read(tenant, id, List.of(new Shelf("unknown")), Demand.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown");
    }

    @Test
    void givenAKey_thenItIsLookedUpOnceAndFoundFromThenOn() {
        shelf.write(tenant, id, "Dune");

        assertThat(find("Dune", "Emma")).isEqualTo(Map.of("Dune", id));
        eventually(() -> assertThat(call(replica.redis, "GET", hintKey("Dune"))).isNotNull());
        assertThat(find("Dune", "Dune")).isEqualTo(Map.of("Dune", id));

        assertThat(shelf.byName.looks).hasValue(1);
    }

    @Test
    void givenACreationAfterALookInVain_thenItsHintWinsWhicheverComesFirst() {
        assertThat(find("Dune")).isEmpty();
        var order = shelf.write(tenant, id, "Dune");
        replica.committed(tenant, id, order, "Dune");
        eventually(() -> assertThat(find("Dune")).isEqualTo(Map.of("Dune", id)));

        assertThat(call(replica.redis, "SET", hintKey("Dune"), "-", "NX")).isNull(); // what a late look would note
        assertThat(find("Dune")).isEqualTo(Map.of("Dune", id));
    }

    @Test
    void givenALookInVain_thenItIsRememberedForASecondAtMost() {
        eventually(
                () -> { // within the second, which may pass while a slow machine does something else
                    var name = "Dune " + Ids.next();
                    find(name);
                    eventually(
                            Duration.ofSeconds(1),
                            () -> assertThat(lifetime(hintKey(name))).isBetween(1L, 1_000L));
                    shelf.write(tenant, id, name); // and neither its put nor its event comes

                    assertThat(find(name)).isEmpty();
                    eventually(() -> assertThat(find(name)).isEqualTo(Map.of(name, id)));
                });
    }

    private long lifetime(String key) {
        return call(replica.redis, "PTTL", key) instanceof Reply.Whole(long millis) ? millis : 0;
    }

    @Test
    void givenAHintThatHasTurnedWrong_thenAReloadCorrectsIt() {
        var former = Ids.next();
        replica.lookups.hint(tenant, shelf.byName, Map.of("Dune", former));
        eventually(() -> assertThat(find("Dune")).isEqualTo(Map.of("Dune", former)));
        shelf.write(tenant, id, "Dune");

        assertThat(await(() -> replica.lookups.reload(tenant, shelf.byName, List.of("Dune"))))
                .isEqualTo(Map.of("Dune", id));
        eventually(() -> assertThat(find("Dune")).isEqualTo(Map.of("Dune", id)));
    }

    @Test
    void givenANewGeneration_thenWhatWasHintedBeforeIsForgotten() {
        replica.lookups.hint(tenant, shelf.byName, Map.of("Dune", Ids.next()));
        eventually(() -> assertThat(find("Dune")).isNotEmpty());

        replica.newGeneration();

        assertThat(find("Dune")).isEmpty();
    }

    @Test
    void givenManyReloadsOfOneKey_thenOneReadsTheDatabaseAndOneWaits() {
        shelf.write(tenant, id, "Dune");
        var gate = Promise.<Void>promise();
        shelf.before = () -> Uni.createFrom().completionStage(gate.future().toCompletionStage());

        var reloads = IntStream.range(0, 100)
                .mapToObj(_ -> replica.lookups
                        .reload(tenant, shelf.byName, List.of("Dune"))
                        .subscribeAsCompletionStage())
                .toList();
        eventually(() -> assertThat(shelf.byName.looks).hasValue(1));
        assertThat(replica.bulkhead.running()).isEqualTo(1);
        gate.complete();

        assertThat(reloads)
                .allSatisfy(reload -> assertThat(
                                reload.orTimeout(60, TimeUnit.SECONDS).join())
                        .isEqualTo(Map.of("Dune", id)));
        assertThat(shelf.byName.looks).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void givenAHintThatLeadsNowhereAnyMore_thenAReloadTakesItBack() {
        replica.lookups.hint(tenant, shelf.byName, Map.of("Dune", id));
        eventually(() -> assertThat(find("Dune")).isNotEmpty());

        assertThat(await(() -> replica.lookups.reload(tenant, shelf.byName, List.of("Dune"))))
                .isEmpty();
        eventually(() -> assertThat(find("Dune")).isEmpty());
    }

    @Test
    void givenStrangeKeysAndAnotherTenant_thenLookupsKeepThemApart() {
        var other = new TenantId(Tenants.fresh());
        for (var key : List.of("a/b", "{x}", " ", "שלום", "\u0000", "x".repeat(10_000))) {
            shelf.write(tenant, id, key);
            assertThat(find(key)).isEqualTo(Map.of(key, id));
            assertThat(find(key)).isEqualTo(Map.of(key, id));
            assertThat(await(() -> replica.lookups.find(other, shelf.byName, List.of(key))))
                    .isEmpty();
        }
        call(replica.redis, "SET", hintKey("odd"), "not an id");
        assertThat(find("odd")).isEmpty();
        assertThat(find()).isEmpty();
        assertThatThrownBy(() -> find(Stream.iterate(0, i -> i + 1)
                        .limit(201)
                        .map(String::valueOf)
                        .toArray(String[]::new)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenARedisThatAnswersTooLate_thenReadersAreSoonGivenWhatTheTablesSayWithoutWaitingForIt() {
        try (var slow = SlowRedis.before(server)) {
            var far = replica(hurried().withUrl(slow.url()));
            shelf.write(tenant, id, "Dune");
            slow.delay(Duration.ofMillis(400));
            eventually(() -> {
                assertThat(far.read(tenant, id)).isEqualTo(json("Dune", 1));
                assertThat(far.redis.state()).isEqualTo(RedisState.SLOW);
            });

            long before = System.nanoTime();
            int reads = 200;
            for (int i = 0; i < reads; i++) {
                assertThat(far.read(tenant, id)).isEqualTo(json("Dune", 1));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(RedisSettings.HURRIED.multipliedBy(reads));

            slow.delay(Duration.ZERO);
            awaitReady(far.redis);
            eventually(() -> {
                assertThat(far.read(tenant, id)).isEqualTo(json("Dune", 1));
                assertThat(far.count("book", "hit")).isPositive();
            });
        }
    }

    @Test
    void givenNoRedis_thenLookupsReadTheDatabase() {
        replica = hurriedReplica();
        shelf.write(tenant, id, "Dune");
        server.pause();
        try {
            assertThat(find("Dune")).isEqualTo(Map.of("Dune", id));
        } finally {
            server.resume();
        }
        awaitReady(replica.redis);
    }

    private Map<String, UUID> find(String... names) {
        return await(() -> replica.lookups.find(tenant, shelf.byName, List.of(names)));
    }

    private static <T> T await(Supplier<Uni<T>> call) {
        return call.get().await().atMost(Replica.PATIENCE);
    }

    private void eventuallyPut() {
        eventuallyPut(replica);
    }

    private static void eventuallyPut(Replica by) {
        eventually(() -> assertThat(by.entries.pendingPuts().isEmpty()).isTrue());
    }

    private void eventuallyStored(UUID one) {
        eventuallyStored(List.of(one), "book");
    }

    private void eventuallyStored(List<UUID> ids, String kind) {
        eventually(() -> assertThat(ids)
                .allSatisfy(one -> assertThat(call(replica.redis, "GET", dataKey(kind, one)))
                        .isNotNull()));
    }

    private double written(String path, String outcome) {
        return replica.meters
                .get("souk.view.writes")
                .tags("kind", "book", "path", path, "outcome", outcome)
                .counter()
                .count();
    }

    private String dataKey(String kind, UUID one) {
        int shard = replica.keys.shard(ViewKeys.name(tenant, one));
        return "{catalog:%d}d:%s:%s:%s/%s".formatted(shard, generation(), kind, tenant, one);
    }

    private String leaseKey(UUID one) {
        int shard = replica.keys.shard(ViewKeys.name(tenant, one));
        return "{catalog:%d}l:%s:book:%s/%s".formatted(shard, generation(), tenant, one);
    }

    private String generation() {
        return Keyspace.text(shelf.tables.generation());
    }

    private String hintKey(String key) {
        int shard = replica.keys.shard(ViewKeys.name(tenant, key));
        return new String(replica.names().hint(shard), UTF_8) + "book-name:%s/%s".formatted(tenant, key);
    }

    /** A read that begins on an event loop, as a request's does. */
    private CompletableFuture<View> readOnSomeLoop(Replica on) {
        var result = new CompletableFuture<View>();
        vertx.runOnContext(_ -> on.cache
                .read(tenant, id, List.of(shelf), Demand.NONE)
                .subscribe()
                .with(views -> result.complete(views.getFirst()), result::completeExceptionally));
        return result;
    }

    private CompletableFuture<View> rereadOnSomeLoop(UUID one) {
        var result = new CompletableFuture<View>();
        vertx.runOnContext(_ -> replica.cache
                .rereadAll(tenant, List.of(one), List.of(shelf), Demand.NONE)
                .subscribe()
                .with(
                        views ->
                                result.complete(views.values().iterator().next().getFirst()),
                        result::completeExceptionally));
        return result;
    }

    private CompletableFuture<View> read(Replica on, UUID one) {
        return on.cache
                .read(tenant, one, List.of(shelf), Demand.NONE)
                .map(List::getFirst)
                .subscribeAsCompletionStage();
    }

    private static String text(CompletableFuture<View> reader) {
        return Replica.text(reader.orTimeout(60, TimeUnit.SECONDS).join());
    }

    private static String outcome(CompletableFuture<View> reader) {
        return reader.handle((view, failure) -> switch (failure) {
                    case null -> Replica.text(view);
                    case Problem problem -> String.valueOf(problem.status());
                    default -> failure.toString();
                })
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
