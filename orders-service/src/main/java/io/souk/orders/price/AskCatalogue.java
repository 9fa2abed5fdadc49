package io.souk.orders.price;

import io.smallrye.faulttolerance.api.AsynchronousNonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import java.time.temporal.ChronoUnit;

/** One guarded call of the catalogue: bounded in time, in number, and tried twice at most. */
@ApplicationScoped
class AskCatalogue {
    private final CatalogueApi catalogue;

    AskCatalogue(@RestClient CatalogueApi catalogue) {
        this.catalogue = catalogue;
    }

    /** Past the catalogue's cache: what is charged is what its database says. */
    @AsynchronousNonBlocking
    @Timeout(value = 1_500, unit = ChronoUnit.MILLIS)
    @Retry(maxRetries = 1, delay = 50, jitter = 50, maxDuration = 3_000, abortOn = CatalogueRefusal.class)
    @Bulkhead(value = 64, waitingTaskQueue = 256)
    Uni<CatalogueCards> bySku(String commaSeparated, String bearer) {
        return catalogue
                .bySku(commaSeparated, bearer, "no-cache")
                .onFailure(CatalogueRefusal::isRefusal)
                .transform(CatalogueRefusal::new);
    }
}
