package io.souk.kit.view;

import io.souk.kit.event.Order;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.RedisLane;
import io.souk.kit.redis.RedisScript;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * The entries in Redis. They are read by one MGET per slot, and written by scripts alone, each of which holds its write
 * against the entry's floor. A write says whether it was stored; false means that something newer was there, or for a fill
 * that another one has the lease by now.
 */
@Singleton
final class ViewEntries {
    private static final RedisScript APPLY = RedisScript.beside(ViewEntries.class, "apply.lua");
    private static final RedisScript PUT = RedisScript.beside(ViewEntries.class, "put.lua");
    private static final RedisScript FILL = RedisScript.beside(ViewEntries.class, "fill.lua");
    private static final byte[] NOTHING = new byte[0];

    /** For how long nobody else fills what a reader reads: longer than a load takes that is still waited for. */
    private static final long LEASE_MILLIS = 3_000;

    private final PipelinedRedis redis;
    private final ViewKeys keys;
    private final PendingPuts puts = new PendingPuts();
    private final long absenceMillis;

    ViewEntries(PipelinedRedis redis, ViewKeys keys, ViewConfig config) {
        this.redis = redis;
        this.keys = keys;
        this.absenceMillis = Math.max(2, config.absence().toMillis());
    }

    /** A read of some data keys of one slot. */
    Query query(int shard, int size) {
        return new Query(shard, size);
    }

    final class Query {
        private final byte[] head;
        private final RedisCommand command;

        private Query(int shard, int size) {
            head = keys.data(shard);
            command = RedisCommand.of("MGET", size);
        }

        void add(KnownKind<?> kind, byte[] name) {
            command.arg(head, kind.keyPart(), name);
        }

        Future<@Nullable Reply> send() {
            return redis.send(command);
        }
    }

    /** What is there now of some keys of any slots; what is not there, or cannot be asked for, is left out. */
    Future<Map<ViewKey, View>> look(Collection<ViewKey> wanted) {
        var byShard = wanted.stream().collect(Collectors.groupingBy(key -> keys.shard(name(key))));
        var replies = new ArrayList<Future<Map<ViewKey, View>>>();
        byShard.forEach((shard, some) -> {
            var command = RedisCommand.of("MGET", some.size());
            some.forEach(key -> command.arg(keys.data(shard), ViewKeys.kind(key.kind()), name(key)));
            replies.add(redis.send(command).map(reply -> views(some, reply)).otherwise(Map.of()));
        });
        return Future.all(replies).map(_ -> {
            var found = new HashMap<ViewKey, View>();
            replies.forEach(reply -> found.putAll(reply.result()));
            return found;
        });
    }

    private static Map<ViewKey, View> views(List<ViewKey> some, @Nullable Reply reply) {
        var found = new HashMap<ViewKey, View>();
        if (reply instanceof Reply.Many(var items)) {
            for (int i = 0; i < items.size(); i++) {
                var view = items.get(i) instanceof Reply.Bulk entry ? Entry.view(entry) : null;
                if (view != null) {
                    found.put(some.get(i), view);
                }
            }
        }
        return found;
    }

    /**
     * Takes the right to fill a key: whether it is the token's now.
     *
     * @param over whether to take it from whoever holds it
     */
    Future<Boolean> takeLease(ViewKey key, String token, boolean over) {
        var name = name(key);
        var set = RedisCommand.of("SET", over ? 4 : 5)
                .arg(keys.lease(keys.shard(name)), ViewKeys.kind(key.kind()), name)
                .arg(token)
                .arg("PX")
                .arg(LEASE_MILLIS);
        return redis.send(over ? set : set.arg("NX")).map(reply -> reply != null);
    }

    /** Lets another one take the lease at once, if it is still the token's. */
    Future<Boolean> giveLeaseBack(KnownKind<?> kind, TenantId tenant, UUID id, String token) {
        return fill(kind, tenant, id, token, Entry.NO_ORDER, NOTHING, 0);
    }

    /** Stores what an event says. */
    Future<Boolean> apply(KnownKind<?> kind, TenantId tenant, UUID id, Order order, byte[] entry) {
        return write(redis.background(), APPLY, kind, tenant, id, order.sortable(), entry, kind.jitteredTtlMillis());
    }

    /**
     * An event could not be made into an entry: what is there goes, and nothing older than the event may come. Where the
     * event's order is not known (null), only what is there goes.
     */
    Future<Boolean> invalidate(KnownKind<?> kind, TenantId tenant, UUID id, @Nullable Order order) {
        var sortable = order == null ? Entry.NO_ORDER : order.sortable();
        return write(redis.background(), APPLY, kind, tenant, id, sortable, NOTHING, kind.jitteredTtlMillis());
    }

    /** Stores what a writer has committed. Until Redis has answered, or has failed to, {@link #pendingPuts} names the key. */
    Future<Boolean> put(KnownKind<?> kind, TenantId tenant, UUID id, Order order, byte[] entry) {
        return puts.during(
                new ViewKey(kind.name(), tenant, id),
                () -> write(redis, PUT, kind, tenant, id, order.sortable(), entry, kind.jitteredTtlMillis()));
    }

    PendingPuts pendingPuts() {
        return puts;
    }

    /** Stores what the holder of the lease has read after it took it. */
    Future<Boolean> fill(KnownKind<?> kind, TenantId tenant, UUID id, String token, Order order, byte[] entry) {
        return fill(kind, tenant, id, token, order.sortable(), entry, kind.jitteredTtlMillis());
    }

    /** Remembers for a short time that the holder of the lease has found no row. */
    Future<Boolean> fillAbsent(KnownKind<?> kind, TenantId tenant, UUID id, String token) {
        long ttl = absenceMillis + ThreadLocalRandom.current().nextLong(absenceMillis / 2);
        return fill(kind, tenant, id, token, Entry.NO_ORDER, Entry.absent(), ttl);
    }

    private Future<Boolean> fill(
            KnownKind<?> kind, TenantId tenant, UUID id, String token, String order, byte[] entry, long ttlMillis) {
        return run(
                redis,
                FILL,
                kind,
                tenant,
                id,
                List.of(ascii(order), entry, ascii(Long.toString(ttlMillis)), ascii(token)));
    }

    private Future<Boolean> write(
            RedisLane lane,
            RedisScript script,
            KnownKind<?> kind,
            TenantId tenant,
            UUID id,
            String order,
            byte[] entry,
            long ttlMillis) {
        return run(lane, script, kind, tenant, id, List.of(ascii(order), entry, ascii(Long.toString(ttlMillis))));
    }

    private Future<Boolean> run(
            RedisLane lane, RedisScript script, KnownKind<?> kind, TenantId tenant, UUID id, List<byte[]> arguments) {
        var name = ViewKeys.name(tenant, id);
        int shard = keys.shard(name);
        var places = List.of(
                ViewKeys.key(keys.data(shard), kind.keyPart(), name),
                ViewKeys.key(keys.floor(shard), kind.keyPart(), name),
                ViewKeys.key(keys.lease(shard), kind.keyPart(), name));
        return lane.run(script, places, arguments)
                .map(reply -> reply instanceof Reply.Whole(long answer) && answer == 1);
    }

    private static byte[] name(ViewKey key) {
        return ViewKeys.name(key.tenant(), key.id());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
