package io.souk.kit.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Clients of a Redis that a test has for itself. */
public final class RedisClients {
    private RedisClients() {}

    public static PipelinedRedis client(Vertx vertx, RedisConfig config, MeterRegistry registry) {
        return new PipelinedRedis(vertx, config, registry);
    }

    /** A client that is connected. */
    public static PipelinedRedis ready(Vertx vertx, RedisConfig config) {
        var redis = client(vertx, config, new SimpleMeterRegistry());
        awaitState(redis, RedisState.READY);
        return redis;
    }

    public static void awaitState(PipelinedRedis redis, RedisState state) {
        eventually(() -> assertThat(redis.state()).isEqualTo(state));
    }

    public static void awaitReady(PipelinedRedis redis) {
        awaitState(redis, RedisState.READY);
    }

    public static void close(PipelinedRedis redis) {
        redis.close();
    }

    /** Sends words and waits. */
    public static @Nullable Reply call(RedisLane redis, String name, Object... arguments) {
        return await(redis.send(command(name, arguments)));
    }

    public static RedisCommand command(String name, Object... arguments) {
        var command = RedisCommand.of(name, arguments.length);
        for (var argument : arguments) {
            if (argument instanceof byte[] bytes) {
                command.arg(bytes);
            } else {
                command.arg(String.valueOf(argument));
            }
        }
        return command;
    }

    /** What Redis answers when it refuses a command. */
    public static RedisError error(String reply) {
        return new RedisError(reply);
    }

    public static <T extends @Nullable Object> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException | java.util.concurrent.TimeoutException failure) {
            throw new AssertionError("no answer", failure);
        }
    }
}
