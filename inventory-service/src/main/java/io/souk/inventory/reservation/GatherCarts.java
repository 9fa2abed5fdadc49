package io.souk.inventory.reservation;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.Failures;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TenantSlots;
import io.souk.kit.tenant.TransactionFailure.Overtaken;
import io.souk.kit.trace.Traces;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lets carts that come at about the same time share a transaction, so that a flash sale is limited by commits and not by
 * their queue for one row. Of each tenant, one transaction runs at a time and the next one gathers meanwhile. After a crowd it
 * gathers on until as many are there as the last one served, or a short time is over: clients who have just been answered
 * come back, and a transaction of each of them would cost all of them more than that wait. In quiet hours nobody waits.
 *
 * <p>Carts are served in the order in which they came. What fails a whole batch for no known reason fails only the cart that
 * is to blame: then each is held alone. Who goes away while waiting is served all the same.
 */
@ApplicationScoped
@Startup // its settings are checked when the service starts, not with the first cart
class GatherCarts {
    private static final Logger LOG = Logger.getLogger(GatherCarts.class);
    private static final String SPAN = "hold carts";

    /** Of all carts of a batch: an order may have a thousand, and a batch of such would lock stock for long. */
    private static final int MAX_LINES = 2_000;

    /** Carts of a batch from which on others are expected soon. */
    private static final int CROWD = 8;

    private final Vertx vertx;
    private final Context own;
    private final HoldCarts holdCarts;
    private final ReservationConfig config;
    private final TenantSlots places;
    private final DistributionSummary sizes;

    /** Of each tenant of which a timer or a transaction is under way. Guarded by this, as what is in it. */
    private final Map<TenantId, Lane> lanes = new HashMap<>();

    /** Fails when one tenant may have all places, and some that there are not. */
    GatherCarts(Vertx vertx, HoldCarts holdCarts, ReservationConfig config, MeterRegistry metrics) {
        if (config.batchWaitingPerTenant() > config.batchWaiting()) {
            throw new IllegalArgumentException(
                    "souk.inventory.reservation.batch-waiting-per-tenant, %d, must not be more than souk.inventory.reservation.batch-waiting, %d"
                            .formatted(config.batchWaitingPerTenant(), config.batchWaiting()));
        }
        this.vertx = vertx;
        this.own = ((VertxInternal) vertx).createEventLoopContext();
        this.holdCarts = holdCarts;
        this.config = config;
        this.places = new TenantSlots(config.batchWaiting(), config.batchWaitingPerTenant());
        this.sizes = metrics.summary("souk.inventory.batch.carts");
    }

    private static final class Lane {
        final Deque<Ticket> waiting = new ArrayDeque<>();

        /** How many are expected until the timer ends. */
        int expected;

        /** Null while nobody is waited for. */
        @Nullable
        Long timer;
    }

    /** @param leaves once it waits no longer */
    private record Ticket(
            Cart cart,
            Runnable leaves,
            @Nullable String traceparent,
            UniEmitter<? super Outcome> caller,
            @Nullable Context home) {
        void answer(Runnable answer) {
            if (home == null) {
                answer.run();
            } else {
                home.runOnContext(_ -> answer.run());
            }
        }

        void fail(Throwable failure) {
            answer(() -> caller.fail(failure));
        }
    }

    /**
     * What came of the cart, once that is committed; on the context of the caller. A client's cart is refused with 503 while
     * too many wait, of its tenant or of all. An order's is not, nor does it take a client's place: its reader holds back by
     * itself.
     */
    Uni<Outcome> hold(TenantId tenant, Cart cart) {
        return switch (cart) {
            case Cart.OfOrder _ -> line(tenant, cart, () -> {});
            case Cart.OfOwner _ ->
                Uni.createFrom()
                        .deferred(() -> places.take(tenant)
                                .map(place -> line(tenant, cart, place::release))
                                .orElseThrow(() -> Problems.unavailable("Too many reservations wait for their turn")));
        };
    }

    private Uni<Outcome> line(TenantId tenant, Cart cart, Runnable leaves) {
        return Uni.createFrom()
                .emitter(caller -> line(
                        tenant, new Ticket(cart, leaves, Traces.currentTraceparent(), caller, Vertx.currentContext())));
    }

    private synchronized void line(TenantId tenant, Ticket ticket) {
        var lane = lanes.computeIfAbsent(tenant, this::open);
        lane.waiting.add(ticket);
        startIfComplete(tenant, lane);
    }

    private Lane open(TenantId tenant) {
        long millis = millis(config.batchWindow());
        if (millis == 0) {
            own.runOnContext(_ -> start(tenant));
        } else {
            vertx.setTimer(millis, _ -> start(tenant));
        }
        return new Lane();
    }

    /** Timers go by whole ones, and there is none of less. */
    private static long millis(Duration window) {
        return (window.toNanos() + 999_999) / 1_000_000;
    }

    private void startIfComplete(TenantId tenant, Lane lane) {
        if (lane.timer != null && lane.waiting.size() >= lane.expected && vertx.cancelTimer(lane.timer)) {
            lane.timer = null;
            own.runOnContext(_ -> start(tenant));
        }
    }

    private void start(TenantId tenant) {
        var batch = new ArrayList<Ticket>();
        synchronized (this) {
            var lane = Objects.requireNonNull(lanes.get(tenant));
            lane.timer = null;
            if (lane.waiting.isEmpty()) {
                lanes.remove(tenant);
                return;
            }
            int lines = 0;
            while (!lane.waiting.isEmpty() && batch.size() < config.batchCarts()) {
                lines += lane.waiting.getFirst().cart().size();
                if (!batch.isEmpty() && lines > MAX_LINES) {
                    break;
                }
                batch.add(lane.waiting.removeFirst());
            }
        }
        batch.forEach(ticket -> ticket.leaves().run());
        sizes.record(batch.size());
        Objects.requireNonNull(VertxContext.createNewDuplicatedContext(own))
                .runOnContext(_ -> Uni.createFrom()
                        .deferred(() -> hold(tenant, batch))
                        .subscribe()
                        .with(_ -> goOn(tenant, batch.size()), failure -> {
                            LOG.errorf(failure, "a batch of %d carts of %s was lost", batch.size(), tenant.value());
                            batch.forEach(ticket -> ticket.fail(failure));
                            goOn(tenant, batch.size());
                        }));
    }

    private void goOn(TenantId tenant, int served) {
        synchronized (this) {
            var lane = Objects.requireNonNull(lanes.get(tenant));
            if (served >= CROWD
                    && lane.waiting.size() < served
                    && !config.crowdWindow().isZero()) {
                lane.expected = served;
                lane.timer = vertx.setTimer(millis(config.crowdWindow()), _ -> start(tenant));
            } else if (lane.waiting.isEmpty()) {
                lanes.remove(tenant);
            } else {
                own.runOnContext(_ -> start(tenant));
            }
        }
    }

    /** Answers each of them. */
    private Uni<Void> hold(TenantId tenant, List<Ticket> batch) {
        return transaction(tenant, batch).onFailure().recoverWithUni(failure -> {
            // Whoever is overtaken is in nobody else's way.
            if (batch.size() == 1 || (Failures.isTransient(failure) && !(failure instanceof Overtaken))) {
                batch.forEach(ticket -> ticket.fail(failure));
                return Uni.createFrom().voidItem();
            }
            LOG.warnf(failure, "%d carts of %s are held one by one", batch.size(), tenant.value());
            return Multi.createFrom()
                    .iterable(batch)
                    .onItem()
                    .transformToUniAndConcatenate(ticket -> hold(tenant, List.of(ticket)))
                    .collect()
                    .last()
                    .replaceWithVoid();
        });
    }

    private Uni<Void> transaction(TenantId tenant, List<Ticket> batch) {
        return Traces.under(
                        traceparent(batch),
                        SPAN,
                        () -> holdCarts.hold(
                                tenant, batch.stream().map(Ticket::cart).toList()))
                .invoke(outcomes -> batch.forEach(ticket -> {
                    var outcome =
                            Objects.requireNonNull(outcomes.get(ticket.cart().reservation()));
                    ticket.answer(() -> ticket.caller().complete(outcome));
                }))
                .replaceWithVoid();
    }

    /** A span has one parent: of those that share it, the first that is kept. */
    private static @Nullable String traceparent(List<Ticket> batch) {
        return batch.stream()
                .map(Ticket::traceparent)
                .filter(Objects::nonNull)
                .filter(Traces::isSampled)
                .findFirst()
                .orElse(null);
    }
}
