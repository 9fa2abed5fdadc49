package io.souk.search.index;

import io.souk.kit.health.Degradation;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Not ready until the index has caught up with the log. When that takes too long, because Kafka is away or much has to be read,
 * an index that was found on the disk serves, and this and every answer say how old it is.
 */
@Readiness
@ApplicationScoped
class IndexHealth implements HealthCheck, Degradation {
    private final ReplicaIndex index;

    IndexHealth(ReplicaIndex index) {
        this.index = index;
    }

    @Override
    public HealthCheckResponse call() {
        var version = index.version();
        return HealthCheckResponse.named("search-index")
                .status(index.isServing())
                .withData("change", version.change())
                .build();
    }

    @Override
    public String name() {
        return "index";
    }

    @Override
    public @Nullable String reason() {
        var since = index.staleSince();
        return since == null ? null : "changes since " + since + " are still being read";
    }
}
