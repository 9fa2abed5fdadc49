package io.souk.kit.view;

import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.redis.RedisConfig;
import io.souk.kit.tenant.TenantId;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The names of everything that views keep in Redis.
 *
 * <pre>
 * {service:shard}d:kind:tenant/id      an entry's data, with a TTL
 * {service:shard}f:kind:tenant/id      its floor, without
 * {service:shard}l:kind:tenant/id      the token of the reader who may fill it, with a TTL
 * {service:shard}h:lookup:tenant/key   a lookup hint, with a TTL
 * </pre>
 *
 * <p>What stands in braces is the hash tag: a shard's keys are in one slot of a Redis Cluster, so one script or one MGET
 * reaches them together. The shard is that of the event with the same key. No tenant, kind or id holds a separator, so no two
 * tenants can ever mean the same key.
 */
@Singleton
final class ViewKeys {
    private final byte[][] data;
    private final byte[][] floors;
    private final byte[][] leases;
    private final byte[][] hints;
    private final int shards;

    ViewKeys(RedisConfig redis, EventsConfig events, @ConfigProperty(name = "souk.service") String service) {
        shards = events.partitions();
        var prefix = redis.keyPrefix().orElse("");
        data = perShard(shard -> prefix + "{" + service + ":" + shard + "}d:");
        floors = perShard(shard -> prefix + "{" + service + ":" + shard + "}f:");
        leases = perShard(shard -> prefix + "{" + service + ":" + shard + "}l:");
        hints = perShard(shard -> prefix + "{" + service + ":" + shard + "}h:");
    }

    /** {@code tenant/id}: the end of the keys of one aggregate, and what its shard is found by. */
    static byte[] name(TenantId tenant, UUID id) {
        return (tenant.value() + "/" + id).getBytes(US_ASCII);
    }

    /** {@code tenant/key}, in the same way for a lookup. */
    static byte[] name(TenantId tenant, String key) {
        return (tenant.value() + "/" + key).getBytes(UTF_8);
    }

    /** The middle of a key: which kind of view or lookup. */
    static byte[] kind(String name) {
        return (name + ":").getBytes(US_ASCII);
    }

    int shard(byte[] name) {
        return EventKey.shard(name, shards);
    }

    int shards() {
        return shards;
    }

    byte[] data(int shard) {
        return data[shard];
    }

    byte[] floor(int shard) {
        return floors[shard];
    }

    byte[] lease(int shard) {
        return leases[shard];
    }

    byte[] hint(int shard) {
        return hints[shard];
    }

    static byte[] key(byte[] head, byte[] kind, byte[] name) {
        var key = new byte[head.length + kind.length + name.length];
        System.arraycopy(head, 0, key, 0, head.length);
        System.arraycopy(kind, 0, key, head.length, kind.length);
        System.arraycopy(name, 0, key, head.length + kind.length, name.length);
        return key;
    }

    private byte[][] perShard(IntFunction<String> head) {
        return IntStream.range(0, shards)
                .mapToObj(shard -> head.apply(shard).getBytes(UTF_8))
                .toArray(byte[][]::new);
    }
}
