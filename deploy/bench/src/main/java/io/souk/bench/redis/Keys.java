package io.souk.bench.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;

import java.util.ArrayList;
import java.util.List;

/** Looks for keys and deletes them, past every service. For one thread. */
public final class Keys implements AutoCloseable {
    private static final String PAGE = "10000";

    private final RedisConnection redis;

    public Keys(Vertx vertx, int port) {
        redis = new RedisLoop(vertx, port).connect();
    }

    /** Those that match a pattern of Redis'. */
    public List<String> matching(String pattern) {
        var keys = new ArrayList<String>();
        var cursor = "0";
        do {
            var page = RedisLoop.ask(redis, Request.cmd(Command.SCAN, cursor, "MATCH", pattern, "COUNT", PAGE));
            cursor = page.get(0).toString();
            page.get(1).forEach(key -> keys.add(key.toString()));
        } while (!cursor.equals("0"));
        return keys;
    }

    /** Whether it was there. */
    public boolean delete(String key) {
        return RedisLoop.ask(redis, Request.cmd(Command.DEL, key)).toString().equals("1");
    }

    @Override
    public void close() {
        redis.close();
    }
}
