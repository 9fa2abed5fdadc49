package io.souk.bench.measure;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class LatenciesTest {
    private static final double THREE_DIGITS = 0.001;

    @Test
    void givenAThousandTimes_whenAskedForQuantiles_thenSoManyWereNoLonger() {
        var latencies = new Latencies();

        for (int millis = 1_000; millis >= 1; millis--) {
            latencies.add(millis * 1_000_000L);
        }

        assertThat(latencies.count()).isEqualTo(1_000);
        assertThat(latencies.millis(50)).isCloseTo(500, within(500 * THREE_DIGITS));
        assertThat(latencies.millis(90)).isCloseTo(900, within(900 * THREE_DIGITS));
        assertThat(latencies.millis(99)).isCloseTo(990, within(990 * THREE_DIGITS));
        assertThat(latencies.millis(100)).isCloseTo(1_000, within(1_000 * THREE_DIGITS));
    }

    @Test
    void givenTimesAroundABound_whenCounted_thenOnlyTheLongerOnesAre() {
        var latencies = new Latencies();
        latencies.add(Duration.ofMillis(999).toNanos());
        latencies.add(Duration.ofSeconds(1).toNanos());
        latencies.add(Duration.ofMillis(1_002).toNanos());
        var all = new Latencies();
        all.addAll(latencies);
        all.addAll(latencies);

        assertThat(all.longerThan(Duration.ofSeconds(1))).isEqualTo(2);
    }

    @Test
    void givenNoTimes_whenShown_thenThereIsNoFigure() {
        assertThat(new Latencies().shown(50)).isEqualTo("-");
    }

    @Test
    void givenAnEndBeforeItsBegin_whenAdded_thenTheClocksAreNotTrusted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Latencies().add(-1));
    }
}
