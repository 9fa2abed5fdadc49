package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Freshness;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisSettings;
import io.souk.testing.OwnServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The scripts on a real Redis do what the model does that the simulator proves the protocol with. */
class ScriptsAgreeTest {
    private static final int SEQUENCES = 10_000;
    private static final int STEPS = 30;

    private static OwnServer server;
    private static Vertx vertx;
    private static PipelinedRedis redis;

    @BeforeAll
    static void start() {
        server = OwnServer.redis();
        vertx = Vertx.vertx();
        redis = RedisClients.ready(vertx, RedisSettings.of(server).withCommandTimeout(Duration.ofSeconds(20)));
        new RealCache(redis).load();
    }

    @AfterAll
    static void stop() {
        RedisClients.close(redis);
        vertx.close();
        server.close();
    }

    /** A seed that fails is in the message, with what was done. */
    @Test
    void givenGeneratedSequences_thenAnswersAndKeysAreThoseOfTheModel() {
        long first = Long.getLong("souk.sim.seed", 0);
        for (long seed = first; seed < first + SEQUENCES; seed++) {
            new Sequence(seed).run();
        }
    }

    @Test
    void givenAnEntry_thenPositionAndFloorLiveForEverAndDataAndLeaseDoNot() {
        var cache = new RealCache(redis);
        var g = generation(-1);
        var one = new Order(1, 1);
        RedisClients.await(cache.place(g, Position.START));
        RedisClients.await(cache.put(g, 0, version(0, one, new Entry.Tombstone<>(one, AsOf.own(1)))));
        RedisClients.await(cache.takeLease(g, 0, "token"));

        var lifetimes = cache.lifetimes(g, 0);

        assertThat(lifetimes.get(0)).isEqualTo(-1);
        assertThat(lifetimes.get(1)).isPositive();
        assertThat(lifetimes.get(2)).isEqualTo(-1);
        assertThat(lifetimes.get(3)).isPositive();
    }

    private enum Step {
        PLACE,
        DROP,
        EVICT,
        APPLY,
        PUT,
        LEASE,
        CLAIM,
        FILL,
        MEND
    }

    /** One sequence on a generation of its own: the model goes ahead, since what comes next depends on where it stands. */
    private static final class Sequence {
        private static final Step[] OFTEN = {
            Step.PLACE,
            Step.DROP,
            Step.EVICT,
            Step.EVICT,
            Step.APPLY,
            Step.APPLY,
            Step.APPLY,
            Step.APPLY,
            Step.PUT,
            Step.PUT,
            Step.LEASE,
            Step.CLAIM,
            Step.CLAIM,
            Step.MEND,
            Step.FILL,
            Step.FILL,
            Step.FILL
        };

        private final long seed;
        private final Dice dice;
        private final Generation g;
        private final CacheModel<String> model = new CacheModel<>(Set.of());
        private final RealCache real = new RealCache(redis);
        private final List<String> said = new ArrayList<>();
        private final List<String> expected = new ArrayList<>();
        private final List<Future<String>> actual = new ArrayList<>();
        private String token = "none";

        Sequence(long seed) {
            this.seed = seed;
            dice = new Dice(seed);
            g = generation(seed);
        }

        void run() {
            if (!dice.oneIn(10)) {
                place();
            }
            for (int step = 0; step < STEPS; step++) {
                int key = dice.below(2);
                take(OFTEN[dice.below(OFTEN.length)], key);
                expected.add(modelsKeys(key).toString());
                actual.add(real.look(g, key).map(Object::toString));
            }
            var answers = actual.stream().map(RedisClients::await).toList();
            assertThat(answers).as("seed %d: %s", seed, said).isEqualTo(expected);
        }

        private void take(Step step, int key) {
            switch (step) {
                case PLACE -> place();
                case DROP -> {
                    model.drop(g);
                    done("drop", real.drop(g));
                }
                case EVICT -> {
                    model.evict(key);
                    done("evict " + key, real.evict(g, key));
                }
                case APPLY -> apply(key);
                case PUT -> {
                    var version = version(key);
                    both("put " + version, model.put(g, 0, version).name(), real.put(g, key, version));
                }
                case LEASE -> {
                    token = Integer.toString(dice.below(100));
                    both(
                            "lease %d %s".formatted(key, token),
                            Boolean.toString(model.takeLease(g, key, token)),
                            real.takeLease(g, key, token).map(String::valueOf));
                }
                case CLAIM -> claim(key);
                case FILL -> fill(key);
                case MEND -> mend(key);
            }
        }

        private void place() {
            var position = new Position(dice.below(5), watermarks());
            model.place(g, 0, false, position);
            done("place " + position, real.place(g, position));
        }

        private void apply(int key) {
            var position = model.position(g, 0);
            long prev = position == null || dice.oneIn(6) ? dice.below(5) : position.offset();
            long offset = prev + dice.between(1, 3);
            LogRecord<Version<String>> record =
                    switch (dice.below(5)) {
                        case 0 -> new LogRecord.Heartbeat<>(watermarks());
                        case 1 -> new LogRecord.Undecodable<>(version(key));
                        default -> new LogRecord.Change<>(version(key));
                    };
            both(
                    "apply %d %d %s".formatted(prev, offset, record),
                    Text.of(model.apply(g, 0, prev, offset, record)),
                    real.apply(g, key, prev, offset, record));
        }

        /** By a reader who saw what is there, or something else. */
        private void claim(int key) {
            token = Integer.toString(dice.below(100));
            var seen = dice.oneIn(3) ? version(key).entry() : dice.oneIn(6) ? null : model.data(g, key);
            boolean over = dice.oneIn(5);
            both(
                    "claim %s %s having seen %s".formatted(token, over ? "over" : "", seen),
                    Text.of(model.claim(g, 0, key, token, seen, over)),
                    real.claim(g, key, token, seen, over));
        }

        private void mend(int key) {
            var seen = dice.oneIn(4) ? null : model.data(g, key);
            var floor = dice.oneIn(5) ? null : model.floor(g, key);
            var order = dice.oneIn(4) ? null : version(key).order();
            both(
                    "mend %s at %s to %s".formatted(seen, floor, order),
                    model.mend(g, 0, key, seen, floor, order).name(),
                    real.mend(g, key, seen, floor, order));
        }

        private void fill(int key) {
            var held = model.lease(g, key);
            var mine = held == null || dice.oneIn(5) ? token : held;
            var version = version(key);
            Entry<String> entry = dice.oneIn(4) ? new Entry.Absent<>(asOf()) : version.entry();
            var order = CacheModel.orderOf(entry);
            both(
                    "fill %s %s".formatted(mine, entry),
                    model.fill(g, 0, key, mine, order, entry, "").name(),
                    real.fill(g, key, mine, order, entry));
        }

        private void both(String what, String models, Future<String> reals) {
            said.add(what);
            expected.add(models);
            actual.add(reals);
        }

        private void done(String what, Future<?> command) {
            both(what, "", command.map(_ -> ""));
        }

        private List<@Nullable String> modelsKeys(int key) {
            var position = model.position(g, 0);
            var data = model.data(g, key);
            var floor = model.floor(g, key);
            return Arrays.asList(
                    position == null ? null : Text.of(position),
                    data == null ? null : Text.of(data),
                    floor == null ? null : Text.of(floor),
                    model.lease(g, key));
        }

        private Version<String> version(int key) {
            var order = new Order(dice.oneIn(8) ? 2 : 1, dice.between(1, 5));
            Entry<String> entry = dice.oneIn(3)
                    ? new Entry.Tombstone<>(order, asOf())
                    : new Entry.Live<>(order, asOf(), Freshness.FOR_EVER, "body" + dice.below(9));
            return ScriptsAgreeTest.version(key, order, entry);
        }

        private AsOf asOf() {
            return dice.oneIn(2) ? AsOf.own(dice.below(9)) : new AsOf(dice.below(9), dice.below(9));
        }

        private Watermarks watermarks() {
            return new Watermarks(
                    dice.below(9),
                    switch (dice.below(4)) {
                        case 0 -> Map.of();
                        case 1 -> Map.of("prices", (long) dice.below(9));
                        case 2 -> Map.of("stock", (long) dice.below(9));
                        default -> Map.of("stock", (long) dice.below(9), "prices", (long) dice.below(9));
                    });
        }
    }

    private static Version<String> version(int key, Order order, Entry<String> entry) {
        return new Version<>(key, order, entry, "");
    }

    /** A UUIDv7 of its own for each seed. */
    private static Generation generation(long seed) {
        return new Generation(new UUID(0x7000, Long.MIN_VALUE | (seed & 0x3fffffffffffffffL)));
    }
}
