package io.souk.orders.price;

import io.smallrye.faulttolerance.api.AsynchronousNonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import java.time.temporal.ChronoUnit;

/**
 * One guarded call of the catalogue: bounded in time (the wait for a place included) and in number, and tried twice at most.
 * Where half of the last 20 calls failed, a second passes without a call, so that a catalogue which is down costs its
 * callers nothing and is not met by all of them when it comes back. An answer that says no is final, and no failure.
 */
@ApplicationScoped
class AskCatalogue {
    private final CatalogueApi catalogue;

    AskCatalogue(@RestClient CatalogueApi catalogue) {
        this.catalogue = catalogue;
    }

    /** Past the catalogue's cache: what is charged is what its database says. Fails with {@link CatalogueRefusal} for a 4xx. */
    @AsynchronousNonBlocking
    @Timeout(value = 1_500, unit = ChronoUnit.MILLIS)
    @Retry(
            maxRetries = 1,
            delay = 50,
            jitter = 50,
            maxDuration = 3_000,
            abortOn = {CatalogueRefusal.class, BulkheadException.class, CircuitBreakerOpenException.class})
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.5,
            delay = 1_000,
            skipOn = {CatalogueRefusal.class, BulkheadException.class})
    @Bulkhead(value = 64, waitingTaskQueue = 256)
    Uni<CatalogueCards> bySku(String commaSeparated, String bearer) {
        return catalogue
                .bySku(commaSeparated, bearer, "no-cache")
                .onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("the answer is empty"))
                .onFailure(CatalogueRefusal::isRefusal)
                .transform(CatalogueRefusal::of);
    }
}
