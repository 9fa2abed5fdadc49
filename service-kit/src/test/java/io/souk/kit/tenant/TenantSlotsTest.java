package io.souk.kit.tenant;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class TenantSlotsTest {
    private static final TenantId KOSHER = new TenantId("kosher");
    private static final TenantId SNEAKERS = new TenantId("sneakers");
    private static final TenantId CARDS = new TenantId("cards");

    @Test
    void givenAFullTenant_whenItAsksForMore_thenItGetsNoneAndAnotherTenantDoes() {
        var slots = new TenantSlots(10, 2);
        var first = slots.take(KOSHER).orElseThrow();
        assertThat(slots.take(KOSHER)).isPresent();

        assertThat(slots.take(KOSHER)).isEmpty();
        assertThat(slots.take(SNEAKERS)).isPresent();

        first.release();
        assertThat(slots.take(KOSHER)).isPresent();
        assertThat(slots.take(KOSHER)).isEmpty();
    }

    @Test
    void givenAFullReplica_whenATenantWithoutAPlaceAsks_thenItGetsNone() {
        var slots = new TenantSlots(2, 2);
        assertThat(slots.take(KOSHER)).isPresent();
        var second = slots.take(SNEAKERS).orElseThrow();

        assertThat(slots.take(CARDS)).isEmpty();

        second.release();
        assertThat(slots.take(CARDS)).isPresent();
    }

    @Test
    void givenAPlace_whenItIsReleasedTwice_thenItIsFreeOnce() {
        var slots = new TenantSlots(2, 2);
        var slot = slots.take(KOSHER).orElseThrow();
        assertThat(slots.take(KOSHER)).isPresent();

        slot.release();
        slot.release();

        assertThat(slots.taken()).isEqualTo(1);
    }

    @Test
    void givenThreePlaces_whenFiftyRaceForThem_thenThreeWin() throws Exception {
        var slots = new TenantSlots(3, 3);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var won = threads
                    .invokeAll(IntStream.range(0, 50)
                            .<java.util.concurrent.Callable<Optional<TenantSlots.Slot>>>mapToObj(
                                    _ -> () -> slots.take(KOSHER))
                            .toList())
                    .stream()
                    .flatMap(outcome -> outcome.resultNow().stream())
                    .toList();

            assertThat(won).hasSize(3);
        }
    }
}
