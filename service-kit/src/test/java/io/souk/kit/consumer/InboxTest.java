package io.souk.kit.consumer;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class InboxTest {
    private final AtomicInteger effects = new AtomicInteger();

    @Inject
    Inbox inbox;

    @Inject
    Transactions transactions;

    @Test
    void anEventHasItsEffectOncePerConsumerAndTenant() {
        var tenant = anyTenant();
        var event = UUID.randomUUID();

        once(tenant, "points", event, works()).await().atMost(PATIENCE);
        once(tenant, "points", event, works()).await().atMost(PATIENCE);
        once(tenant, "mails", event, works()).await().atMost(PATIENCE);
        once(anyTenant(), "points", event, works()).await().atMost(PATIENCE);

        assertThat(effects).hasValue(3);
    }

    @Test
    void whenTwentyGetTheEventAtOnce_thenOneHasTheEffect() {
        var tenant = anyTenant();
        var event = UUID.randomUUID();

        Uni.join()
                .all(IntStream.range(0, 20)
                        .mapToObj(_ -> once(tenant, "points", event, works()))
                        .toList())
                .andFailFast()
                .await()
                .atMost(PATIENCE);

        assertThat(effects).hasValue(1);
    }

    @Test
    void anEffectThatFailsIsNotRemembered() {
        var tenant = anyTenant();
        var event = UUID.randomUUID();

        assertThatThrownBy(() -> once(tenant, "points", event, fails()).await().atMost(PATIENCE))
                .hasMessage("no");
        once(tenant, "points", event, works()).await().atMost(PATIENCE);

        assertThat(effects).hasValue(1);
    }

    @Test
    void whatIsOlderThanTheRetentionIsForgotten() {
        var tenant = anyTenant();
        var event = UUID.randomUUID();
        once(tenant, "points", event, works()).await().atMost(PATIENCE);

        sweep(Duration.ofHours(1));
        once(tenant, "points", event, works()).await().atMost(PATIENCE);
        assertThat(effects).hasValue(1);
        sweep(Duration.ZERO);
        once(tenant, "points", event, works()).await().atMost(PATIENCE);

        assertThat(effects).hasValue(2);
    }

    private void sweep(Duration retention) {
        var sweep = new SweepInbox(transactions, () -> retention);
        boolean more = true;
        while (more) {
            more = sweep.sweep().await().atMost(PATIENCE);
        }
    }

    private Uni<Void> once(TenantId tenant, String consumer, UUID event, Uni<Void> effect) {
        return transactions.inTenant(tenant, tx -> inbox.once(tx, consumer, event, () -> effect));
    }

    private Uni<Void> works() {
        return Uni.createFrom().voidItem().invoke(effects::incrementAndGet);
    }

    private static Uni<Void> fails() {
        return Uni.createFrom().failure(new IllegalStateException("no"));
    }
}
