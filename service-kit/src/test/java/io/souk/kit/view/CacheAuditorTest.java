package io.souk.kit.view;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Order;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Freshness;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.EventLog;
import io.souk.testing.Retelling;
import io.souk.testing.SoukServers;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.kit.redis.RedisClients.call;
import static io.souk.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What the auditor finds, repairs and leaves alone, with real tables, outbox, log and Redis. */
@QuarkusTest
@TestProfile(CacheAuditorTest.OwnTopics.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class CacheAuditorTest {
    /** Other tests leave entries without rows, of which so many are wrong that there is no repair left for these. */
    public static final class OwnTopics implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("souk.events.topic-prefix", "audited");
        }
    }

    private static final String DELETE = "delete from thing where tenant = $1 and id = $2";
    private static final String BUMP = "update thing set version = version + 1 where tenant = $1 and id = $2";

    @Inject
    CacheAuditor auditor;

    @Inject
    AuditEntries entries;

    @Inject
    ViewEntries views;

    @Inject
    AuditTurn turn;

    @Inject
    ViewKinds kinds;

    @Inject
    CacheAdmin admin;

    @Inject
    Things things;

    @Inject
    Transactions transactions;

    @Inject
    Generations generations;

    @Inject
    AppliedLog log;

    @Inject
    ViewKeys keys;

    @Inject
    PipelinedRedis redis;

    @Inject
    Beats beats;

    @Inject
    Topics topics;

    private final TenantId tenant = anyTenant();
    private final TenantId other = anyTenant();

    /** The first generation may end soon, and what was brought into it is nowhere then: so until this one is fed. */
    @BeforeEach
    void fed() {
        RedisClients.awaitReady(redis);
        long begun = micros(Duration.ZERO);
        beats.eventuallyAfterBeats(Duration.ofMinutes(2), () -> {
            var names = generations.copy();
            assertThat(names).isNotNull();
            for (int shard = 0; shard < keys.shards(); shard++) {
                assertThat(PositionText.ownMicros(
                                get(Objects.requireNonNull(names).position(shard, 0))))
                        .isGreaterThan(begun);
            }
        });
    }

    @Test
    void whateverIsWrong_isFoundCountedAndRepaired_andWhatIsRightStaysAsItIs() {
        var right = IntStream.range(0, 5).mapToObj(_ -> stored("right", 1)).toList();
        var sameVersion = stored("present", 2);
        var ahead = stored("present", 2);
        var behind = stored("present", 2);
        var gone = stored("present", 2);
        var garbage = stored("present", 2);
        var strangers = new ViewKey("thing", other, stored("present", 2).id());
        var highFloor = stored("present", 2);
        var lowFloor = stored("present", 2);
        var early = stored("present", 2);
        settle(); // what is planted would be set right by an event that comes behind it
        var untouched = raw(right);

        plant(sameVersion, entry(2, "older", 2), order(2));
        plant(ahead, entry(9, "from nowhere", 9), order(9));
        plant(behind, entry(1, "present", 1), order(1));
        sql(DELETE, gone);
        plant(garbage, "no entry at all, but long enough to be taken for one".getBytes(UTF_8), order(2));
        plant(strangers, entry(2, "another's secret", 2), order(2));
        plant(highFloor, null, order(9));
        plant(lowFloor, entry(2, "present", 2), order(1));
        plant(
                early,
                Entry.live(
                        new Order(1, 2), AsOf.own(micros(Duration.ofHours(1))), Freshness.FOR_EVER, json("present", 2)),
                order(2));

        var wrong = List.of(sameVersion, ahead, behind, gone, garbage, strangers, highFloor, lowFloor, early);
        var before = counted();
        var all = new ArrayList<>(wrong);
        all.addAll(right);
        await(auditor.examine(names(), all));
        repairAll(before.repaired() + wrong.size());

        var after = counted();
        assertThat(after.checked() - before.checked()).isEqualTo(all.size());
        assertThat(found(before, after))
                .isEqualTo(Map.of(
                        "bytes",
                        1L,
                        "ahead",
                        1L,
                        "behind",
                        1L,
                        "stray",
                        2L,
                        "unreadable",
                        1L,
                        "floor",
                        2L,
                        "early",
                        1L));
        assertThat(raw(right)).isEqualTo(untouched);
        for (var mended : List.of(sameVersion, ahead, behind, garbage, highFloor, lowFloor, early)) {
            eventually(() -> {
                assertThat(body(mended)).isEqualTo(new String(json("present", 2), UTF_8));
                assertThat(text(get(floor(mended)))).isEqualTo(order(2));
            });
        }
        assertThat(get(data(gone))).isNull();
        assertThat(get(data(strangers))).isNull();
        await(auditor.examine(names(), all));
        await(auditor.lookAgain(names()));
        assertThat(counted().repaired()).isEqualTo(after.repaired());
    }

    @Test
    void walksThroughAllEntries_oneReplicaAtATime() {
        var wrong = stored("present", 1);
        settle();
        plant(wrong, "no entry at all, but long enough to be taken for one".getBytes(UTF_8), order(1));
        var before = counted();

        eventually(() -> {
            await(auditor.walk(names()));
            await(auditor.lookAgain(names()));
            assertThat(counted().repaired()).isGreaterThan(before.repaired());
            assertThat(body(wrong)).isEqualTo(new String(json("present", 1), UTF_8));
        });

        assertThat(turn.take("7", PATIENCE).await().atMost(PATIENCE)).isEqualTo("7");
        var second = new AuditTurn(transactions, kinds);
        assertThat(second.take("0", PATIENCE).await().atMost(PATIENCE)).isNull();
        assertThat(turn.take("9", Duration.ofMillis(1)).await().atMost(PATIENCE))
                .isEqualTo("9");
        eventually(
                () -> assertThat(second.take("0", Duration.ofMillis(1)).await().atMost(PATIENCE))
                        .isEqualTo("9"));
    }

    @Test
    void givenAnEventOnItsWay_thenItsEntryIsLeftAlone() {
        var own = ownGeneration();
        var id = written("first");
        plant(own, id, entry(1, "first", 1), order(1));
        things.write(tenant, id.id(), "second");
        var before = counted();

        await(auditor.examine(own, List.of(id)));
        await(auditor.lookAgain(own));
        assertThat(text(get(data(own, id)))).contains("first");

        plant(own, id, entry(2, "second", 2), order(2)); // it has come
        place(own, Duration.ofHours(1));
        await(auditor.lookAgain(own));

        assertThat(text(get(data(own, id)))).contains("second");
        assertThat(counted().stale()).isEqualTo(before.stale());
    }

    @Test
    void givenARowThatChangesWhileItsEntryIsRepaired_thenWhatComesOfTheChangeIsLeftAlone() throws Exception {
        var own = ownGeneration();
        var id = written("first");
        plant(own, id, entry(1, "wrong", 1), order(1));
        place(own, Duration.ofHours(1));
        await(auditor.examine(own, List.of(id)));
        var before = counted();

        var mayCommit = new CompletableFuture<Void>();
        var locked = new CompletableFuture<Void>();
        var writer = transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .preparedQuery(BUMP)
                                .execute(Tuple.of(tenant.value(), id.id()))
                                .invoke(() -> locked.complete(null))
                                .chain(() -> Uni.createFrom().completionStage(mayCommit)))
                .subscribeAsCompletionStage();
        locked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        var audit = auditor.lookAgain(own).subscribeAsCompletionStage();
        eventually(() -> assertThat(counted().stale()).isNotEqualTo(before.stale())); // it is about to repair
        plant(own, id, entry(2, "first", 2), order(2));
        mayCommit.complete(null);
        writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        audit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(body(get(data(own, id)))).isEqualTo(new String(json("first", 2), UTF_8));
        assertThat(counted().repaired()).isEqualTo(before.repaired());
    }

    @Test
    void givenASuspectThatIsGoneOrReplaced_thenNothingIsMended() {
        var own = ownGeneration();
        var id = written("first");
        plant(own, id, entry(1, "wrong", 1), order(1));
        var seen = RedisClients.await(entries.look(own, List.of(id))).getFirst();

        plant(own, id, entry(1, "another", 1), order(1));
        assertThat(RedisClients.await(entries.mend(own, seen, new Order(1, 1)))).isFalse();
        assertThat(text(get(data(own, id)))).contains("another");

        plant(own, id, entry(1, "wrong", 1), order(1));
        assertThat(RedisClients.await(entries.mend(own, seen, new Order(1, 1)))).isTrue();
        assertThat(get(data(own, id))).isNull();
    }

    @Test
    void givenARepair_thenALineNamesTheKeyTheVersionsAndTheEventThatTellsItOnceMore() {
        var own = ownGeneration();
        var wrong = written("present");
        var stray = new ViewKey("thing", other, wrong.id());
        plant(own, wrong, entry(9, "from nowhere", 9), order(7));
        plant(own, stray, entry(2, "another's secret", 2), order(2));
        await(auditor.examine(own, List.of(wrong, stray)));
        place(own, Duration.ofHours(1));

        var lines = linesOfTheAuditor(() -> await(auditor.lookAgain(own)));

        assertThat(lines)
                .filteredOn(line -> line.contains(stray.id().toString()) && line.contains(other.value()))
                .containsExactly(
                        "the cache entry thing:%s/%s was wrong (STRAY) and is repaired: entry %s, floor %s, row none"
                                .formatted(other, stray.id(), order(2), order(2)));
        assertThat(lines)
                .filteredOn(line -> line.contains(wrong.id().toString()) && line.contains(tenant.value()))
                .singleElement()
                .satisfies(line -> eventually(() -> assertThat(toldOf(wrong))
                        .filteredOn(event -> line.equals(
                                "the cache entry thing:%s/%s was wrong (AHEAD) and is repaired: entry %s, floor %s, row %s, which the event %s tells once more"
                                        .formatted(tenant, wrong.id(), order(9), order(7), order(1), event)))
                        .hasSize(1)));
    }

    /** The ids of the events that the log has of a row. */
    private List<String> toldOf(ViewKey key) {
        return EventLog.readAll(topics.of(Things.THING), new EventKey(key.tenant(), key.id()).text()).stream()
                .map(record -> EventRecords.find(record.headers(), EventRecords.ID))
                .toList();
    }

    /** What is logged meanwhile, as operators read it. */
    private static List<String> linesOfTheAuditor(Runnable work) {
        var lines = new CopyOnWriteArrayList<String>();
        var logger = Logger.getLogger(CacheAuditor.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                lines.add(logged.getMessage().formatted(logged.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }

    /** A row, and its entry as the cache's own ways have brought it there. */
    private ViewKey stored(String name, int versions) {
        var key = written(name);
        for (int version = 2; version <= versions; version++) {
            things.write(tenant, key.id(), name);
        }
        eventually(() -> assertThat(text(get(floor(key)))).isEqualTo(order(versions)));
        eventually(() -> assertThat(body(key)).isEqualTo(new String(json(name, versions), UTF_8)));
        eventually(() -> assertThat(toldOf(key)).hasSize(versions));
        return key;
    }

    /** Until neither a put nor an event of what was written is on its way, which would mend what a test plants. */
    private void settle() {
        Retelling.awaitRelayed("catalog", tenant.value());
        fed();
        eventually(() -> assertThat(views.pendingPuts().isEmpty()).isTrue());
    }

    private ViewKey written(String name) {
        var key = new ViewKey("thing", tenant, Ids.next());
        things.write(tenant, key.id(), name);
        return key;
    }

    /** Nobody feeds it, so the test says what is applied. */
    private Keyspace ownGeneration() {
        var own = generations.names(new Generation(Ids.next()));
        place(own, Duration.ofHours(-1));
        return own;
    }

    private void place(Keyspace names, Duration fromNow) {
        for (int shard = 0; shard < keys.shards(); shard++) {
            RedisClients.await(log.place(names, 0, shard, new Position(0, Watermarks.own(micros(fromNow)))));
        }
    }

    private void repairAll(long repaired) {
        beats.eventuallyAfterBeats(Duration.ofMinutes(2), () -> {
            await(auditor.lookAgain(names()));
            assertThat(counted().repaired()).isEqualTo(repaired);
        });
    }

    private void sql(String statement, ViewKey key) {
        transactions
                .inTenant(
                        key.tenant(),
                        tx -> tx.sql()
                                .preparedQuery(statement)
                                .execute(Tuple.of(key.tenant().value(), key.id()))
                                .replaceWithVoid())
                .await()
                .atMost(PATIENCE);
    }

    private void plant(ViewKey key, byte @Nullable [] data, String floor) {
        plant(names(), key, data, floor);
    }

    private void plant(Keyspace names, ViewKey key, byte @Nullable [] data, String floor) {
        if (data == null) {
            call(redis, "DEL", data(names, key));
        } else {
            call(redis, "SET", data(names, key), data);
        }
        call(redis, "SET", floor(names, key), floor.getBytes(UTF_8));
    }

    private static byte[] entry(long order, String name, long version) {
        return Entry.live(new Order(1, order), AsOf.own(0), Freshness.FOR_EVER, json(name, version));
    }

    private static byte[] json(String name, long version) {
        return "{\"name\":\"%s\",\"version\":%d}".formatted(name, version).getBytes(UTF_8);
    }

    private static String order(long version) {
        return new Order(1, version).sortable();
    }

    private static long micros(Duration fromNow) {
        return (System.currentTimeMillis() + fromNow.toMillis()) * 1_000;
    }

    private Map<ViewKey, String> raw(List<ViewKey> some) {
        var raw = new HashMap<ViewKey, String>();
        some.forEach(key -> raw.put(key, text(get(data(key))) + text(get(floor(key)))));
        return raw;
    }

    private @Nullable String body(ViewKey key) {
        return body(get(data(key)));
    }

    private static @Nullable String body(@Nullable Reply data) {
        return data instanceof Reply.Bulk bulk && bulk.length() >= Entry.HEADER
                ? bulk.from(Entry.HEADER).toString(UTF_8)
                : null;
    }

    private static @Nullable String text(@Nullable Reply reply) {
        return reply instanceof Reply.Bulk bulk ? bulk.text() : null;
    }

    private @Nullable Reply get(byte[] key) {
        return call(redis, "GET", key);
    }

    private byte[] data(ViewKey key) {
        return data(names(), key);
    }

    private byte[] floor(ViewKey key) {
        return floor(names(), key);
    }

    private byte[] data(Keyspace names, ViewKey key) {
        return name(names.data(shard(key)), key);
    }

    private byte[] floor(Keyspace names, ViewKey key) {
        return name(names.floor(shard(key)), key);
    }

    private int shard(ViewKey key) {
        return keys.shard(ViewKeys.name(key.tenant(), key.id()));
    }

    private static byte[] name(byte[] head, ViewKey key) {
        return ViewKeys.key(head, ViewKeys.kind(key.kind()), ViewKeys.name(key.tenant(), key.id()));
    }

    private Keyspace names() {
        return Objects.requireNonNull(generations.copy());
    }

    private CacheAdmin.Audit counted() {
        var state = admin.state().await().atMost(PATIENCE);
        return Objects.requireNonNull(state.kinds().get("thing")).audit();
    }

    private static Map<String, Long> found(CacheAdmin.Audit before, CacheAdmin.Audit after) {
        var found = new HashMap<String, Long>();
        after.stale().forEach((fault, count) -> {
            long more = count - before.stale().getOrDefault(fault, 0L);
            if (more > 0) {
                found.put(fault, more);
            }
        });
        return found;
    }

    private static void await(Uni<Void> work) {
        work.await().atMost(PATIENCE);
    }
}
