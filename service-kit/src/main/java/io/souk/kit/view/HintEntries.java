package io.souk.kit.view;

import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.RedisLane;
import io.souk.kit.redis.Reply;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The lookup hints in Redis: plain values with a TTL, no floor, since what a hint says is confirmed by whoever follows it. For the
 * same reason any generation may be noted in; theirs is the service's, so that they go with the cache.
 * That nothing has a key is noted only where nothing is said of it, and for a very short time.
 */
@Singleton
final class HintEntries {
    private static final String NOTHING = "-";

    private final PipelinedRedis redis;
    private final ViewKeys keys;
    private final long absenceMillis;

    HintEntries(PipelinedRedis redis, ViewKeys keys, ViewConfig config) {
        this.redis = redis;
        this.keys = keys;
        this.absenceMillis = Math.max(1, config.lookupAbsence().toMillis());
    }

    /** What is known: an id, or nothing for a key that nothing has. A key of which nothing is known is left out. */
    Future<Map<String, Optional<UUID>>> read(
            Keyspace names, TenantId tenant, String lookup, Collection<String> wanted) {
        var kind = ViewKeys.kind(lookup);
        var byShard = new HashMap<Integer, List<String>>();
        for (var key : wanted) {
            byShard.computeIfAbsent(keys.shard(ViewKeys.name(tenant, key)), _ -> new ArrayList<>())
                    .add(key);
        }
        var known = new HashMap<String, Optional<UUID>>();
        var replies = new ArrayList<Future<?>>();
        byShard.forEach((shard, some) -> {
            var command = RedisCommand.of("MGET", some.size());
            some.forEach(key -> command.arg(names.hint(shard), kind, ViewKeys.name(tenant, key)));
            replies.add(redis.send(command).onSuccess(reply -> note(some, reply, known)));
        });
        return Future.all(replies).map(_ -> known);
    }

    private static void note(List<String> some, @Nullable Reply reply, Map<String, Optional<UUID>> known) {
        if (!(reply instanceof Reply.Many(var items))) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Reply.Bulk value) {
                note(some.get(i), value.text(), known);
            }
        }
    }

    private static void note(String key, String value, Map<String, Optional<UUID>> known) {
        if (value.equals(NOTHING)) {
            known.put(key, Optional.empty());
            return;
        }
        try {
            known.put(key, Optional.of(UUID.fromString(value)));
        } catch (IllegalArgumentException notAnId) {
            known.remove(key); // written by something else: as good as nothing
        }
    }

    /** Notes every key that the id has. */
    List<Future<?>> put(RedisLane lane, Keyspace names, TenantId tenant, UUID id, Map<LookupKind, Set<String>> hints) {
        var writes = new ArrayList<Future<?>>();
        hints.forEach((lookup, some) -> some.forEach(key -> writes.add(put(lane, names, tenant, lookup, key, id))));
        return writes;
    }

    Future<?> put(RedisLane lane, Keyspace names, TenantId tenant, LookupKind lookup, String key, UUID id) {
        return lane.send(set(names, tenant, lookup.name(), key, 4)
                .arg(id.toString())
                .arg("PX")
                .arg(Math.max(1, lookup.ttl().toMillis())));
    }

    /** Notes that nothing has the key, unless something is said of it. */
    Future<?> putNothing(Keyspace names, TenantId tenant, LookupKind lookup, String key) {
        return redis.send(set(names, tenant, lookup.name(), key, 5)
                .arg(NOTHING)
                .arg("NX")
                .arg("PX")
                .arg(absenceMillis));
    }

    /** Takes a note back that has turned out wrong. */
    Future<?> forget(Keyspace names, TenantId tenant, LookupKind lookup, String key) {
        var name = ViewKeys.name(tenant, key);
        return redis.send(
                RedisCommand.of("DEL", 1).arg(names.hint(keys.shard(name)), ViewKeys.kind(lookup.name()), name));
    }

    private RedisCommand set(Keyspace names, TenantId tenant, String lookup, String key, int arguments) {
        var name = ViewKeys.name(tenant, key);
        return RedisCommand.of("SET", arguments).arg(names.hint(keys.shard(name)), ViewKeys.kind(lookup), name);
    }
}
