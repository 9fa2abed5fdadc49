package io.souk.kit.view;

import io.souk.kit.event.Order;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.RedisScript;
import io.souk.kit.redis.Reply;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Entries in Redis as the auditor sees and mends them, over the connection for bulk traffic. */
@Singleton
final class AuditEntries {
    private static final RedisScript MEND = RedisScript.beside(AuditEntries.class, "mend.lua");
    private static final byte[] NOTHING = new byte[0];

    private final PipelinedRedis redis;
    private final ViewKeys keys;
    private final ViewKinds kinds;
    private final ViewEntries entries;

    AuditEntries(PipelinedRedis redis, ViewKeys keys, ViewKinds kinds, ViewEntries entries) {
        this.redis = redis;
        this.keys = keys;
        this.kinds = kinds;
        this.entries = entries;
    }

    /** What is there of some keys, those of a shard at one moment; of a shard without a position, nothing. */
    Future<List<AuditedEntry>> look(Keyspace names, Collection<ViewKey> wanted) {
        var byShard = wanted.stream().collect(Collectors.groupingBy(key -> keys.shard(name(key))));
        var found = new ArrayList<Future<List<AuditedEntry>>>();
        byShard.forEach((shard, some) -> found.add(look(names, shard, some)));
        return Future.all(found)
                .map(_ -> found.stream().flatMap(some -> some.result().stream()).toList());
    }

    private Future<List<AuditedEntry>> look(Keyspace names, int shard, List<ViewKey> some) {
        var command = RedisCommand.of("MGET", 3 * some.size());
        for (var key : some) {
            var kind = kinds.named(key.kind());
            command.arg(names.position(shard, kind.sourcePlace()));
            command.arg(names.data(shard), kind.keyPart(), name(key));
            command.arg(names.floor(shard), kind.keyPart(), name(key));
        }
        return redis.background().send(command).map(reply -> {
            var entries = new ArrayList<AuditedEntry>();
            if (reply instanceof Reply.Many(var items)) {
                for (int i = 0; i < some.size(); i++) {
                    long applied = PositionText.ownMicros(items.get(3 * i));
                    if (applied != PositionText.MISSING) {
                        entries.add(entry(some.get(i), applied, items.get(3 * i + 1), items.get(3 * i + 2)));
                    }
                }
            }
            return entries;
        });
    }

    private static AuditedEntry entry(ViewKey key, long applied, @Nullable Reply data, @Nullable Reply floor) {
        return new AuditedEntry(
                key,
                applied,
                data instanceof Reply.Bulk bytes ? bytes.first(bytes.length()) : null,
                floor instanceof Reply.Bulk text ? text.text() : null);
    }

    /**
     * Takes the data away and sets the floor to the row's order, if all is still as it was seen; whether it was.
     *
     * @param order of the row, which is locked; null when there is none
     */
    Future<Boolean> mend(Keyspace names, AuditedEntry seen, @Nullable Order order) {
        byte @Nullable [] data = seen.data();
        var arguments = List.of(
                data == null ? NOTHING : data,
                utf8(Objects.requireNonNullElse(seen.floor(), "")),
                utf8(order == null ? "" : order.sortable()));
        return entries.run(redis.background(), MEND, names, seen.key(), arguments);
    }

    private static byte[] name(ViewKey key) {
        return ViewKeys.name(key.tenant(), key.id());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
