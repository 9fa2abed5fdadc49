package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Position;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisClients;
import io.souk.kit.redis.RedisScript;
import io.souk.kit.redis.Reply;
import io.souk.kit.view.ViewCache;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The commands of {@link CacheModel} on a Redis, by the very scripts that live code runs. They are sent at once and done in the
 * order of the calls.
 */
final class RealCache {
    private static final RedisScript APPLY = RedisScript.beside(ViewCache.class, "apply.lua");
    private static final RedisScript PUT = RedisScript.beside(ViewCache.class, "put.lua");
    private static final RedisScript FILL = RedisScript.beside(ViewCache.class, "fill.lua");
    private static final RedisScript CLAIM = RedisScript.beside(ViewCache.class, "claim.lua");
    private static final RedisScript MEND = RedisScript.beside(ViewCache.class, "mend.lua");

    /** So much of the data does a reader remember. */
    private static final int SEEN = 53;

    /** Longer than any test: what expires is not compared. */
    private static final String TTL_MILLIS = "600000";

    private final PipelinedRedis redis;

    RealCache(PipelinedRedis redis) {
        this.redis = redis;
    }

    /** Makes the scripts known: one that is not yet would be done after what was sent behind it. */
    void load() {
        for (var script : List.of(APPLY, PUT, FILL, CLAIM, MEND)) {
            RedisClients.await(redis.run(script, bytes(List.of("{test:0}none")), List.of()));
        }
    }

    Future<String> apply(Generation g, int key, long prev, long offset, LogRecord<Version<String>> record) {
        var arguments = new ArrayList<>(List.of(Long.toString(prev), Long.toString(offset)));
        switch (record) {
            case LogRecord.Heartbeat<Version<String>>(var told) -> {
                arguments.addAll(List.of("HEARTBEAT", Text.micros(told.ownMicros())));
                new TreeMap<>(told.foreignMicros())
                        .forEach((source, micros) -> arguments.addAll(List.of(source, Text.micros(micros))));
                return run(APPLY, List.of(position(g)), arguments);
            }
            case LogRecord.Change<Version<String>>(var version) ->
                arguments.addAll(List.of("CHANGE", Text.of(version.order()), Text.of(version.entry()), TTL_MILLIS));
            case LogRecord.Undecodable<Version<String>>(var version) ->
                arguments.addAll(List.of("CHANGE", Text.of(version.order()), "", TTL_MILLIS));
            case LogRecord.Unreadable<Version<String>>() -> throw new IllegalArgumentException("cannot be applied");
        }
        return run(APPLY, g, key, arguments);
    }

    Future<String> put(Generation g, int key, Version<String> version) {
        return run(PUT, g, key, List.of(Text.of(version.order()), Text.of(version.entry()), TTL_MILLIS));
    }

    Future<String> fill(Generation g, int key, String token, @Nullable Order order, Entry<String> entry) {
        return run(FILL, g, key, List.of(token, Text.of(order), Text.of(entry), TTL_MILLIS));
    }

    Future<String> claim(Generation g, int key, String token, @Nullable Entry<String> seen, boolean over) {
        var began = seen == null ? "" : Text.of(seen).substring(0, SEEN);
        var keys = List.of(position(g), key("data", g, key), key("lease", g, key));
        return redis.run(CLAIM, bytes(keys), bytes(List.of(token, TTL_MILLIS, over ? "1" : "0", began)))
                .map(RealCache::claimed);
    }

    private static String claimed(@Nullable Reply reply) {
        return switch (reply instanceof Reply.Many(var answers) && !answers.isEmpty() ? answers.getFirst() : null) {
            case Reply.Whole(long taken) -> Long.toString(taken);
            case Reply.Many(var both)
            when both.get(0) instanceof Reply.Bulk position && both.get(1) instanceof Reply.Bulk data ->
                position.text() + "|" + data.text();
            case null -> "gone";
            default -> String.valueOf(reply);
        };
    }

    Future<String> mend(
            Generation g, int key, @Nullable Entry<String> seen, @Nullable Order floor, @Nullable Order order) {
        return run(
                MEND,
                g,
                key,
                List.of(
                        seen == null ? "" : Text.of(seen),
                        floor == null ? "" : floor.sortable(),
                        order == null ? "" : order.sortable()));
    }

    /** Whether nobody had it. */
    Future<Boolean> takeLease(Generation g, int key, String token) {
        return send("SET", key("lease", g, key), token, "NX", "PX", TTL_MILLIS).map(reply -> reply != null);
    }

    Future<@Nullable Reply> place(Generation g, Position position) {
        return send("SET", position(g), Text.of(position));
    }

    Future<@Nullable Reply> drop(Generation g) {
        return send("DEL", position(g));
    }

    Future<@Nullable Reply> evict(Generation g, int key) {
        return send("DEL", key("data", g, key), key("lease", g, key));
    }

    /** Position, data, floor and lease, with nulls for those that are missing. */
    Future<List<@Nullable String>> look(Generation g, int key) {
        return send("MGET", keys(g, key).toArray()).map(reply -> {
            var found = new ArrayList<@Nullable String>();
            if (reply instanceof Reply.Many(var items)) {
                items.forEach(item -> found.add(item instanceof Reply.Bulk bulk ? bulk.text() : null));
            }
            return found;
        });
    }

    /** How long the four have to live, in milliseconds; -1 for ever, -2 for one that is missing. */
    List<Long> lifetimes(Generation g, int key) {
        return keys(g, key).stream()
                .map(name -> RedisClients.call(redis, "PTTL", name) instanceof Reply.Whole(long millis) ? millis : 0L)
                .toList();
    }

    private Future<@Nullable Reply> send(String name, Object... arguments) {
        return redis.send(RedisClients.command(name, arguments));
    }

    private Future<String> run(RedisScript script, Generation g, int key, List<String> arguments) {
        return run(script, keys(g, key), arguments);
    }

    private Future<String> run(RedisScript script, List<String> keys, List<String> arguments) {
        return redis.run(script, bytes(keys), bytes(arguments))
                .map(reply -> reply instanceof Reply.Bulk bulk ? bulk.text() : String.valueOf(reply));
    }

    private static List<byte[]> bytes(List<String> words) {
        return words.stream().map(word -> word.getBytes(UTF_8)).toList();
    }

    private static List<String> keys(Generation g, int key) {
        return List.of(position(g), key("data", g, key), key("floor", g, key), key("lease", g, key));
    }

    private static String position(Generation g) {
        return "{test:0}" + g + ":pos";
    }

    private static String key(String part, Generation g, int key) {
        return "{test:0}" + g + ":" + part + ":" + key;
    }
}
