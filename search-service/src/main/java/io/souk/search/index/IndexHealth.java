package io.souk.search.index;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until the index has caught up with the log: an answer before that could be days old without saying so. */
@Readiness
@ApplicationScoped
class IndexHealth implements HealthCheck {
    private final ReplicaIndex index;

    IndexHealth(ReplicaIndex index) {
        this.index = index;
    }

    @Override
    public HealthCheckResponse call() {
        var version = index.version();
        return HealthCheckResponse.named("search-index")
                .status(index.isFresh())
                .withData("change", version.change())
                .build();
    }
}
