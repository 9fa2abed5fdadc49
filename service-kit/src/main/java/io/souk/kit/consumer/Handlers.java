package io.souk.kit.consumer;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.souk.kit.trace.Traces;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs what readers do with events on a Vert.x context of its own, below the trace of the one who wrote the events. */
final class Handlers {
    private static final String SAMPLED = "-01";

    private final Context root;
    private final String spanName;

    Handlers(Vertx vertx, String spanName) {
        root = vertx.getOrCreateContext();
        this.spanName = spanName;
    }

    /** The future completes with the work; cancelling it cancels the work. */
    CompletableFuture<Void> run(@Nullable String traceparent, Supplier<Uni<Void>> work) {
        var done = new CompletableFuture<Void>();
        var context = Objects.requireNonNull(VertxContext.createNewDuplicatedContext(root));
        context.runOnContext(_ -> {
            if (done.isDone()) {
                return;
            }
            Cancellable running = Traces.under(
                            traceparent, spanName, () -> Uni.createFrom().deferred(work::get))
                    .subscribe()
                    .with(_ -> done.complete(null), done::completeExceptionally);
            var _ = done.whenComplete((_, _) -> {
                if (done.isCancelled()) {
                    context.runOnContext(_ -> running.cancel());
                }
            });
        });
        return done;
    }

    /** Of a batch's traces the first that is kept: a span has one parent. */
    static @Nullable String traceparent(List<? extends Received<?>> events) {
        for (var received : events) {
            var traceparent = received.event().envelope().traceparent();
            if (traceparent != null && traceparent.endsWith(SAMPLED)) {
                return traceparent;
            }
        }
        return null;
    }
}
