package io.souk.bench.arrival;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class JourneysTest {
    private static final UUID VARIANT = new UUID(1, 2);

    private final Journeys journeys = new Journeys();

    @Test
    void givenAChange_whenItArrives_thenBothWaysAreCountedFromItsCommit() {
        journeys.begin(VARIANT, 0);
        journeys.committed(VARIANT, millis(10));
        journeys.shown(VARIANT, "1", millis(12));
        journeys.logged(VARIANT, 1, millis(11));

        var figures = journeys.take();
        assertThat(figures.toView().millis(50)).isEqualTo(2);
        assertThat(figures.toLog().millis(50)).isEqualTo(1);
        assertThat(figures.lost()).isZero();
    }

    @Test
    void givenTheLastStateOnceMore_whenItIsWritten_thenTheChangeHasNotArrived() {
        journeys.shown(VARIANT, "1", 0);
        journeys.begin(VARIANT, 0);
        journeys.committed(VARIANT, millis(10));
        journeys.logged(VARIANT, 2, millis(11));

        journeys.shown(VARIANT, "1", millis(11));
        journeys.shown(VARIANT, "2", millis(12));

        assertThat(journeys.take().toView().millis(50)).isEqualTo(2);
    }

    @Test
    void givenAnEventTwice_whenItIsRead_thenTheFirstCounts() {
        journeys.begin(VARIANT, 0);
        journeys.committed(VARIANT, 0);

        journeys.logged(VARIANT, 7, millis(2));
        journeys.logged(VARIANT, 7, millis(9));
        journeys.shown(VARIANT, "1", millis(9));

        assertThat(journeys.take().toLog().millis(50)).isEqualTo(2);
        journeys.begin(VARIANT, millis(20));
        journeys.committed(VARIANT, millis(21));
        journeys.logged(VARIANT, 7, millis(22));
        journeys.shown(VARIANT, "2", millis(23));
        assertThat(journeys.take().lost()).isEqualTo(1);
    }

    @Test
    void givenAnEventThatIsReadBeforeTheCommitIsToldOf_thenItHasArrivedAtOnce() {
        journeys.begin(VARIANT, 0);
        journeys.logged(VARIANT, 1, millis(3));
        journeys.committed(VARIANT, millis(4));
        journeys.shown(VARIANT, "1", millis(6));

        var figures = journeys.take();
        assertThat(figures.toLog().millis(50)).isZero();
        assertThat(figures.toView().millis(50)).isEqualTo(2);
        assertThat(figures.lost()).isZero();
    }

    @Test
    void givenAChangeUnderWay_whenTheNextOfTheSameWouldBegin_thenItMustWait() {
        assertThat(journeys.begin(VARIANT, 0)).isTrue();
        assertThat(journeys.begin(VARIANT, millis(1))).isFalse();

        journeys.abandon(VARIANT);

        assertThat(journeys.begin(VARIANT, millis(2))).isTrue();
    }

    @Test
    void givenChangesThatDoNotArrive_whenTaken_thenTheyAreLost() {
        journeys.begin(VARIANT, 0);
        assertThat(journeys.begin(VARIANT, Duration.ofSeconds(10).toNanos())).isTrue();
        journeys.committed(VARIANT, Duration.ofSeconds(11).toNanos());

        assertThat(journeys.take().lost()).isEqualTo(2);
        assertThat(journeys.take().lost()).isZero();
    }

    private static long millis(int millis) {
        return millis * 1_000_000L;
    }
}
