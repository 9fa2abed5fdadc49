package io.souk.bench.bare;

import io.souk.stack.StackException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts ready answers where a {@link BareServer} reads them. */
public final class Answers {
    private static final int SECONDS = 10;

    private Answers() {}

    /** Overwrites what is there; {@code byPath} is the body to each path. */
    public static void put(int redisPort, Map<String, Buffer> byPath) {
        var vertx = Vertx.vertx();
        var redis = Redis.createClient(vertx, "redis://127.0.0.1:" + redisPort);
        try {
            for (var answer : byPath.entrySet()) {
                redis.send(Request.cmd(Command.SET, BareServer.key(answer.getKey()), answer.getValue()))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Redis does not take the answers: %s.".formatted(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while writing to Redis.", e);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
