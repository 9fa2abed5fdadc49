package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.EventHealth;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How an updater's thread waits: every wait has an end, and of what fails an operator is told. */
final class UpdaterWaits {
    /** Well below the time after which a group takes a silent member for dead; the clients give up long before. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String part;
    private final EventHealth health;

    UpdaterWaits(String part, EventHealth health) {
        this.part = part;
        this.health = health;
    }

    /** Until each has ended, well or not. */
    void await(Collection<? extends Future<?>> sent) {
        if (!sent.isEmpty()) {
            outcome(Future.join(List.copyOf(sent)).toCompletionStage());
        }
    }

    <T> @Nullable T outcome(Uni<T> work) {
        return outcome(work.subscribeAsCompletionStage());
    }

    /** What comes of it; null when it fails. */
    <T> @Nullable T outcome(CompletionStage<T> work) {
        try {
            return work.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            trouble(Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (TimeoutException late) {
            trouble(late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            trouble(stopped);
        }
        return null;
    }

    void trouble(Throwable failure) {
        health.troubled(part, failure);
    }
}
