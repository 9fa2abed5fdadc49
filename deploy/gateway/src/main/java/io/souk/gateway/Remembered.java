package io.souk.gateway;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * An answer that is worth keeping for a moment: asked for once however many wait for it. Lives on one event loop.
 *
 * @param <T> the answer
 */
final class Remembered<T> {
    private final Supplier<Future<T>> source;
    private final ToLongFunction<T> keepMillis;
    private @Nullable Future<T> latest;
    private long freshUntil;

    Remembered(Supplier<Future<T>> source, ToLongFunction<T> keepMillis) {
        this.source = source;
        this.keepMillis = keepMillis;
    }

    Future<T> get() {
        var known = latest;
        if (known != null && (!known.isComplete() || (known.succeeded() && System.nanoTime() - freshUntil < 0))) {
            return known;
        }
        var asked = source.get();
        latest = asked;
        return asked.onSuccess(answer -> freshUntil = System.nanoTime() + keepMillis.applyAsLong(answer) * 1_000_000);
    }
}
