package io.souk.kit.view;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Order;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problem;
import io.souk.kit.protocol.Generation;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisSettings;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.OwnServer;
import io.souk.testing.Tenants;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static io.souk.kit.redis.RedisClients.awaitReady;
import static io.souk.kit.redis.RedisClients.call;
import static io.souk.kit.view.Shelf.json;
import static io.souk.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a reader may be given of what is in Redis (the protocol, section 6). */
class ProvenReadsTest {
    private static final String STOCK = "souk.inventory.stock";
    private static final Duration LONG_AGO = Duration.ofMinutes(-10);
    private static final long SECOND = 1_000_000;

    private static OwnServer server;
    private static Vertx vertx;

    private final TenantId tenant = new TenantId(Tenants.fresh());
    private final UUID id = Ids.next();
    private final Shelf shelf = new Shelf("book");
    private final List<Replica> replicas = new ArrayList<>();
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
        replica = replica(Replica.Settings.DEFAULT, Duration.ZERO);
        replica.newGeneration();
    }

    @AfterEach
    void close() {
        replicas.forEach(Replica::close);
    }

    /** @param ahead by how much its clock is ahead of the others */
    private Replica replica(ViewConfig config, Duration ahead) {
        var one = new Replica(
                vertx,
                RedisSettings.of(server),
                new Replica.Events(),
                config,
                shelf,
                List.of(shelf),
                shelf.tables,
                Clock.offset(Clock.systemUTC(), ahead));
        replicas.add(one);
        awaitReady(one.redis);
        one.generations.found(shelf.tables.generation());
        return one;
    }

    @Test
    void givenAnEntryThatNobodyVouchesFor_thenOneReaderReadsTheTableAndItsFillIsProvenByItself() {
        store(shelf.write(tenant, id, "Dune"), "Dune");
        replica.place(shelf.tables.generation(), LONG_AGO);
        shelf.write(tenant, id, "Emma"); // and no event comes

        assertThat(replica.read(tenant, id)).isEqualTo(json("Emma", 2));
        assertThat(replica.missed("unproven")).isEqualTo(1);
        eventually(() -> assertThat(version()).isEqualTo(2));
        assertThat(replica.leases("taken")).isEqualTo(1);
    }

    @Test
    void givenAFilledEntryAndAWatermarkThatStandsStill_thenItIsServedForAsLongAsItIsProven() {
        replica.place(shelf.tables.generation(), LONG_AGO);
        shelf.write(tenant, id, "Dune");
        replica.read(tenant, id);
        eventually(() -> assertThat(version()).isEqualTo(1));
        var later = replica(Replica.Settings.DEFAULT, Duration.ofMillis(1_950));

        int loads = shelf.loads.get();
        later.read(tenant, id);

        assertThat(shelf.loads).hasValue(loads + 1); // B less the skew is over
    }

    @Test
    void givenAnEntryWhoseTimeIsOver_thenItIsAMissAlthoughItIsProven() {
        shelf.validUntil = Instant.now().plusSeconds(60);
        store(shelf.write(tenant, id, "Dune"), "Dune");
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
        assertThat(shelf.loads).hasValue(0);

        var later = replica(Replica.Settings.DEFAULT, Duration.ofSeconds(60));
        later.read(tenant, id);

        assertThat(later.missed("expired")).isEqualTo(1);
        assertThat(shelf.loads).hasValue(1);
    }

    @Test
    void givenATokenThatRedisHasNotReached_thenTheReaderWaitsForItAndTheTableIsNotRead() {
        replica = replica(Replica.Settings.DEFAULT.tokenWait(Replica.PATIENCE), Duration.ZERO);
        var first = shelf.write(tenant, id, "Dune");
        store(first, "Dune");
        var second = shelf.write(tenant, id, "Emma");

        var waiting = replica.cache
                .read(tenant, id, List.of(shelf), seen(second))
                .map(views -> Replica.text(views.getFirst()))
                .subscribeAsCompletionStage();
        assertThat(Replica.text(replica.view(tenant, id, seen(first)))).isEqualTo(json("Dune", 1));
        assertThat(waiting).isNotDone();
        store(second, "Emma");

        assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(json("Emma", 2));
        assertThat(shelf.loads).hasValue(0);
    }

    @Test
    void givenATokenThatDoesNotComeToRedis_thenTheTableAnswersInTheEnd() {
        replica = replica(Replica.Settings.DEFAULT.tokenWait(Duration.ofMillis(50)), Duration.ZERO);
        store(shelf.write(tenant, id, "Dune"), "Dune");
        var second = shelf.write(tenant, id, "Emma");

        assertThat(Replica.text(replica.view(tenant, id, seen(second)))).isEqualTo(json("Emma", 2));
        assertThat(replica.missed("behind")).isEqualTo(1);

        // of a version that nobody has there is nothing newer to wait for
        assertThat(Replica.text(replica.view(tenant, id, seen(new Order(1, 9)))))
                .isEqualTo(json("Emma", 2));
    }

    @Test
    void givenAForeignSourceThatLags_thenTheAnswerSaysSoOrIsNotGiven() {
        shelf.foreign = Set.of(new AggregateType("inventory", "stock"));
        replica = replica(Replica.Settings.DEFAULT, Duration.ZERO);
        shelf.tables.applied = Map.of(STOCK, replica.clock.nowMicros() - 10 * SECOND);
        replica.place(shelf.tables.generation(), LONG_AGO);
        shelf.write(tenant, id, "Dune");

        var view = replica.view(tenant, id, Demand.NONE);

        assertThat(Replica.text(view)).isEqualTo(json("Dune", 1));
        assertThat(view.stale()).isTrue();
        assertThat(view.provenMicros()).isEqualTo(shelf.tables.applied.get(STOCK));
        assertThatThrownBy(() -> replica.view(tenant, id, maxAge(2)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));
        assertThat(replica.view(tenant, id, maxAge(3_600)).stale()).isTrue();

        shelf.tables.applied = Map.of(STOCK, replica.clock.nowMicros() + 3_600 * SECOND); // however long the read takes
        assertThat(replica.view(tenant, id, maxAge(2)).stale()).isFalse();
    }

    @Test
    void givenAForeignSourceThatLagsAndAnEntryAsNewAsTheTables_thenTheTablesAreNotAsked() {
        shelf.foreign = Set.of(new AggregateType("inventory", "other"));
        replica = replica(Replica.Settings.DEFAULT, Duration.ZERO);
        store(shelf.write(tenant, id, "Dune"), "Dune"); // the position names no foreign source, so none is known

        var view = replica.view(tenant, id, Demand.NONE);

        assertThat(Replica.text(view)).isEqualTo(json("Dune", 1));
        assertThat(view.stale()).isTrue();
        assertThat(view.provenMicros()).isZero();
        assertThat(shelf.loads).hasValue(0);
        assertThatThrownBy(() -> replica.view(tenant, id, maxAge(3_600)))
                .as("of an age that is not known")
                .isInstanceOf(Problem.class);
    }

    @Test
    void givenAForeignSourceThatLagsAndAPositionThatStandsStill_thenWhatWasFilledVouchesForItself() {
        shelf.foreign = Set.of(new AggregateType("inventory", "other"));
        replica = replica(Replica.Settings.DEFAULT, Duration.ZERO);
        replica.place(shelf.tables.generation(), LONG_AGO);
        shelf.write(tenant, id, "Dune");

        replica.view(tenant, id, Demand.NONE);
        eventually(() -> assertThat(version()).isEqualTo(1));

        eventually(
                () -> { // within the time for which a fill vouches
                    int loads = shelf.loads.get();
                    assertThat(replica.view(tenant, id, Demand.NONE).stale()).isTrue();
                    assertThat(shelf.loads).hasValue(loads);
                });
    }

    @Test
    void givenAnAgeThatARequestDemands_thenWhatIsOlderIsReadAnew() {
        store(shelf.write(tenant, id, "Dune"), "Dune");
        replica.place(shelf.tables.generation(), Duration.ofMillis(-1_200));
        shelf.write(tenant, id, "Emma");

        assertThat(Replica.text(replica.view(tenant, id, maxAge(1)))).isEqualTo(json("Emma", 2));
    }

    @Test
    void givenAClockThatIsWrong_thenNothingIsTakenFromRedis() {
        store(shelf.write(tenant, id, "Dune"), "Dune");
        shelf.write(tenant, id, "Emma");
        long now = replica.clock.nowMicros();

        replica.clock.compare(now, now + SECOND, now);
        assertThat(replica.clock.reason()).contains("differs");
        assertThat(replica.read(tenant, id)).isEqualTo(json("Emma", 2));
        assertThat(replica.count("book", "bypass")).isEqualTo(1);

        replica.clock.compare(now, now + 50_000, now);
        assertThat(replica.clock.reason()).isNull();
        assertThat(replica.read(tenant, id)).isEqualTo(json("Dune", 1));
    }

    @Test
    void givenAnotherGeneration_thenAReaderWhoseCopyIsOldAsksForItOnce() {
        var old = shelf.tables.generation();
        var other = replica(Replica.Settings.DEFAULT, Duration.ZERO);
        replica.newGeneration();
        store(shelf.write(tenant, id, "Dune"), "Dune");
        drop(old);

        assertThat(other.read(tenant, id)).isEqualTo(json("Dune", 1));
        assertThat(other.read(tenant, id)).isEqualTo(json("Dune", 1));

        assertThat(shelf.tables.doubts).hasValue(1);
        assertThat(shelf.loads).hasValue(0);
    }

    @Test
    void givenAPutIntoAGenerationThatIsOver_thenNobodyReadsIt() {
        var old = replica.names();
        var late = replica.change(tenant, id, "late");
        replica.newGeneration();
        shelf.write(tenant, id, "Emma");
        assertThat(replica.read(tenant, id)).isEqualTo(json("Emma", 2));
        eventually(() -> assertThat(version()).isEqualTo(2));

        replica.writeThrough.committed(tenant, List.of(late), old, replica.clock.nowMicros());

        eventually(() -> assertThat(replica.entries.pendingPuts().isEmpty()).isTrue());
        assertThat(replica.read(tenant, id)).isEqualTo(json("Emma", 2));
    }

    @Test
    void givenAHit_thenItIsProvenByTheWatermarkOrByItself() {
        store(shelf.write(tenant, id, "Dune"), "Dune");
        assertThat(replica.view(tenant, id, Demand.NONE).provenMicros()).isEqualTo(applied());

        replica.place(shelf.tables.generation(), LONG_AGO);
        long before = replica.clock.nowMicros() - 2_000;
        var order = shelf.write(tenant, id, "Emma");
        replica.apply(tenant, List.of(Replica.event(tenant, id, order, "Emma", Instant.now())));
        assertThat(replica.view(tenant, id, Demand.NONE).provenMicros()).isBetween(before, replica.clock.nowMicros());
    }

    /** As an updater does, of what was written long ago: so nothing but the watermark proves it. */
    private void store(Order order, String name) {
        replica.apply(tenant, List.of(Replica.event(tenant, id, order, name, Instant.EPOCH)));
    }

    private Demand seen(Order order) {
        var aggregate = new AggregateVersions.Aggregate(Shelf.BOOK.name(), id);
        return new Demand(new AggregateVersions(Map.of(aggregate, order)), null);
    }

    private static Demand maxAge(int seconds) {
        return new Demand(AggregateVersions.NONE, Duration.ofSeconds(seconds));
    }

    private void drop(Generation generation) {
        var names = replica.generations.names(generation);
        for (int shard = 0; shard < replica.keys.shards(); shard++) {
            RedisClients.await(replica.log.drop(names, shard, 1));
        }
    }

    private long applied() {
        var name = new String(replica.names().position(shard(), 0), UTF_8);
        return PositionText.ownMicros(call(replica.redis, "GET", name));
    }

    private @Nullable Long version() {
        var name = ViewKeys.key(replica.names().data(shard()), ViewKeys.kind("book"), ViewKeys.name(tenant, id));
        return call(replica.redis, "GET", name) instanceof Reply.Bulk entry ? entry.number(5, 15) : null;
    }

    private int shard() {
        return replica.keys.shard(ViewKeys.name(tenant, id));
    }
}
