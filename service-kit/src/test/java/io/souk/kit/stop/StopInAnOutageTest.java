package io.souk.kit.stop;

import io.quarkus.arc.All;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.kit.Things;
import io.souk.testing.OwnServers;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.souk.kit.Things.anyTenant;
import static org.assertj.core.api.Assertions.assertThat;

/** A stop has its bound when nothing answers any more: the servers keep their connections, and are silent. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = OwnServers.class, initArgs = @ResourceArg(name = "servers", value = "postgres,redis,kafka"))
class StopInAnOutageTest {
    private static final Duration TO_CLOSE = Duration.ofSeconds(30);

    @Inject
    @All
    List<Background> work;

    @Inject
    Things things;

    @Test
    void givenNoServerThatAnswers_whenTheServiceEnds_thenItsWorkEndsWithinItsTime() throws InterruptedException {
        OwnServers.kafka().pause();
        OwnServers.redis().pause();
        things.writeMany(anyTenant(), 500, "to be relayed"); // and to be applied, when Kafka is there
        OwnServers.kafka().resume();
        OwnServers.postgres().pause();
        OwnServers.kafka().pause();
        try {
            long began = System.nanoTime();

            Shutdown.end(work, Shutdown.WITHIN);

            // jobs, readers, changes and their tail, the own log, views, rebuilds, relay and sweeps
            assertThat(work).hasSize(9);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Shutdown.WITHIN.plus(TO_CLOSE));
        } finally {
            OwnServers.kafka().resume();
            OwnServers.redis().resume();
            OwnServers.postgres().resume();
        }
    }
}
