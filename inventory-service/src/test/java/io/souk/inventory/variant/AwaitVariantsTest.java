package io.souk.inventory.variant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.Problem;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static io.souk.inventory.InventoryProblem.UNKNOWN_SKU;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AwaitVariantsTest {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    @Test
    void givenAVariantThatIsAnnouncedMeanwhile_thenItIsAskedForAgainUntilItIsThere() {
        var asked = new AtomicInteger();

        var found = new AwaitVariants(() -> Duration.ofSeconds(30))
                .in(() -> asked.incrementAndGet() < 3
                        ? unknown()
                        : Uni.createFrom().item("found"));

        assertThat(found.await().atMost(DEADLINE)).isEqualTo("found");
        assertThat(asked).hasValue(3);
    }

    @Test
    void givenAVariantThatNeverComes_thenItIsRefusedAsWhoeverAsksSays() {
        var impatient = new AwaitVariants(() -> Duration.ZERO);

        assertThatThrownBy(
                        () -> impatient.in(AwaitVariantsTest::unknown).await().atMost(DEADLINE))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(UNKNOWN_SKU));
        assertThatThrownBy(() -> impatient
                        .in(AwaitVariantsTest::unknown, _ -> NOT_FOUND.because("There is none"))
                        .await()
                        .atMost(DEADLINE))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(NOT_FOUND));
    }

    private static Uni<String> unknown() {
        return Uni.createFrom().failure(new UnknownVariants(List.of("/sku")));
    }
}
