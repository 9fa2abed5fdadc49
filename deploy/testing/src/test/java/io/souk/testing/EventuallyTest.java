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
}
