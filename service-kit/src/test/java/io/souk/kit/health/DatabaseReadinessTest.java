package io.souk.kit.health;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.OwnServers;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = OwnServers.class, initArgs = @ResourceArg(name = "servers", value = "postgres"))
class DatabaseReadinessTest {
    @Inject
    @Readiness
    DatabaseReadiness readiness;

    @Inject
    Transactions transactions;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int connections;

    @Test
    void givenAllConnectionsBusyAndRequestsWaiting_thenTheServiceStaysReady() {
        var gate = new CompletableFuture<Void>();
        var working = new AtomicInteger();
        var busy = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < connections + 5; i++) {
            busy.add(transactions
                    .inTenant(anyTenant(), tx -> {
                        working.incrementAndGet();
                        return Uni.createFrom().completionStage(gate);
                    })
                    .subscribeAsCompletionStage());
        }
        eventually(() -> assertThat(working).hasValue(connections));

        for (int i = 0; i < 20; i++) {
            eventuallyUp();
        }

        assertThat(working).hasValue(connections);
        gate.complete(null);
        assertThat(busy.getFirst()).succeedsWithin(Duration.ofSeconds(30));
    }

    /** The frozen server keeps the connection, on which no answer ever comes. */
    @Test
    void givenADatabaseThatFreezesOrDies_thenTheServiceIsNotReadyUntilItAnswersAgain() {
        eventuallyUp();
        OwnServers.postgres().pause();
        try {
            assertThat(status()).isEqualTo(HealthCheckResponse.Status.DOWN);
            assertThat(status()).isEqualTo(HealthCheckResponse.Status.DOWN);
        } finally {
            OwnServers.postgres().resume();
        }
        eventuallyUp();

        OwnServers.postgres().kill();
        try {
            assertThat(status()).isEqualTo(HealthCheckResponse.Status.DOWN);
        } finally {
            OwnServers.postgres().start();
        }
        eventuallyUp();
    }

    /** One look may come too late for a machine that stands still; while all connections are busy, none would help. */
    private void eventuallyUp() {
        eventually(() -> assertThat(status()).isEqualTo(HealthCheckResponse.Status.UP));
    }

    private HealthCheckResponse.Status status() {
        return readiness.call().await().atMost(Duration.ofSeconds(20)).getStatus();
    }
}
