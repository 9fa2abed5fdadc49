package io.souk.bench.measure;

import io.souk.stack.StackException;
import io.vertx.core.Future;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a load that event loops drive. */
public final class Driven {
    private Driven() {}

    /** What it came to. Throws {@link StackException} when it failed, did not end in that time, or the caller is interrupted. */
    public static <T> T toItsEnd(Future<T> load, Duration most) {
        try {
            return load.toCompletionStage().toCompletableFuture().get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("The load could not be driven to its end: %s.".formatted(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while measuring.", e);
        }
    }
}
