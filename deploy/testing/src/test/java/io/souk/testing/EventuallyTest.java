package io.souk.testing;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventuallyTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void givenAValueThatBecomesRight_whenWaiting_thenItIsReturned() {
        var calls = new AtomicInteger();

        assertThat(eventually(Duration.ofSeconds(5), calls::incrementAndGet, value -> value == 3))
                .isEqualTo(3);
    }

    @Test
    void givenAValueThatStaysWrong_whenTheDeadlinePasses_thenTheLastOneIsNamed() {
        assertThatThrownBy(() -> eventually(SHORT, () -> "wrong", "right"::equals))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("wrong");
    }

    @Test
    void givenAssertionsThatStayWrong_whenTheDeadlinePasses_thenTheLastFailureIsThrown() {
        assertThatThrownBy(() -> eventually(SHORT, () -> assertThat(1).isEqualTo(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2");
    }

    @Test
    void givenAProbeThatThrowsAtFirst_whenWaiting_thenItIsAskedAgain() {
        var calls = new AtomicInteger();

        assertThat(eventually(Duration.ofSeconds(30), () -> answer(calls.incrementAndGet()), "an answer"::equals))
                .isEqualTo("an answer");
    }

    private static String answer(int call) {
        return switch (call) {
            case 1 -> throw new IllegalStateException("refused");
            case 2 -> throw new AssertionError("not JSON");
            default -> "an answer";
        };
    }

    @Test
    void givenAProbeThatOnlyThrows_whenTheDeadlinePasses_thenWhatItLastThrewIsThrown() {
        assertThatThrownBy(() -> eventually(
                        SHORT,
                        () -> {
                            throw new IllegalStateException("refused");
                        },
                        "right"::equals))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("refused");
    }

    /** As on a machine that stands still between a look and the next. */
    @Test
    void givenADeadlineThatPassedDuringALook_whenItWasInVain_thenThereIsOneMore() {
        var looks = new AtomicInteger();

        assertThat(eventually(SHORT, () -> standStill(looks.incrementAndGet()), look -> look == 2))
                .isEqualTo(2);

        looks.set(0);
        eventually(SHORT, () -> assertThat(standStill(looks.incrementAndGet())).isEqualTo(2));
        assertThat(looks).hasValue(2);
    }

    /** Comes back with the look once the deadline is over. */
    private static int standStill(int look) {
        long over = System.nanoTime() + 2 * SHORT.toNanos();
        while (System.nanoTime() < over) {
            Thread.onSpinWait();
        }
        return look;
    }
}
