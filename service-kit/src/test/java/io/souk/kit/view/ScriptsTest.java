package io.souk.kit.view;

import io.souk.kit.event.Order;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisSettings;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.OwnServer;
import io.souk.testing.Tenants;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import static io.souk.kit.redis.RedisClients.await;
import static io.souk.kit.redis.RedisClients.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The scripts against a real Redis: each branch, and random sequences beside a model of the rules. */
class ScriptsTest {
    private static final int SEQUENCES = 300;
    private static final int STEPS = 40;

    private static OwnServer server;
    private static Vertx vertx;
    private static Replica replica;
    private static KnownKind<Shelf.Book> kind;

    private final TenantId tenant = new TenantId(Tenants.fresh());
    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void start() {
        server = OwnServer.redis();
        vertx = Vertx.vertx();
        var shelf = new Shelf("book");
        replica = new Replica(vertx, RedisSettings.of(server), Replica.Settings.DEFAULT, shelf, new Shelf("cover"));
        RedisClients.awaitReady(replica.redis);
        kind = replica.kinds.known(shelf);
    }

    @AfterAll
    static void stop() {
        replica.close();
        vertx.close();
        server.close();
    }

    @Test
    void givenNothing_thenEachScriptStores() {
        assertThat(apply(1, "one")).isTrue();
        assertThat(data()).isEqualTo("one");
        assertThat(floor()).isEqualTo(1);

        loseAll();
        assertThat(put(2, "two")).isTrue();
        assertThat(data()).isEqualTo("two");

        loseAll();
        assertThat(fill(3, "three")).isTrue();
        assertThat(data()).isEqualTo("three");
        assertThat(floor()).isEqualTo(3);

        loseAll();
        assertThat(fillAbsent()).isTrue();
        assertThat(data()).isEqualTo("absent");
        assertThat(floor()).isZero();
    }

    @Test
    void givenANewerFloor_thenNothingOlderIsStored() {
        apply(5, "five");

        assertThat(apply(4, "four")).isFalse();
        assertThat(put(4, "four")).isFalse();
        assertThat(fill(4, "four")).isFalse();
        assertThat(fillAbsent()).isFalse();
        assertThat(data()).isEqualTo("five");
    }

    @Test
    void givenTheSameOrder_thenOnlyAFillWritesAgain() {
        apply(5, "five");

        assertThat(apply(5, "again")).isFalse();
        assertThat(put(5, "again")).isFalse();
        assertThat(data()).isEqualTo("five");
        assertThat(fill(5, "filled")).isTrue();
        assertThat(data()).isEqualTo("filled");
    }

    @Test
    void givenEvictedData_thenTheFloorStillHoldsAndTheSameOrderComesBack() {
        apply(5, "five");
        evict();

        assertThat(apply(4, "four")).isFalse();
        assertThat(put(4, "four")).isFalse();
        assertThat(fill(4, "four")).isFalse();
        assertThat(fillAbsent()).isFalse();
        assertThat(data()).isNull();

        assertThat(put(5, "five")).isTrue();
        evict();
        assertThat(apply(5, "five")).isTrue();
        evict();
        assertThat(fill(5, "five")).isTrue();
        assertThat(data()).isEqualTo("five");
    }

    @Test
    void givenALease_thenOnlyItsHolderFillsAndOnlyOnce() {
        assertThat(take("mine")).isTrue();
        assertThat(take("theirs")).isFalse();

        assertThat(fill(1, "one", "theirs")).isFalse();
        assertThat(data()).isNull();
        assertThat(fill(1, "one", "mine")).isTrue();
        assertThat(fill(1, "again", "mine")).isFalse();
        assertThat(data()).isEqualTo("one");
        assertThat(take("theirs")).isFalse(); // no need of it
        evict();
        assertThat(take("theirs")).isTrue();
    }

    @Test
    void givenALease_thenWhatIsStoredFromElsewhereEndsIt() {
        take("mine");
        put(2, "two");
        assertThat(fill(2, "late", "mine")).isFalse();
        claim(id, "mine", true);
        apply(3, "three");
        assertThat(fill(3, "late", "mine")).isFalse();
        assertThat(data()).isEqualTo("three");
        claim(id, "mine", true);
        await(replica.entries.invalidate(kind, tenant, id, new Order(1, 4)));
        assertThat(fill(4, "late", "mine")).isFalse();
        assertThat(data()).isNull();
    }

    @Test
    void givenALease_thenItCanBeTakenOverAndBeGivenBackByItsHolderAlone() {
        take("mine");
        assertThat(claim(id, "theirs", true)).isTrue();

        assertThat(await(replica.entries.giveLeaseBack(kind, tenant, id, "mine")))
                .isFalse();
        assertThat(take("third")).isFalse();
        assertThat(await(replica.entries.giveLeaseBack(kind, tenant, id, "theirs")))
                .isTrue();
        assertThat(data()).isNull();
        assertThat(floor()).isZero();
        assertThat(take("third")).isTrue();
    }

    @Test
    void givenATombstone_thenNothingOlderRisesAgain() {
        apply(1, "one");
        var gone = new Order(1, 2);
        assertThat(await(replica.entries.apply(kind, tenant, id, gone, Entry.tombstone(gone))))
                .isTrue();

        assertThat(put(1, "one")).isFalse();
        assertThat(fill(1, "one")).isFalse();
        assertThat(data()).isEqualTo("gone");
        assertThat(put(3, "again")).isTrue();
    }

    @Test
    void givenAnInvalidEvent_thenTheEntryGoesAndNothingOlderComesBack() {
        apply(1, "one");

        await(replica.entries.invalidate(kind, tenant, id, new Order(1, 2)));

        assertThat(data()).isNull();
        assertThat(floor()).isEqualTo(2);
        assertThat(fill(1, "one")).isFalse();
        assertThat(fill(2, "two")).isTrue();
    }

    @Test
    void givenAnInvalidEventOfUnknownOrder_thenTheEntryGoesAndTheFloorStays() {
        await(replica.entries.invalidate(kind, tenant, id, null));
        assertThat(floor()).isZero();
        apply(3, "three");

        await(replica.entries.invalidate(kind, tenant, id, null));

        assertThat(data()).isNull();
        assertThat(floor()).isEqualTo(3);
        assertThat(fill(2, "two")).isFalse();
        assertThat(fill(3, "three")).isTrue();
    }

    @Test
    void givenAnOlderInvalidEvent_thenTheFloorStaysWhereItIs() {
        apply(7, "seven");

        await(replica.entries.invalidate(kind, tenant, id, new Order(1, 2)));

        assertThat(data()).isNull();
        assertThat(floor()).isEqualTo(7);
    }

    @Test
    void givenAHigherEpoch_thenItWinsOverAnyVersion() {
        apply(999_999_999_999_999L, "last");
        var restored = new Order(2, 1);

        assertThat(await(replica.entries.apply(kind, tenant, id, restored, Entry.live(restored, bytes("restored")))))
                .isTrue();
        assertThat(data()).isEqualTo("restored");
    }

    @Test
    void givenStoredData_thenItHasALifetimeAndTheFloorHasNone() {
        apply(1, "one");

        assertThat(ttl(key("d"))).isBetween(9 * 60_000L, 10 * 60_000L);
        assertThat(ttl(key("f"))).isEqualTo(-1);
        claim(id, "mine", true);
        assertThat(ttl(key("l"))).isBetween(1L, 3_000L);

        loseAll();
        fillAbsent();
        assertThat(ttl(key("d"))).isBetween(1L, 7_500L);
    }

    /** Random steps beside a model; a seed that fails is in the message and replays. */
    @Test
    void givenRandomSequences_thenRedisAgreesWithTheRules() {
        long first = Long.getLong("souk.seed", System.nanoTime());
        for (long seed = first; seed < first + SEQUENCES; seed++) {
            runSequence(seed);
        }
    }

    private void runSequence(long seed) {
        var random = new Random(seed);
        var key = new UUID(seed, random.nextLong());
        var model = new Model();
        var said = new ArrayList<String>();
        for (int step = 0; step < STEPS; step++) {
            int order = random.nextInt(1, 6);
            var token = random.nextBoolean() ? "mine" : "theirs";
            var action = Step.values()[random.nextInt(Step.values().length)];
            said.add(action + " " + order + " " + token);
            var expected = model.take(action, order, token);
            var actual = take(action, key, order, token);
            assertThat(actual).as("seed %d: %s", seed, said).isEqualTo(expected);
            assertThat(data(key)).as("seed %d: %s", seed, said).isEqualTo(model.data);
            assertThat(floor(key)).as("seed %d: %s", seed, said).isEqualTo(model.floor);
            assertThat(lease(key)).as("seed %d: %s", seed, said).isEqualTo(model.lease);
        }
    }

    private enum Step {
        APPLY,
        APPLY_GONE,
        PUT,
        LEASE,
        LEASE_OVER,
        GIVE_BACK,
        FILL,
        FILL_ABSENT,
        INVALIDATE,
        EVICT
    }

    /** The protocol, section 4, in Java, without positions. A floor of 0 is none. */
    private static final class Model {
        private long floor;
        private @Nullable String data;
        private @Nullable String lease;

        boolean take(Step step, int order, String token) {
            return switch (step) {
                case APPLY, PUT -> store(order, "v" + order);
                case APPLY_GONE -> store(order, "gone");
                case LEASE -> data == null && lease == null && lease(token);
                case LEASE_OVER -> lease(token);
                case GIVE_BACK -> token.equals(lease) && lease(null);
                case FILL -> token.equals(lease) && lease(null) && order >= floor && set(order, "v" + order);
                case FILL_ABSENT -> token.equals(lease) && lease(null) && floor == 0 && set(0, "absent");
                case INVALIDATE -> lease(null) && set(Math.max(floor, order), null);
                case EVICT -> set(floor, null);
            };
        }

        private boolean store(int order, String value) {
            return (order > floor || (order == floor && data == null)) && lease(null) && set(order, value);
        }

        private boolean lease(@Nullable String token) {
            lease = token;
            return true;
        }

        private boolean set(long newFloor, @Nullable String newData) {
            floor = newFloor;
            data = newData;
            return true;
        }
    }

    private boolean take(Step step, UUID key, int version, String token) {
        var order = new Order(1, version);
        var live = Entry.live(order, bytes("v" + version));
        return switch (step) {
            case APPLY -> await(replica.entries.apply(kind, tenant, key, order, live));
            case APPLY_GONE -> await(replica.entries.apply(kind, tenant, key, order, Entry.tombstone(order)));
            case PUT -> await(replica.entries.put(kind, tenant, key, order, live));
            case LEASE -> claim(key, token, false);
            case LEASE_OVER -> claim(key, token, true);
            case GIVE_BACK -> await(replica.entries.giveLeaseBack(kind, tenant, key, token));
            case FILL -> await(replica.entries.fill(kind, tenant, key, token, order, live));
            case FILL_ABSENT -> await(replica.entries.fillAbsent(kind, tenant, key, token));
            case INVALIDATE -> await(replica.entries.invalidate(kind, tenant, key, order));
            case EVICT -> {
                call(replica.redis, "DEL", key("d", key));
                yield true;
            }
        };
    }

    private boolean apply(long version, String text) {
        var order = new Order(1, version);
        return await(replica.entries.apply(kind, tenant, id, order, Entry.live(order, bytes(text))));
    }

    private boolean put(long version, String text) {
        var order = new Order(1, version);
        return await(replica.entries.put(kind, tenant, id, order, Entry.live(order, bytes(text))));
    }

    /** Takes the lease, whatever is there, and fills. */
    private boolean fill(long version, String text) {
        return claim(id, "filler", true) && fill(version, text, "filler");
    }

    private boolean fill(long version, String text, String token) {
        var order = new Order(1, version);
        return await(replica.entries.fill(kind, tenant, id, token, order, Entry.live(order, bytes(text))));
    }

    private boolean fillAbsent() {
        return claim(id, "filler", true) && await(replica.entries.fillAbsent(kind, tenant, id, "filler"));
    }

    private boolean take(String token) {
        return claim(id, token, false);
    }

    /** Whether the token has the lease; what else comes of it must fit what is there. */
    private boolean claim(UUID aggregate, String token, boolean over) {
        var key = new ViewKey(kind.name(), tenant, aggregate);
        var there = over ? null : data(aggregate);
        var leases = await(replica.entries.claim(List.of(key), token, over));
        var found = leases.found().get(key);
        assertThat(found == null ? null : Replica.text(found)).isEqualTo(there);
        assertThat(leases.taken().size() + leases.held().size()).isEqualTo(there == null ? 1 : 0);
        return leases.taken().contains(key);
    }

    private void evict() {
        call(replica.redis, "DEL", key("d"));
    }

    private void loseAll() {
        call(replica.redis, "FLUSHALL");
    }

    private @Nullable String data() {
        return data(id);
    }

    private @Nullable String data(UUID key) {
        return call(replica.redis, "GET", key("d", key)) instanceof Reply.Bulk entry
                ? Replica.text(java.util.Objects.requireNonNull(Entry.view(entry)))
                : null;
    }

    private long floor() {
        return floor(id);
    }

    private long floor(UUID key) {
        return call(replica.redis, "GET", key("f", key)) instanceof Reply.Bulk floor
                ? Long.parseLong(floor.text().substring(5))
                : 0;
    }

    private @Nullable String lease(UUID key) {
        return call(replica.redis, "GET", key("l", key)) instanceof Reply.Bulk token ? token.text() : null;
    }

    private static long ttl(String key) {
        return call(replica.redis, "PTTL", key) instanceof Reply.Whole(long millis) ? millis : Long.MIN_VALUE;
    }

    private String key(String part) {
        return key(part, id);
    }

    private String key(String part, UUID aggregate) {
        int shard = replica.keys.shard(ViewKeys.name(tenant, aggregate));
        return "{catalog:%d}%s:book:%s/%s".formatted(shard, part, tenant, aggregate);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
