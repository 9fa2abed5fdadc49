package io.souk.bench.redis;

import io.souk.stack.StackException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connections to Redis that all live on one event loop, and are used from there. */
public record RedisLoop(Context context, Redis redis) {
    private static final int SECONDS = 10;

    /** On an event loop of its own. */
    public RedisLoop(Vertx vertx, int port) {
        this(((VertxInternal) vertx).createEventLoopContext(), Redis.createClient(vertx, "redis://127.0.0.1:" + port));
    }

    public RedisConnection connect() {
        var connected = Promise.<RedisConnection>promise();
        context.runOnContext(_ -> redis.connect().onComplete(connected));
        return await(connected.future());
    }

    /** The answer to a command that always has one. */
    public static Response ask(RedisConnection connection, Request request) {
        return await(connection.send(request).map(answer -> Objects.requireNonNull(answer)));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Redis does not answer: %s.".formatted(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking Redis.", e);
        }
    }
}
