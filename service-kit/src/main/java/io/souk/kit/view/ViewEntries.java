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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The entries in Redis. They are read by one MGET per slot, and written by scripts alone, each of which holds its write
 * against the entry's floor. A write says whether it was stored; false means that something newer was there.
 */
@Singleton
final class ViewEntries {
    private static final RedisScript APPLY = RedisScript.beside(ViewEntries.class, "apply.lua");
    private static final RedisScript PUT = RedisScript.beside(ViewEntries.class, "put.lua");
    private static final RedisScript FILL = RedisScript.beside(ViewEntries.class, "fill.lua");
    private static final byte[] INVALID = new byte[0];

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
        return write(redis.background(), APPLY, kind, tenant, id, sortable, INVALID, kind.jitteredTtlMillis());
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

    /** Stores what a reader has read after a miss. */
    Future<Boolean> fill(KnownKind<?> kind, TenantId tenant, UUID id, Order order, byte[] entry) {
        return write(redis, FILL, kind, tenant, id, order.sortable(), entry, kind.jitteredTtlMillis());
    }

    /** Remembers for a short time that a reader has found no row. */
    Future<Boolean> fillAbsent(KnownKind<?> kind, TenantId tenant, UUID id) {
        long ttl = absenceMillis + ThreadLocalRandom.current().nextLong(absenceMillis / 2);
        return write(redis, FILL, kind, tenant, id, Entry.NO_ORDER, Entry.absent(), ttl);
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
        var name = ViewKeys.name(tenant, id);
        int shard = keys.shard(name);
        var places = List.of(
                ViewKeys.key(keys.data(shard), kind.keyPart(), name),
                ViewKeys.key(keys.floor(shard), kind.keyPart(), name));
        var arguments = List.of(ascii(order), entry, ascii(Long.toString(ttlMillis)));
        return lane.run(script, places, arguments)
                .map(reply -> reply instanceof Reply.Whole(long answer) && answer == 1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
