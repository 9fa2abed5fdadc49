package io.souk.orders.hold;

import io.smallrye.faulttolerance.api.AsynchronousNonBlocking;
import io.smallrye.mutiny.Uni;
import io.souk.orders.peer.PeerRefusal;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The guarded call of the inventory, bounded in time (the wait for a place included) and in number, and tried twice at most.
 * Where half of the last 20 calls failed, a second passes without a call. An answer that says no is final, and no failure.
 */
@ApplicationScoped
@AsynchronousNonBlocking
@Timeout(value = 1_500, unit = ChronoUnit.MILLIS)
@Retry(
        maxRetries = 1,
        delay = 50,
        jitter = 50,
        maxDuration = 3_000,
        abortOn = {PeerRefusal.class, BulkheadException.class, CircuitBreakerOpenException.class})
@CircuitBreaker(
        requestVolumeThreshold = 20,
        failureRatio = 0.5,
        delay = 1_000,
        skipOn = {PeerRefusal.class, BulkheadException.class})
@Bulkhead(value = 32, waitingTaskQueue = 128)
class AskInventory {
    private final InventoryApi inventory;

    AskInventory(@RestClient InventoryApi inventory) {
        this.inventory = inventory;
    }

    /** Fails with {@link PeerRefusal} for a 4xx. */
    Uni<HeldStock> byId(UUID id, String bearer) {
        return PeerRefusal.answer(inventory.byId(id, bearer));
    }
}
