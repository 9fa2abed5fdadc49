package io.souk.bench.measure;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScheduleTest {
    private static final long START = 7_000;

    @Test
    void givenARate_whenAskedForMoments_thenTheyAreEvenFromTheStart() {
        var schedule = new Schedule(START, 500);

        assertThat(schedule.moment(0)).isEqualTo(START);
        assertThat(schedule.moment(1)).isEqualTo(START + 2_000_000);
        assertThat(schedule.moment(500)).isEqualTo(START + 1_000_000_000);
    }

    @Test
    void givenARateThatDividesNoSecond_whenItRunsLong_thenNoErrorAddsUp() {
        var schedule = new Schedule(START, 3);

        assertThat(schedule.moment(3_000_000)).isEqualTo(START + 1_000_000_000_000_000L);
    }

    @Test
    void givenATime_whenCounted_thenEveryMomentBeforeItsEndCounts() {
        var schedule = new Schedule(START, 100);

        assertThat(schedule.within(Duration.ofSeconds(10))).isEqualTo(1_000);
        assertThat(schedule.within(Duration.ofMillis(15))).isEqualTo(2);
        assertThat(schedule.moment(1)).isLessThan(START + Duration.ofMillis(15).toNanos());
    }

    @Test
    void givenNoRate_whenMade_thenItIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(START, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(START, Double.NaN));
    }
}
