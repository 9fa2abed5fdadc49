package io.souk.kit.view;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AgeQuantilesTest {
    @Test
    void givenNothingServed_thenThereAreNone() {
        assertThat(quantiles()).isNull();
    }

    @Test
    void givenAges_thenTheyAreSpreadEvenlyWithinTheirRanges() {
        var found = Objects.requireNonNull(quantiles(0.1, 0.1, 0.2, 0.4));

        assertThat(found.p50()).isCloseTo(0.25 * 2 / 3, within(1e-9));
        assertThat(found.p95()).isCloseTo(0.25 + 0.25 * 0.8, within(1e-9));
        assertThat(found.p99()).isCloseTo(0.25 + 0.25 * 0.96, within(1e-9));
    }

    @Test
    void givenARangeWithoutAny_thenItIsPassedOver() {
        assertThat(Objects.requireNonNull(quantiles(0.8, 0.8)).p50()).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void givenAgesBeyondTheLastRange_thenTheyCountAsItsEnd() {
        assertThat(Objects.requireNonNull(quantiles(5, 5, 5)).p50()).isEqualTo(2);
    }

    private static @Nullable AgeQuantiles quantiles(double... ages) {
        var metrics = new ViewMetrics(new SimpleMeterRegistry(), "some");
        for (var age : ages) {
            metrics.hit(Math.round(age * 1_000_000));
        }
        return metrics.ages();
    }
}
