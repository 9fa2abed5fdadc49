package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Who waits for what has been seen elsewhere, for how long, and who is sent away. */
class TokenWaitTest {
    private static final TenantId LOUD = new TenantId("loud");
    private static final TenantId QUIET = new TenantId("quiet");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Uni<Boolean> NEVER = Uni.createFrom().item(false);
    private static final Uni<Boolean> UNANSWERED = Uni.createFrom().nothing();

    private static final Vertx VERTX = Vertx.vertx();

    private final TokenWait tokens = new TokenWait(VERTX, Replica.Settings.DEFAULT);

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private UniAssertSubscriber<Void> wait(TenantId tenant, Uni<Boolean> look) {
        return tokens.until(tenant, look).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static void assertRefused(UniAssertSubscriber<Void> asked) {
        assertThat(asked.awaitFailure(PATIENCE).getFailure()).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
    }

    @Test
    void givenItIsSo_thenItIsLookedForOnce() {
        var looks = new AtomicInteger();

        wait(LOUD, Uni.createFrom().item(() -> looks.incrementAndGet() > 0)).awaitItem(PATIENCE);

        assertThat(looks).hasValue(1);
    }

    @Test
    void givenItComes_thenWhoWaitsGoesOn() {
        var looks = new AtomicInteger();

        wait(LOUD, Uni.createFrom().item(() -> looks.incrementAndGet() == 4)).awaitItem(PATIENCE);

        assertThat(looks).hasValue(4);
    }

    @Test
    void givenItNeverComes_thenTheWaitEndsAfterABoundedNumberOfLooks() {
        var looks = new AtomicInteger();

        assertRefused(wait(LOUD, Uni.createFrom().item(() -> looks.incrementAndGet() < 0)));

        assertThat(looks.get()).isBetween(1, 51); // in a second, each at least 20 ms after the last
    }

    @Test
    void givenALookThatFails_thenItsFailureIsTold() {
        var failure = new IllegalStateException("no database");

        assertThat(wait(LOUD, Uni.createFrom().failure(failure))
                        .awaitFailure(PATIENCE)
                        .getFailure())
                .isSameAs(failure);
    }

    @Test
    void givenATenantWithAllItsPlaces_thenItsNextIsSentAwayAndAnotherIsNot() {
        var waiting = new ArrayList<UniAssertSubscriber<Void>>();
        for (int i = 0; i < 16; i++) {
            waiting.add(wait(LOUD, UNANSWERED));
        }

        assertRefused(wait(LOUD, NEVER));
        wait(QUIET, Uni.createFrom().item(true)).awaitItem(PATIENCE);

        waiting.getFirst().cancel();
        wait(LOUD, Uni.createFrom().item(true)).awaitItem(PATIENCE);
        waiting.forEach(UniAssertSubscriber::cancel);
    }

    @Test
    void givenAllPlacesTaken_thenTheNextTenantIsSentAwayUntilOneEnds() {
        for (int i = 0; i < 64; i++) {
            wait(new TenantId("tenant-" + i), NEVER);
        }

        assertRefused(wait(QUIET, UNANSWERED));
        eventually(() -> wait(QUIET, Uni.createFrom().item(true))
                .awaitItem(Duration.ofSeconds(1))
                .assertCompleted());
    }
}
