package io.souk.orders.price;

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
 * The guarded calls of the catalogue, each of them bounded in time (the wait for a place included) and in number, and
 * tried twice at most. Where half of the last 20 calls failed, a second passes without a call, so that a catalogue
 * which is down costs its callers nothing and is not met by all of them when it comes back. An answer that says no is
 * final, and no failure.
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
@Bulkhead(value = 64, waitingTaskQueue = 256)
class AskCatalogue {
    private static final String PAST_CACHES = "no-cache";

    private final CatalogueApi catalogue;

    AskCatalogue(@RestClient CatalogueApi catalogue) {
        this.catalogue = catalogue;
    }

    /** Past the catalogue's cache: what is charged is what its database says. Fails with {@link PeerRefusal} for a 4xx. */
    Uni<CatalogueCards> bySku(String commaSeparated, String bearer) {
        return PeerRefusal.answer(catalogue.bySku(commaSeparated, bearer, PAST_CACHES));
    }

    /** As {@link #bySku}; the refusal of a product that there is not is a 404. */
    Uni<CatalogueCards.Card> byId(UUID product, String bearer) {
        return PeerRefusal.answer(catalogue.byId(product, bearer, PAST_CACHES));
    }
}
