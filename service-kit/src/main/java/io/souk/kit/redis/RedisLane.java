package io.souk.kit.redis;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A way to Redis. Commands from one thread are executed in the order in which they were sent.
 *
 * <p>A future fails with {@link RedisError} when Redis answered so, and with {@link RedisUnavailable} when it did not answer.
 * Nothing is retried. Answers come on the caller's context, or on the connection's where the caller has none.
 */
public interface RedisLane {
    Future<@Nullable Reply> send(RedisCommand command);

    /**
     * Runs a script by its hash, and once more by its text where Redis does not know it (a restart, SCRIPT FLUSH): then it
     * runs after commands that were sent later.
     */
    default Future<@Nullable Reply> run(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        return send(script.byHash(keys, arguments))
                .recover(failure -> failure instanceof RedisError error && error.is("NOSCRIPT")
                        ? send(script.byText(keys, arguments))
                        : Future.failedFuture(failure));
    }
}
