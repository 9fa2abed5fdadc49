package io.souk.kit.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Up while the process can answer at all: no dependency may get it restarted. */
@ApplicationScoped
@Liveness
class Alive implements HealthCheck {
    private final String version;

    Alive(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("alive")
                .up()
                .withData("version", version)
                .build();
    }
}
