package io.souk.kit.job;

import io.souk.kit.problem.Problems;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

class RetryTest {
    private static final JobsConfig CONFIG = new Patient();

    private record Patient() implements JobsConfig {
        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public Duration lease() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration turn() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration pollEvery() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int maxAttempts() {
            return 100;
        }

        @Override
        public int maxStarts() {
            return 100;
        }

        @Override
        public Duration firstPause() {
            return Duration.ofMillis(500);
        }

        @Override
        public Duration longestPause() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(7);
        }
    }

    @Test
    void givenWhatMayPass_thenPausesGrowToTheLongestAndVaryByHalf() {
        assertThat(later(0, 0)).isEqualTo(Duration.ofMillis(250));
        assertThat(later(0, 1)).isEqualTo(Duration.ofMillis(500));
        assertThat(later(3, 1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(later(6, 1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(later(98, 1)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void givenTheLastAttempt_thenItGivesUp() {
        assertThat(Retry.after(new IOException(), 99, CONFIG, 1)).isInstanceOf(Retry.Never.class);
    }

    @Test
    void givenWhatCannotPass_thenNever() {
        assertThat(Retry.after(new IllegalStateException("secret"), 0, CONFIG, 1))
                .isInstanceOfSatisfying(
                        Retry.Never.class, never -> assertThat(never.reason()).doesNotContain("secret"));
        assertThat(Retry.after(NOT_FOUND.because("no such file"), 0, CONFIG, 1))
                .isEqualTo(new Retry.Never("There is no such thing: no such file"));
    }

    private static Duration later(int attempts, double jitter) {
        return ((Retry.Later) Retry.after(Problems.unavailable("away"), attempts, CONFIG, jitter)).pause();
    }
}
