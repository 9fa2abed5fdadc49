package io.souk.kit.time;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTest {
    @Test
    void itDoublesUpToItsBoundAndForgets() {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(900), () -> 0);

        assertThat(IntStream.range(0, 6).mapToObj(_ -> backoff.next().toMillis()))
                .containsExactly(100L, 200L, 400L, 800L, 900L, 900L);
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void upToHalfOfItIsTakenOffByChance() {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1);

        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void itStaysAtItsBoundHoweverOftenItFails() {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), () -> 0);
        IntStream.range(0, 100_000).forEach(_ -> backoff.next());

        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(5));
    }
}
