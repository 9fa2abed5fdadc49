package io.souk.kit.protocol.sim;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.kit.event.Order;
import io.souk.kit.problem.Problem;
import io.souk.kit.protocol.WhyNot;
import io.souk.kit.protocol.sim.ReadModel.Given;
import io.souk.kit.protocol.sim.ReadModel.Without;
import io.souk.kit.protocol.sim.Situation.Aggregate;
import io.souk.kit.protocol.sim.Situation.Place;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisSettings;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.view.RealReads;
import io.souk.kit.view.RealReads.Lane;
import io.souk.kit.view.RealReads.TableRead;
import io.souk.kit.view.View;
import io.souk.testing.OwnServer;
import io.souk.testing.SoukServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The live reader, on a real Redis and real tables, decides what the reader does that the simulator proves the protocol with: where
 * the answer comes from, which version it is, whether and how old it is said to be, and what is left in Redis.
 */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class ReadsAgreeTest {
    private static final int SITUATIONS = 5_000;

    /** In so many of them every rule that is left out shows. */
    private static final int FEW = 1_000;

    private static final int AT_A_TIME = 50;

    /** So many disagreements are told. */
    private static final int ENOUGH = 5;

    /** How often each thing that may become of a place must have become of one. */
    private static final int OFTEN = 50;

    /** For a reader who waits in vain. */
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(10);

    private static final Duration MORE_PATIENCE = Duration.ofSeconds(1);

    private static final String GENERATIONS = """
            insert into cache_generation (layout, id)
            select * from unnest($1::text[], $2::uuid[])
            on conflict (layout) do update set id = excluded.id
            """;

    private static final String FORGET_GENERATIONS = "delete from cache_generation where layout = any($1::text[])";

    private static final String WATERMARKS = """
            insert into source_watermark (consumer, topic, shard, read_offset, watermark)
            select consumer, topic, shard, 0, watermark
              from unnest($1::text[], $2::text[], $3::bigint[]) as told (consumer, topic, watermark),
                   generate_series(0, $4::int - 1) as shard
            on conflict (consumer, topic, shard) do update set watermark = excluded.watermark
            """;

    private static final String ROWS = """
            insert into thing (tenant, id, name, version)
            select $1, row.* from unnest($2::uuid[], $3::text[], $4::bigint[]) as row
            on conflict (tenant, id) do update set name = excluded.name
            """;

    /** One that is not there. */
    private static final String NOBODY = "redis://127.0.0.1:1";

    @Inject
    Vertx vertx;

    @Inject
    Transactions transactions;

    private OwnServer server;
    private PipelinedRedis redis;
    private PipelinedRedis nobody;
    private final List<Lane> lanes = new ArrayList<>();

    @BeforeEach
    void start() {
        server = OwnServer.redis();
        var settings = RedisSettings.of(server).withCommandTimeout(PATIENCE);
        redis = RedisClients.ready(vertx, settings);
        new RealCache(redis).load();
        nobody = RedisClients.client(vertx, settings.withUrl(NOBODY), new SimpleMeterRegistry());
        var real = new RealReads(vertx, redis, nobody, transactions);
        IntStream.range(0, AT_A_TIME).forEach(_ -> lanes.add(real.lane()));
    }

    @AfterEach
    void stop() {
        RedisClients.close(nobody);
        RedisClients.close(redis);
        server.close();
        transactions
                .asWorker(sql -> sql.preparedQuery(FORGET_GENERATIONS)
                        .execute(Tuple.of(layouts()))
                        .replaceWithVoid())
                .await()
                .atMost(PATIENCE);
    }

    private static String[] layouts() {
        return IntStream.range(0, AT_A_TIME).mapToObj(ReadsAgreeTest::layout).toArray(String[]::new);
    }

    private static String layout(int lane) {
        return "generated-" + lane;
    }

    /** A seed that fails is in the message, with the situation. */
    @Test
    void givenGeneratedSituations_thenTheLiveReaderDecidesAsTheModelDoes() {
        long first = Long.getLong("souk.sim.seed", 0);
        var tenant = new TenantId("reads-agree");
        var reached = new TreeMap<String, Integer>();
        var disagreements = new ArrayList<String>();
        int readTwice = 0;

        for (long seed = first; seed < first + SITUATIONS && disagreements.size() < ENOUGH; seed += AT_A_TIME) {
            for (var seen : read(seed, tenant)) {
                var model = new ReadModel(seen.situation(), Without.NOTHING);
                if (!differences(seen, model).isEmpty()) {
                    readTwice++;
                    disagreements.addAll(differencesAgain(seen));
                }
                model.reached.forEach((what, times) -> reached.merge(what, times, Integer::sum));
            }
        }
        reached.put("found with the lease", (int)
                lanes.stream().mapToLong(Lane::found).sum());

        assertThat(disagreements).isEmpty();
        assertThat(readTwice).as("situations that were read twice").isLessThan(SITUATIONS / 10);
        assertThat(reached)
                .containsKeys(
                        Arrays.stream(WhyNot.values()).map(WhyNot::toString).toArray(String[]::new))
                .containsKeys("hit", "doubt", "lost", "no answer", "ahead of Redis", "waited for")
                .containsKeys("taken", "held", "fill OK", "fill OLD", "served", "served as stale", "refused")
                .allSatisfy((_, times) -> assertThat(times).isGreaterThanOrEqualTo(OFTEN));
    }

    /**
     * In what they differ even when the reader has more time, since a pause of this process is longer than the shortest patience, and
     * when all that is on its way to Redis has come there.
     */
    private List<String> differencesAgain(Seen seen) {
        var situation = new Situation(seen.situation().seed, seen.situation().tenant, seen.situation().layout);
        write(List.of(situation), situation.tenant);
        var again = RedisClients.await(seen.lane().on(() -> read(seen.lane(), situation, MORE_PATIENCE)));
        var last = new AtomicReference<List<String>>(List.of());
        try {
            eventually(Duration.ofMillis(500), () -> {
                var left = RedisClients.await(again.lane().on(() -> left(again.lane(), situation)));
                last.set(differences(again.leaving(left), new ReadModel(situation, Without.NOTHING)));
                assertThat(last.get()).isEmpty();
            });
            return List.of();
        } catch (AssertionError _) {
            return last.get().stream()
                    .map(difference -> difference + "\n" + situation)
                    .toList();
        }
    }

    @Test
    void givenAModelWithoutOneOfItsRules_thenTheyDisagree() {
        var tenant = new TenantId("reads-disagree");
        var seen = Stream.iterate(0L, seed -> seed < FEW, seed -> seed + AT_A_TIME)
                .flatMap(seed -> read(seed, tenant).stream())
                .filter(one -> agreeWithout(Without.NOTHING, one))
                .toList();

        assertThat(seen).hasSizeGreaterThan(FEW / 2);
        assertThat(Without.values())
                .filteredOn(without -> seen.stream().allMatch(one -> agreeWithout(without, one)))
                .containsExactly(Without.NOTHING);
    }

    private static boolean agreeWithout(Without rule, Seen seen) {
        return differences(seen, new ReadModel(seen.situation(), rule)).isEmpty();
    }

    /**
     * What the live reader did.
     *
     * @param views null when it failed
     * @param left of each entry in Redis, by generation and place
     */
    private record Seen(
            Situation situation,
            Lane lane,
            @Nullable Map<UUID, List<View>> views,
            @Nullable Throwable failure,
            Map<RealReads.Place, TableRead> read,
            Map<String, Long> counts,
            List<List<@Nullable String>> left) {
        boolean isRefused() {
            return failure instanceof Problem problem
                    && problem.status() == 503
                    && problem.getMessage().contains("older than you allow");
        }

        Given given(Place place) {
            var views = Objects.requireNonNull(this.views).get(place.aggregate().id());
            var view = Objects.requireNonNull(views).get(situation.kinds.indexOf(place.kind()));
            return ReadModel.given(view, read.containsKey(place.real()), situation.now);
        }

        long beganMicros(Place place) {
            var began = read.get(place.real());
            return began == null ? situation.now : began.beganMicros();
        }

        Seen leaving(List<List<@Nullable String>> others) {
            return new Seen(situation, lane, views, failure, read, counts, others);
        }
    }

    private static List<String> differences(Seen seen, ReadModel model) {
        var situation = seen.situation();
        var found = new ArrayList<String>();
        var told = new HashMap<Place, @Nullable Given>();
        situation.places.forEach(place -> told.put(place, model.read(place, seen.beganMicros(place))));
        if (told.containsValue(null) || seen.failure() != null) {
            if (!told.containsValue(null) || !seen.isRefused()) {
                found.add("given %s, and live %s"
                        .formatted(told, seen.failure() == null ? seen.views() : seen.failure()));
            }
        } else {
            situation.places.forEach(
                    place -> differ("place " + place.number(), told.get(place), seen.given(place), found));
        }
        if (!situation.waits()) { // what comes may be there before the first look
            differ("counts", model.counts, seen.counts(), found);
        }
        seen.read().forEach((place, read) -> differ("reads of " + place, 1, read.times(), found));
        differ("left", left(model, situation), seen.left(), found);
        return found;
    }

    private static void differ(String what, @Nullable Object models, @Nullable Object lives, Collection<String> found) {
        if (!Objects.equals(models, lives)) {
            found.add("%s: %s, and live %s".formatted(what, models, lives));
        }
    }

    private static List<List<@Nullable String>> left(ReadModel model, Situation situation) {
        return situation.generations().stream()
                .flatMap(g -> situation.places.stream().map(place -> model.keys(g, place)))
                .toList();
    }

    private List<Seen> read(long first, TenantId tenant) {
        var situations = IntStream.range(0, AT_A_TIME)
                .mapToObj(i -> new Situation(first + i, tenant, layout(i)))
                .toList();
        write(situations, tenant);
        var reads = IntStream.range(0, AT_A_TIME)
                .mapToObj(i -> lanes.get(i).on(() -> read(lanes.get(i), situations.get(i), LEAST_PATIENCE)))
                .toList();
        return reads.stream().map(RedisClients::await).toList();
    }

    private void write(List<Situation> situations, TenantId tenant) {
        var told = situations.stream()
                .flatMap(situation -> situation.applied.foreignMicros().entrySet().stream()
                        .map(source -> Map.entry(situation.layout, source)))
                .toList();
        transactions
                .asWorker(sql -> sql.preparedQuery(GENERATIONS)
                        .execute(Tuple.of(
                                situations.stream()
                                        .map(situation -> situation.layout)
                                        .toArray(String[]::new),
                                situations.stream()
                                        .map(situation -> situation.present.id())
                                        .toArray(UUID[]::new)))
                        .chain(() -> sql.preparedQuery(WATERMARKS)
                                .execute(Tuple.of(
                                        told.stream().map(Map.Entry::getKey).toArray(String[]::new),
                                        told.stream()
                                                .map(one -> one.getValue().getKey())
                                                .toArray(String[]::new),
                                        told.stream()
                                                .map(one -> one.getValue().getValue())
                                                .toArray(Long[]::new),
                                        RealReads.SHARDS)))
                        .replaceWithVoid())
                .await()
                .atMost(PATIENCE);
        var rows = situations.stream()
                .flatMap(situation -> situation.aggregates.stream())
                .filter(aggregate -> aggregate.row() != null)
                .toList();
        transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .preparedQuery(ROWS)
                                .execute(Tuple.of(
                                        tenant.value(),
                                        rows.stream().map(Aggregate::id).toArray(UUID[]::new),
                                        rows.stream()
                                                .map(one -> Objects.requireNonNull(one.row())
                                                        .name())
                                                .toArray(String[]::new),
                                        rows.stream()
                                                .map(one -> Objects.requireNonNull(one.order())
                                                        .version())
                                                .toArray(Long[]::new)))
                                .replaceWithVoid())
                .await()
                .atMost(PATIENCE);
    }

    private Future<Seen> read(Lane lane, Situation situation, Duration patience) {
        for (var g : situation.generations()) {
            situation
                    .positions
                    .getOrDefault(g, Map.of())
                    .forEach((shard, position) -> lane.place(g, shard, Text.of(position)));
            for (var place : situation.places) {
                var cell = situation.cell(g, place);
                lane.write(
                        g,
                        situation.tenant,
                        place.real(),
                        cell.data(),
                        cell.floor() == null ? null : cell.floor().sortable(),
                        cell.leased() ? ReadModel.ANOTHERS : null);
            }
        }
        var ahead = situation.places.stream()
                .filter(Place::ahead)
                .map(place -> lane.putAhead(situation.tenant, place.real(), situation.redisIsAway))
                .toList();
        var tokens = new HashMap<UUID, Order>();
        situation.aggregates.forEach(aggregate -> {
            if (aggregate.token() != null) {
                tokens.put(aggregate.id(), aggregate.token());
            }
        });
        var answer = lane.read(
                new RealReads.Setting(
                        situation.clockMillis,
                        situation.clockIsWrong,
                        situation.redisIsAway,
                        situation.copied(),
                        situation.layout,
                        situation.waits() ? PATIENCE : patience,
                        situation.waits() ? PATIENCE : LEAST_PATIENCE),
                situation.tenant,
                situation.aggregates.stream().map(Aggregate::id).toList(),
                situation.kinds.stream().map(kind -> kind.word).toList(),
                tokens,
                situation.maxAge);
        situation.places.forEach(place -> comes(lane, situation, place));
        return answer.transform(given -> {
            ahead.forEach(put -> put.complete(true));
            return left(lane, situation)
                    .map(left -> new Seen(
                            situation,
                            lane,
                            given.result(),
                            given.cause(),
                            lane.readFromTables(),
                            lane.counts(),
                            left));
        });
    }

    private void comes(Lane lane, Situation situation, Place place) {
        var version = place.comes();
        if (version == null) {
            return;
        }
        Runnable put = () ->
                lane.put(situation.present, situation.tenant, place.real(), version.order(), Text.of(version.entry()));
        if (situation.comesAfter == 0) {
            put.run();
        } else {
            vertx.setTimer(situation.comesAfter, _ -> put.run());
        }
    }

    private static Future<List<List<@Nullable String>>> left(Lane lane, Situation situation) {
        var looks = situation.generations().stream()
                .flatMap(g -> situation.places.stream().map(place -> lane.look(g, situation.tenant, place.real())))
                .toList();
        return Future.all(looks).map(_ -> looks.stream().map(Future::result).toList());
    }
}
