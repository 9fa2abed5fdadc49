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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final RedisScript CLAIM = RedisScript.beside(ViewEntries.class, "claim.lua");
    private static final RedisScript FILL = RedisScript.beside(ViewEntries.class, "fill.lua");
    private static final byte[] NOTHING = new byte[0];

    /** For how long nobody else fills what a reader reads: longer than a load takes that is still waited for. */
    private static final byte[] LEASE_MILLIS = ascii("3000");

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

    /**
     * What came of asking for the leases of some keys; a key of which Redis said nothing is in none of them.
     *
     * @param taken are the token's now
     * @param held by another
     * @param found what is there by now, so that it was not asked for
     */
    record Leases(Set<ViewKey> taken, Set<ViewKey> held, Map<ViewKey, View> found) {
        private void note(ViewKey key, @Nullable Reply answer) {
            if (answer instanceof Reply.Bulk entry) {
                var view = Entry.view(entry);
                if (view != null) {
                    found.put(key, view);
                }
            } else {
                (answer instanceof Reply.Whole(long taking) && taking == 1 ? taken : held).add(key);
            }
        }
    }

    /**
     * Takes the right to fill some keys, of any slots, where it is free and the key is still missing.
     *
     * @param over whether to take it whoever has it and whatever is there
     */
    Future<Leases> claim(Collection<ViewKey> wanted, String token, boolean over) {
        var byShard = wanted.stream().collect(Collectors.groupingBy(key -> keys.shard(name(key))));
        var replies = new HashMap<List<ViewKey>, Future<@Nullable Reply>>();
        var arguments = List.of(ascii(token), LEASE_MILLIS, ascii(over ? "" : Entry.FORMAT_TEXT));
        byShard.forEach((shard, some) -> {
            var places = new ArrayList<byte[]>(2 * some.size());
            for (var key : some) {
                places.add(ViewKeys.key(keys.data(shard), ViewKeys.kind(key.kind()), name(key)));
                places.add(ViewKeys.key(keys.lease(shard), ViewKeys.kind(key.kind()), name(key)));
            }
            replies.put(some, redis.run(CLAIM, places, arguments));
        });
        return Future.join(List.copyOf(replies.values())).transform(_ -> {
            var leases = new Leases(new HashSet<>(), new HashSet<>(), new HashMap<>());
            replies.forEach((some, reply) -> {
                if (reply.result() instanceof Reply.Many(var answers)) {
                    for (int i = 0; i < answers.size(); i++) {
                        leases.note(some.get(i), answers.get(i));
                    }
                }
            });
            return Future.succeededFuture(leases);
        });
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
