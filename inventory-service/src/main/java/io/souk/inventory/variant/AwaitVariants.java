package io.souk.inventory.variant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** Is patient with variants that the catalogue may be announcing at the moment. */
@ApplicationScoped
public class AwaitVariants {
    /** Waits of 25 to 75 ms: some twenty looks within the default patience, holding no connection between them. */
    private static final int SHORTEST_WAIT_MILLIS = 25;

    private static final int LONGEST_WAIT_MILLIS = 75;

    private final VariantConfig config;

    AwaitVariants(VariantConfig config) {
        this.config = config;
    }

    /** What {@code once} gives, which is asked again while it fails with {@link UnknownVariants}; in the end {@code UNKNOWN_SKU}. */
    public <T> Uni<T> in(Supplier<Uni<T>> once) {
        return in(once, UnknownVariants::asProblem);
    }

    /** As {@link #in(Supplier)}, with another refusal in the end. */
    public <T> Uni<T> in(Supplier<Uni<T>> once, Function<UnknownVariants, Problem> refusal) {
        return Uni.createFrom()
                .deferred(() -> attempt(
                        once, refusal, System.nanoTime() + config.patience().toNanos()));
    }

    private static <T> Uni<T> attempt(
            Supplier<Uni<T>> once, Function<UnknownVariants, Problem> refusal, long deadline) {
        return once.get().onFailure(UnknownVariants.class).recoverWithUni(failure -> {
            if (System.nanoTime() - deadline >= 0) {
                return Uni.createFrom().failure(refusal.apply(failure));
            }
            var wait = Duration.ofMillis(
                    ThreadLocalRandom.current().nextInt(SHORTEST_WAIT_MILLIS, LONGEST_WAIT_MILLIS + 1));
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(wait)
                    .chain(() -> attempt(once, refusal, deadline));
        });
    }
}
