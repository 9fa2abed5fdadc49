package io.souk.kit.view;

import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.RedisLane;
import io.souk.kit.redis.Reply;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Looks through the names in Redis, some at a time: a name that is there from beginning to end is met at least once. */
final class KeyScan {
    /** Where a look through all of them begins, and what follows its last page. */
    static final String BEGINNING = "0";

    /** So many deletions may follow at once; updaters use the same connection. */
    static final int LOOKED_AT = 200;

    private KeyScan() {}

    /**
     * Some names.
     *
     * @param next where the page behind this one begins
     */
    record Page(String next, List<String> names) {}

    /** The names that match a pattern, of some that are looked at. */
    static Future<Page> page(RedisLane redis, String pattern, String cursor) {
        return redis.send(RedisCommand.of("SCAN", 5)
                        .arg(cursor)
                        .arg("MATCH")
                        .arg(pattern)
                        .arg("COUNT")
                        .arg(LOOKED_AT))
                .map(KeyScan::page);
    }

    private static Page page(@Nullable Reply reply) {
        if (!(reply instanceof Reply.Many(var both)
                && both.get(0) instanceof Reply.Bulk next
                && both.get(1) instanceof Reply.Many(var found))) {
            throw new IllegalStateException("SCAN answers " + reply);
        }
        var names = new ArrayList<String>();
        for (var name : found) {
            if (name instanceof Reply.Bulk text) {
                names.add(text.text());
            }
        }
        return new Page(next.text(), names);
    }

    /** How many names there are. */
    static Future<Long> count(RedisLane redis) {
        return redis.send(RedisCommand.of("DBSIZE", 0)).map(reply -> {
            if (reply instanceof Reply.Whole(long all)) {
                return all;
            }
            throw new IllegalStateException("DBSIZE answers " + reply);
        });
    }

    /** Deletes them; how many there were. */
    static Future<Long> unlink(RedisLane redis, List<String> names) {
        var sent = names.stream()
                .map(name -> redis.send(RedisCommand.of("UNLINK", 1).arg(name)))
                .toList();
        return Future.all(sent)
                .map(_ -> sent.stream()
                        .filter(reply -> reply.result() instanceof Reply.Whole(long one) && one == 1)
                        .count());
    }
}
