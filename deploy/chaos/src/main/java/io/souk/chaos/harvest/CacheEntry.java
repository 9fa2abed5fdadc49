package io.souk.chaos.harvest;

import io.souk.chaos.evidence.Digest;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.fleet.RedisDirect;
import io.vertx.redis.client.Command;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An entry of the catalogue's cache as it lies in Redis.
 *
 * @param bytes a digest of what is served; null for one that says that there is nothing
 */
record CacheEntry(Thing thing, Order order, @Nullable String bytes) {
    /** {@code {service:shard}d:generation:kind:tenant/id}, as the kit's Keyspace names it. */
    private static final Pattern DATA = Pattern.compile("\\{catalog:\\d+}d:([A-Za-z0-9_-]{22}):([a-z]+):([^/]+)/(.+)");

    /** 5 digits of epoch, 15 of version, a letter, three moments of 16 digits: the kit's Entry. */
    private static final int EPOCH_END = 5;

    private static final int VERSION_END = 20;
    private static final int HEADER = 69;
    private static final int PAGE = 200;

    /** All entries of these generations, whose names are as they stand in keys. */
    static List<CacheEntry> all(RedisDirect redis, Set<String> generations) {
        var keys = redis.keys().stream()
                .filter(key -> {
                    var name = DATA.matcher(key);
                    return name.matches() && generations.contains(name.group(1));
                })
                .toList();
        var entries = new ArrayList<CacheEntry>();
        for (int i = 0; i < keys.size(); i += PAGE) {
            var page = keys.subList(i, Math.min(i + PAGE, keys.size()));
            var answers = redis.send(Command.MGET, page.toArray(String[]::new));
            for (int k = 0; answers != null && k < page.size(); k++) {
                var answer = answers.get(k);
                if (answer != null) {
                    entries.add(read(page.get(k), answer.toBytes()));
                }
            }
        }
        return entries;
    }

    private static CacheEntry read(String key, byte[] entry) {
        var name = DATA.matcher(key);
        if (!name.matches()) {
            throw new IllegalArgumentException(key);
        }
        var thing = new Thing("catalog." + name.group(2), name.group(3), name.group(4));
        var header = new String(entry, 0, Math.min(HEADER, entry.length), StandardCharsets.US_ASCII);
        int epoch = Integer.parseInt(header.substring(0, EPOCH_END));
        long version = Long.parseLong(header.substring(EPOCH_END, VERSION_END));
        boolean live = header.charAt(VERSION_END) == 'L';
        return new CacheEntry(
                thing,
                version == 0 ? Order.NONE : new Order(epoch, version),
                live ? Digest.ofBytes(Arrays.copyOfRange(entry, HEADER, entry.length)) : null);
    }
}
