package io.souk.chaos.fleet;

import io.souk.stack.StackException;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Redis, past all proxies. Commands one at a time; for one thread. */
public final class RedisDirect implements AutoCloseable {
    private static final int SECONDS = 10;
    private static final String PAGE = "1000";

    private final Vertx vertx = Vertx.vertx();
    private final Redis client;

    public RedisDirect(Fleet fleet) {
        client = Redis.createClient(vertx, "redis://127.0.0.1:" + fleet.port(Server.REDIS));
    }

    /** The answer; throws when there is none within some seconds. */
    public @Nullable Response send(Command command, String... arguments) {
        var request = Request.cmd(command);
        for (var argument : arguments) {
            request.arg(argument);
        }
        try {
            return client.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Redis does not answer %s: %s.".formatted(command, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted.", e);
        }
    }

    /** All keys there are; one that comes or goes meanwhile may be missing or there. */
    public List<String> keys() {
        var keys = new ArrayList<String>();
        var cursor = "0";
        do {
            var page = send(Command.SCAN, cursor, "COUNT", PAGE);
            if (page == null) {
                break;
            }
            cursor = page.get(0).toString();
            page.get(1).forEach(key -> keys.add(key.toString()));
        } while (!cursor.equals("0"));
        return keys;
    }

    @Override
    public void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
