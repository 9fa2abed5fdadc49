package io.souk.kit.view;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.souk.kit.Things;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Generation;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.CacheAdmin.Rebuild.Phase;
import io.souk.kit.view.CacheWalk.Entries;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.kit.redis.RedisClients.call;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator does to the cache of a running service. */
@QuarkusTest
@TestProfile(OwnTopics.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class CacheAdminTest {
    private static final String NAME = "from the event";

    /** Enough for every shard. */
    private static final int PROBES = 100;

    @Inject
    CacheAdmin admin;

    @Inject
    CacheWalk walk;

    @Inject
    Things things;

    @Inject
    Generations generations;

    @Inject
    SweepGenerations sweep;

    @Inject
    ViewKeys keys;

    @Inject
    PipelinedRedis redis;

    @Inject
    Beats beats;

    private final TenantId tenant = anyTenant();

    /** What is told before a generation's positions are placed is not applied to it, and the first one may end soon. */
    @BeforeEach
    void fed() {
        RedisClients.awaitReady(redis);
        eventually(Duration.ofMinutes(3), () -> {
            var some = anyTenant();
            var probes = things.writeMany(some, PROBES, "probe");
            eventually(
                    Duration.ofSeconds(10),
                    () -> assertThat(dataOf(some, probes)).isEqualTo(PROBES));
        });
    }

    @Test
    void whenAnEntryATenantOrAKindIsCleared_thenItsDataGoAndItsFloorStays() {
        var other = anyTenant();
        var ids = stored(tenant, 17);
        var others = stored(other, 17);

        assertThat(clear(tenant, ids.getFirst())).isEqualTo(1);
        assertThat(dataOf(tenant, ids)).isEqualTo(16);
        assertThat(clear(tenant, null)).isEqualTo(16);
        assertThat(dataOf(tenant, ids)).isZero();
        assertThat(dataOf(other, others)).isEqualTo(17);
        assertThat(clear(null, null)).isGreaterThanOrEqualTo(17);
        assertThat(dataOf(other, others)).isZero();

        eventually(() -> assertThat(hint(names(), tenant)).isNotNull());
        eventually(() -> assertThat(hint(names(), other)).isNotNull());
        assertThat(clear(null, tenant, null)).isEqualTo(1);
        assertThat(hint(names(), tenant)).isNull();
        assertThat(hint(names(), other)).isNotNull();

        assertThat(ids)
                .allSatisfy(id -> assertThat(call(redis, "GET", name(names().floor(shard(tenant, id)), tenant, id)))
                        .isNotNull());
    }

    @Test
    void whenTheCacheIsRebuilt_thenTheNextGenerationHoldsWhatTheLogTells() {
        var ids = stored(tenant, 17);
        var before = names().generation();

        assertThat(admin.rebuild()).isTrue();
        beats.eventuallyAfterBeats(Duration.ofMinutes(2), () -> {
            var state = admin.state().await().atMost(PATIENCE);
            assertThat(Objects.requireNonNull(state.rebuild()).phase()).isEqualTo(Phase.PUBLISHED);
        });

        eventually(() -> assertThat(names().generation()).isNotEqualTo(before));
        eventually(() -> assertThat(dataOf(tenant, ids)).isEqualTo(17)); // what came within B before it follows
        eventually(() -> assertThat(hint(names(), tenant)).isNotNull());
        var state = admin.state().await().atMost(PATIENCE);
        assertThat(state.generation()).isEqualTo(names().generation().id());
        assertThat(state.kinds().keySet()).contains("thing");
        assertThat(state.topics()).isNotEmpty();
    }

    @Test
    void whenTheCacheIsRenewed_thenAnEmptyGenerationBegins() {
        var ids = stored(tenant, 17);
        var before = names().generation();

        admin.renew().await().atMost(PATIENCE);

        eventually(() -> assertThat(names().generation()).isNotEqualTo(before));
        assertThat(dataOf(tenant, ids)).isZero();
        assertThat(hint(names(), tenant)).isNull();
    }

    @Test
    void whenGenerationsAreSwept_thenOnlyWhatNobodyReadsGoes() {
        var ids = stored(tenant, 17);
        var lost = generations.names(new Generation(UUID.fromString("0190a000-0000-7000-8000-000000000001")));
        var young = generations.names(new Generation(Ids.next()));
        var one = ids.getFirst();
        for (var names : List.of(lost, young)) {
            call(redis, "SET", name(names.floor(shard(tenant, one)), tenant, one), "1");
            call(redis, "SET", names.position(shard(tenant, one), 0), "0 0000000000000000");
            call(redis, "SET", hintKey(names, tenant), one.toString());
        }

        while (sweep.sweep().await().atMost(PATIENCE)) {}

        assertThat(call(redis, "GET", name(lost.floor(shard(tenant, one)), tenant, one)))
                .isNull();
        assertThat(call(redis, "GET", lost.position(shard(tenant, one), 0))).isNull();
        assertThat(hint(lost, tenant)).isNull();
        assertThat(hint(young, tenant)).isNotNull();
        assertThat(call(redis, "GET", name(young.floor(shard(tenant, one)), tenant, one)))
                .isNotNull();
        assertThat(dataOf(tenant, ids)).isEqualTo(17);
    }

    private @Nullable Reply hint(Keyspace names, TenantId of) {
        return call(redis, "GET", hintKey(names, of));
    }

    private byte[] hintKey(Keyspace names, TenantId of) {
        var name = ViewKeys.name(of, NAME);
        return ViewKeys.key(names.hint(keys.shard(name)), ViewKeys.kind("thing-name"), name);
    }

    /** Events without rows, so nothing but the updater brings them to Redis. */
    private List<UUID> stored(TenantId of, int count) {
        var ids = things.writeMany(of, count, NAME);
        eventually(() -> assertThat(dataOf(of, ids)).isEqualTo(count));
        return ids;
    }

    private long clear(@Nullable TenantId of, @Nullable UUID id) {
        return clear("thing", of, id);
    }

    private long clear(@Nullable String kind, @Nullable TenantId of, @Nullable UUID id) {
        long gone = 0;
        long from = CacheWalk.BEGINNING;
        do {
            var stretch = walk.clear(new Entries(kind, of, id), from).await().atMost(PATIENCE);
            gone += stretch.entries();
            from = stretch.next();
        } while (from != CacheWalk.BEGINNING);
        return gone;
    }

    private long dataOf(TenantId of, List<UUID> ids) {
        return ids.stream()
                .filter(id -> call(redis, "GET", name(names().data(shard(of, id)), of, id)) instanceof Reply.Bulk)
                .count();
    }

    private Keyspace names() {
        return Objects.requireNonNull(generations.copy());
    }

    private int shard(TenantId of, UUID id) {
        return keys.shard(ViewKeys.name(of, id));
    }

    private static byte[] name(byte[] head, TenantId of, UUID id) {
        return ViewKeys.key(head, ViewKeys.kind("thing"), ViewKeys.name(of, id));
    }
}
