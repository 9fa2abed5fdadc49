package io.souk.kit.view;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.context.OwnContext;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TenantSlots;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets a request wait until this service has heard of what its caller has seen elsewhere ({@code Souk-Min-Version} with
 * another service's versions). Whether it has is asked of its own tables, so few may wait at once.
 *
 * <p>Safe from any thread; answers on the caller's Vert.x context.
 */
@Singleton
public class TokenWait {
    private static final int SHORTEST_PAUSE_MILLIS = 20;
    private static final int LONGEST_PAUSE_MILLIS = 50;

    /** Each asks some 30 times a second, which a database that lags must bear. */
    private static final int WAITERS = 64;

    private static final int WAITERS_PER_TENANT = 16;

    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final long patienceNanos;
    private final TenantSlots waiters = new TenantSlots(WAITERS, WAITERS_PER_TENANT);

    TokenWait(Vertx vertx, ViewConfig config) {
        this.vertx = vertx;
        this.patienceNanos = config.tokenWait().toNanos();
    }

    /**
     * Completes when it is so: looks at once, then every 20 to 50 ms. Fails with 503 and Retry-After when it is not so within
     * {@link ViewConfig#tokenWait}, or when the tenant or this replica has as many waiting as it may; and as a look fails.
     *
     * @param look is subscribed to for each look; bounds its own time
     */
    public Uni<Void> until(TenantId tenant, Uni<Boolean> look) {
        return Uni.createFrom()
                .deferred(() -> waiters.take(tenant)
                        .map(slot -> look(look).onTermination().invoke(slot::release))
                        .orElseGet(() -> Uni.createFrom().failure(late("too many wait for such already"))));
    }

    private Uni<Void> look(Uni<Boolean> look) {
        long began = System.nanoTime();
        var home = OwnContext.executor();
        return look.emitOn(home)
                .chain(is -> is ? Uni.createFrom().item(true) : again(look.emitOn(home), began))
                .chain(is -> is
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(late("it has not arrived here yet")));
    }

    private Uni<Boolean> again(Uni<Boolean> look, long began) {
        return Multi.createBy()
                .repeating()
                .uni(() -> pause().chain(() -> look))
                .whilst(is -> !is && System.nanoTime() - began < patienceNanos)
                .collect()
                .last();
    }

    /** On the caller's own context, unlike Mutiny's delays. */
    private Uni<Void> pause() {
        long millis = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS + 1);
        return Uni.createFrom().emitter(over -> vertx.setTimer(millis, _ -> over.complete(null)));
    }

    private static Problem late(String why) {
        return KitProblem.UNAVAILABLE
                .because("What Souk-Min-Version names cannot be read now: " + why + ".")
                .retryAfter(COME_AGAIN);
    }
}
