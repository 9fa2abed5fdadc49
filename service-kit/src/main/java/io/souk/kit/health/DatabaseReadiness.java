package io.souk.kit.health;

import io.quarkus.arc.All;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.DatabaseProbe;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import java.util.List;
import java.util.stream.Collectors;

/** Ready while the database answers; says what is degraded. */
@ApplicationScoped
@Readiness
class DatabaseReadiness implements AsyncHealthCheck {
    private final DatabaseProbe database;
    private final List<Degradation> degradations;
    private final String version;

    DatabaseReadiness(
            DatabaseProbe database,
            @All List<Degradation> degradations,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.database = database;
        this.degradations = degradations;
        this.version = version;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return database.answers().map(this::response);
    }

    private HealthCheckResponse response(boolean answers) {
        var response = HealthCheckResponse.named("ready").status(answers).withData("version", version);
        if (!answers) {
            response.withData("database", "does not answer");
        }
        var reasons = degradations.stream()
                .filter(part -> part.reason() != null)
                .map(part -> part.name() + ": " + part.reason())
                .collect(Collectors.joining("; "));
        if (!reasons.isEmpty()) {
            response.withData("degraded", reasons);
        }
        return response.build();
    }
}
