package io.souk.kit.view;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.protocol.Generation;
import io.souk.kit.redis.RedisConfig;
import io.souk.kit.tenant.TenantId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The names of everything that views keep in Redis. All belong to a generation, see its {@link Keyspace}.
 *
 * <p>What stands in braces is the hash tag: a shard's keys are in one slot of a Redis Cluster, so one script or one MGET
 * reaches them together. The shard is that of the event with the same key. No tenant, kind or id holds a separator, so no two
 * tenants can ever mean the same key.
 */
@Singleton
final class ViewKeys {
    /** Behind the head: a shard, a letter and the generation. */
    private static final Pattern GENERATION = Pattern.compile("^\\d+}[pdflh]:([\\w-]{22}):");

    /** Behind the head: a shard, data or floor, the generation, a kind and the event's key. */
    private static final Pattern ENTRY = Pattern.compile("^(\\d+)}[df]:[\\w-]{22}:([a-z0-9-]+):(.+)$");

    private final String head;
    private final List<String> slots;

    @Inject
    ViewKeys(RedisConfig redis, EventsConfig events, @ConfigProperty(name = "souk.service") String service) {
        this(redis.keyPrefix().orElse(""), events.partitions(), service);
    }

    ViewKeys(String prefix, int shards, String service) {
        head = prefix + "{" + service + ":";
        slots = IntStream.range(0, shards).mapToObj(shard -> head + shard + "}").toList();
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

    /** The names of a generation. */
    Keyspace of(Generation generation, List<AggregateType> sources) {
        return new Keyspace(generation, slots, sources);
    }

    /** What SCAN finds all of it by, and keys of nobody else. */
    String pattern() {
        return literally(head) + "*";
    }

    /** Likewise the data of one kind of views, or all data and the hints beside them, of one tenant or of all. */
    String data(Keyspace names, @Nullable String kind, @Nullable TenantId tenant) {
        return pattern(names, "[dh]", kind, tenant);
    }

    /** Likewise the floors. */
    String floors(Keyspace names, @Nullable String kind, @Nullable TenantId tenant) {
        return pattern(names, "f", kind, tenant);
    }

    private String pattern(Keyspace names, String part, @Nullable String kind, @Nullable TenantId tenant) {
        return literally(head) + "*}" + part + ":" + Keyspace.text(names.generation()) + ":"
                + (kind == null ? "*" : kind) + ":" + (tenant == null ? "*" : tenant.value() + "/*");
    }

    /** Likewise the data and floors of all kinds. */
    String pattern(Keyspace names) {
        return literally(head) + "*}[df]:" + Keyspace.text(names.generation()) + ":*";
    }

    private static String literally(String text) {
        return text.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    /** The generation that a key belongs to; null for a key that belongs to none. */
    @Nullable
    Generation generation(String key) {
        var name = GENERATION.matcher(key.substring(Math.min(head.length(), key.length())));
        return key.startsWith(head) && name.find() ? Keyspace.generation(name.group(1)) : null;
    }

    /** The entry that data or a floor of that name belong to; null for a name under which nobody looks for one. */
    @Nullable
    ViewKey entry(String key) {
        var name = ENTRY.matcher(key.substring(Math.min(head.length(), key.length())));
        if (!key.startsWith(head) || !name.matches()) {
            return null;
        }
        var found = EventKey.find(name.group(3));
        return found != null && name.group(1).equals(Integer.toString(found.shard(slots.size())))
                ? new ViewKey(name.group(2), found.tenant(), found.aggregateId())
                : null;
    }

    int shard(byte[] name) {
        return EventKey.shard(name, slots.size());
    }

    int shards() {
        return slots.size();
    }

    static byte[] key(byte[] head, byte[] kind, byte[] name) {
        var key = new byte[head.length + kind.length + name.length];
        System.arraycopy(head, 0, key, 0, head.length);
        System.arraycopy(kind, 0, key, head.length, kind.length);
        System.arraycopy(name, 0, key, head.length + kind.length, name.length);
        return key;
    }
}
