package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.souk.kit.outbox.CommitListener;
import io.souk.kit.outbox.CommittedChange;
import io.souk.kit.tenant.TenantId;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.OrderEvent;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Waits for the outcome of an order. Woken by this replica's own commits, and it looks for itself now and then: another
 * replica may take the order on.
 */
@ApplicationScoped
class AwaitOutcome implements CommitListener {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** What a timer can measure. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

    private final FindOrders findOrders;
    private final WaitSlots slots;
    private final ConcurrentHashMap<UUID, Queue<UniEmitter<? super Void>>> waiting = new ConcurrentHashMap<>();

    AwaitOutcome(FindOrders findOrders, WaitSlots slots) {
        this.findOrders = findOrders;
        this.slots = slots;
    }

    /**
     * Ends when the order has its outcome or the time is up, whichever comes first; at once when too many wait already. A
     * subscriber that goes away is forgotten.
     */
    Uni<Void> await(TenantId tenant, UUID order, Duration atMost) {
        return Uni.createFrom()
                .deferred(() -> slots.take(tenant)
                        .map(slot -> await(tenant, order, System.nanoTime() + atMost.toNanos())
                                .onTermination()
                                .invoke(slot::release))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> await(TenantId tenant, UUID order, long until) {
        return findOrders.status(tenant, order).chain(status -> {
            var left = until - System.nanoTime();
            if (status == null || status.isOutcome() || left < SHORTEST_PAUSE.toNanos()) {
                return Uni.createFrom().voidItem();
            }
            var pause = Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos()));
            return changed(order, pause).chain(() -> await(tenant, order, until));
        });
    }

    private Uni<Void> changed(UUID order, Duration atMost) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> {
                    add(order, emitter);
                    emitter.onTermination(() -> remove(order, emitter));
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem((Void) null);
    }

    private void add(UUID order, UniEmitter<? super Void> waiter) {
        waiting.compute(order, (_, waiters) -> {
            Queue<UniEmitter<? super Void>> queue = waiters == null ? new ConcurrentLinkedQueue<>() : waiters;
            queue.add(waiter);
            return queue;
        });
    }

    private void remove(UUID order, UniEmitter<? super Void> waiter) {
        waiting.computeIfPresent(order, (_, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    @Override
    public void committed(TenantId tenant, List<CommittedChange> changes) {
        for (var committed : changes) {
            if (committed.change().aggregate().equals(OrderEvent.ORDER)) {
                var waiters = waiting.remove(committed.change().id());
                if (waiters != null) {
                    waiters.forEach(waiter -> waiter.complete(null));
                }
            }
        }
    }
}
