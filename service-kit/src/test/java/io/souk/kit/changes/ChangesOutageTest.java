package io.souk.kit.changes;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.kit.Things;
import io.souk.kit.id.Ids;
import io.souk.testing.OwnServers;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Kafka goes away under those who follow, and comes back. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = OwnServers.class, initArgs = @ResourceArg(name = "servers", value = "kafka"))
class ChangesOutageTest {
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @Inject
    Things things;

    @Test
    void givenWhatLiesBeforeTheWindow_whenKafkaIsAway_thenItSaysSoUntilKafkaIsBack() {
        var tenant = anyTenant();
        things.write(tenant, Ids.next(), "early");
        Followers.now(tenant); // the end of the log is in memory from here on
        eventually(
                RECOVERY,
                () -> assertThat(Followers.readAll(tenant, "start", "")).hasSize(1));
        var noise = anyTenant();
        for (int i = 0; i < 10; i++) {
            things.writeMany(noise, 40, "out of the window with it " + i);
        }
        eventually(
                RECOVERY,
                () -> assertThat(Followers.readAll(noise, "start", "")).hasSize(400));

        OwnServers.kafka().kill();
        eventually(RECOVERY, () -> {
            var refused = Followers.get(tenant, "?after=start");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        });
        OwnServers.kafka().start();

        eventually(RECOVERY, () -> {
            var answer = Followers.get(tenant, "?after=start");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.items()).hasSize(1);
        });
    }
}
