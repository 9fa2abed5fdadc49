package io.souk.kit.view;

import io.souk.kit.event.EventKey;
import io.souk.kit.event.Order;
import io.souk.kit.protocol.Applied;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisSettings;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.ViewEntries.Looked;
import io.souk.testing.OwnServer;
import io.souk.testing.Tenants;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.redis.RedisClients.await;
import static io.souk.kit.redis.RedisClients.call;
import static io.souk.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scripts as live code calls them, against a real Redis: each branch. Sequences of apply, put and fill are held against
 * the model in {@code ScriptsAgreeTest}.
 */
class ScriptsTest {
    private static OwnServer server;
    private static Vertx vertx;
    private static Replica replica;
    private static KnownKind<Shelf.Book> kind;
    private static KnownKind<Shelf.Book> other;

    private final TenantId tenant = new TenantId(Tenants.fresh());
    private final UUID id = UUID.randomUUID();
    private final ViewKey key = new ViewKey("book", tenant, id);
    private int shard;
    private Keyspace names;

    @BeforeAll
    static void start() {
        server = OwnServer.redis();
        vertx = Vertx.vertx();
        var shelf = new Shelf("book");
        var second = new Shelf("cover");
        replica = new Replica(vertx, RedisSettings.of(server), Replica.Settings.DEFAULT, shelf, second);
        RedisClients.awaitReady(replica.redis);
        kind = replica.kinds.known(shelf);
        other = replica.kinds.known(second);
    }

    @AfterAll
    static void stop() {
        replica.close();
        vertx.close();
        server.close();
    }

    @BeforeEach
    void newGeneration() {
        replica.newGeneration();
        names = replica.names();
        shard = replica.keys.shard(ViewKeys.name(tenant, id));
    }

    @Test
    void givenNothing_thenEachScriptStores() {
        apply(1, "one");
        assertThat(data()).isEqualTo("one");
        assertThat(floor()).isEqualTo(1);

        newGeneration();
        assertThat(put(2, "two")).isTrue();
        assertThat(data()).isEqualTo("two");

        newGeneration();
        assertThat(fill(3, "three")).isTrue();
        assertThat(data()).isEqualTo("three");
        assertThat(floor()).isEqualTo(3);

        newGeneration();
        assertThat(fillAbsent()).isTrue();
        assertThat(data()).isEqualTo("absent");
        assertThat(floor()).isZero();
    }

    @Test
    void givenANewerFloor_thenNothingOlderIsStored() {
        apply(5, "five");

        apply(4, "four");
        assertThat(put(4, "four")).isFalse();
        assertThat(fill(4, "four")).isFalse();
        assertThat(fillAbsent()).isFalse();
        assertThat(data()).isEqualTo("five");
    }

    @Test
    void givenTheSameOrder_thenOnlyAFillWritesAgain() {
        apply(5, "five");

        apply(5, "again");
        assertThat(put(5, "again")).isFalse();
        assertThat(data()).isEqualTo("five");
        assertThat(fill(5, "filled")).isTrue();
        assertThat(data()).isEqualTo("filled");
    }

    @Test
    void givenEvictedData_thenTheFloorStillHoldsAndTheSameOrderComesBack() {
        apply(5, "five");
        evict();

        apply(4, "four");
        assertThat(put(4, "four")).isFalse();
        assertThat(fill(4, "four")).isFalse();
        assertThat(fillAbsent()).isFalse();
        assertThat(data()).isNull();

        assertThat(put(5, "five")).isTrue();
        evict();
        apply(5, "five");
        assertThat(data()).isEqualTo("five");
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
    }

    @Test
    void givenDataThatTheReaderHasSeen_thenItsLeaseIsToBeHadAndOfOtherDataItIsTold() {
        apply(1, "one");
        var seen = new Looked(names, entry().first(Entry.SEEN));

        assertThat(claim("mine", Looked.nothing(names)).changed().keySet()).containsExactly(key);
        assertThat(claim("mine", seen).taken()).containsExactly(key);
        assertThat(claim("theirs", seen).held()).containsExactly(key);

        apply(2, "two");
        var told = claim("theirs", seen);
        assertThat(told.taken()).isEmpty();
        var changed = Objects.requireNonNull(told.changed().get(key));
        assertThat(Replica.text(Entry.view(changed.data(), 0, 0).view())).isEqualTo("two");
        assertThat(PositionText.ownMicros(changed.position())).isPositive();
    }

    @Test
    void givenALease_thenWhatIsStoredFromElsewhereEndsIt() {
        take("mine");
        put(2, "two");
        assertThat(fill(2, "late", "mine")).isFalse();
        takeOver("mine");
        apply(3, "three");
        assertThat(fill(3, "late", "mine")).isFalse();
        assertThat(data()).isEqualTo("three");
        takeOver("mine");
        apply(4, null);
        assertThat(fill(4, "late", "mine")).isFalse();
        assertThat(data()).isNull();
    }

    @Test
    void givenALease_thenItCanBeTakenOverAndBeGivenBackByItsHolderAlone() {
        take("mine");
        assertThat(takeOver("theirs")).isTrue();

        assertThat(await(replica.entries.giveLeaseBack(names, key, "mine"))).isFalse();
        assertThat(take("third")).isFalse();
        assertThat(await(replica.entries.giveLeaseBack(names, key, "theirs"))).isTrue();
        assertThat(data()).isNull();
        assertThat(floor()).isZero();
        assertThat(take("third")).isTrue();
    }

    @Test
    void givenATombstone_thenNothingOlderRisesAgain() {
        apply(1, "one");
        var gone = new Order(1, 2);
        apply(gone, List.of(new EntryUpdate.Made(kind, Entry.tombstone(gone, AsOf.own(1)))));

        assertThat(put(1, "one")).isFalse();
        assertThat(fill(1, "one")).isFalse();
        assertThat(data()).isEqualTo("gone");
        assertThat(put(3, "again")).isTrue();
    }

    @Test
    void givenARecordOfWhichNoEntryIsMade_thenTheEntryGoesAndNothingOlderComesBack() {
        apply(1, "one");

        apply(2, null);

        assertThat(data()).isNull();
        assertThat(floor()).isEqualTo(2);
        assertThat(fill(1, "one")).isFalse();
        assertThat(fill(2, "two")).isTrue();
    }

    @Test
    void givenAnOlderRecordOfWhichNoEntryIsMade_thenTheFloorStaysWhereItIs() {
        apply(7, "seven");

        apply(2, null);

        assertThat(data()).isNull();
        assertThat(floor()).isEqualTo(7);
    }

    @Test
    void givenARecordOfTwoKinds_thenEachEntryIsMadeOrGoesByItself() {
        var one = new Order(1, 1);
        apply(one, List.of(made(kind, one, "book"), made(other, one, "cover")));
        var two = new Order(1, 2);

        apply(two, List.of(made(kind, two, null), made(other, two, "blue")));

        assertThat(data()).isNull();
        assertThat(Replica.text(Entry.view(
                                (Reply.Bulk) Objects.requireNonNull(
                                        call(replica.redis, "GET", name(names.data(shard), other))),
                                0,
                                0)
                        .view()))
                .isEqualTo("blue");
        assertThat(fill(1, "late")).isFalse();
    }

    @Test
    void givenAHigherEpoch_thenItWinsOverAnyVersion() {
        apply(999_999_999_999_999L, "last");
        var restored = new Order(2, 1);

        apply(restored, List.of(made(kind, restored, "restored")));

        assertThat(data()).isEqualTo("restored");
    }

    @Test
    void givenStoredData_thenItHasALifetimeAndTheFloorHasNone() {
        apply(1, "one");

        assertThat(ttl(names.data(shard))).isBetween(9 * 60_000L, 10 * 60_000L);
        assertThat(ttl(names.floor(shard))).isEqualTo(-1);
        eventually(
                () -> { // before its time is over
                    await(replica.entries.claim(Map.of(key, Looked.nothing(names)), "mine", true));
                    assertThat(ttl(names.lease(shard))).isBetween(1L, 3_000L);
                });

        newGeneration();
        fillAbsent();
        assertThat(ttl(names.data(shard))).isBetween(1L, 90_000L);
    }

    @Test
    void givenAGenerationThatIsLost_thenNothingIsStoredInIt() {
        take("mine");
        call(replica.redis, "FLUSHALL");

        assertThat(put(1, "one")).isFalse();
        assertThat(fill(1, "one", "mine")).isFalse();
        assertThat(claim("mine", Looked.nothing(names)))
                .isEqualTo(new ViewEntries.Leases(java.util.Set.of(), java.util.Set.of(), Map.of()));
        assertThat(await(replica.log.apply(
                        names,
                        0,
                        shard,
                        0,
                        new Logged<>(1, new LogRecord.Change<>(update(new Order(1, 1), List.of()))))))
                .isEqualTo(new Applied.Gone());
        assertThat(data()).isNull();
        assertThat(floor()).isZero();
    }

    private void apply(long version, @Nullable String text) {
        var order = new Order(1, version);
        apply(order, List.of(made(kind, order, text)));
    }

    private void apply(Order order, List<EntryUpdate.Made> entries) {
        long at = Objects.requireNonNull(await(replica.log.position(names, 0, shard)))
                .offset();
        var record = new LogRecord.Change<>(update(order, entries));
        assertThat(await(replica.log.apply(names, 0, shard, at, new Logged<>(at + 1, record))))
                .isEqualTo(new Applied.Ok());
    }

    private EntryUpdate update(Order order, List<EntryUpdate.Made> entries) {
        return new EntryUpdate(new EventKey(tenant, id), order, entries, Map.of(), null);
    }

    private static EntryUpdate.Made made(KnownKind<?> kind, Order order, @Nullable String text) {
        return new EntryUpdate.Made(kind, text == null ? new byte[0] : live(order, text));
    }

    private static byte[] live(Order order, String text) {
        return Entry.live(order, AsOf.own(1), Long.MAX_VALUE, text.getBytes(UTF_8));
    }

    private boolean put(long version, String text) {
        var order = new Order(1, version);
        return await(replica.entries.put(names, key, order, live(order, text)));
    }

    /** Takes the lease, whatever is there, and fills. */
    private boolean fill(long version, String text) {
        return takeOver("filler") && fill(version, text, "filler");
    }

    private boolean fill(long version, String text, String token) {
        var order = new Order(1, version);
        return await(replica.entries.fill(names, key, token, order, live(order, text)));
    }

    private boolean fillAbsent() {
        return takeOver("filler") && await(replica.entries.fillAbsent(names, key, "filler", AsOf.own(1)));
    }

    private boolean take(String token) {
        return claim(token, Looked.nothing(names)).taken().contains(key);
    }

    /** What a test does under the lease may take longer than a reader may. */
    private void prolongLease() {
        call(replica.redis, "PEXPIRE", name(names.lease(shard), kind), 60_000);
    }

    private boolean takeOver(String token) {
        boolean taken = await(replica.entries.claim(Map.of(key, Looked.nothing(names)), token, true))
                .taken()
                .contains(key);
        prolongLease();
        return taken;
    }

    private ViewEntries.Leases claim(String token, Looked looked) {
        var leases = await(replica.entries.claim(Map.of(key, looked), token, false));
        prolongLease();
        return leases;
    }

    private void evict() {
        call(replica.redis, "DEL", name(names.data(shard), kind));
    }

    private @Nullable String data() {
        return call(replica.redis, "GET", name(names.data(shard), kind)) instanceof Reply.Bulk entry
                ? Replica.text(Entry.view(entry, 0, 0).view())
                : null;
    }

    private Reply.Bulk entry() {
        return (Reply.Bulk) Objects.requireNonNull(call(replica.redis, "GET", name(names.data(shard), kind)));
    }

    private long floor() {
        return call(replica.redis, "GET", name(names.floor(shard), kind)) instanceof Reply.Bulk floor
                ? Long.parseLong(floor.text().substring(5))
                : 0;
    }

    private long ttl(byte[] head) {
        return call(replica.redis, "PTTL", name(head, kind)) instanceof Reply.Whole(long millis) ? millis : 0;
    }

    private byte[] name(byte[] head, KnownKind<?> of) {
        return ViewKeys.key(head, of.keyPart(), ViewKeys.name(tenant, id));
    }
}
