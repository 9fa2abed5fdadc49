package io.souk.kit.redis;

import io.souk.kit.time.Backoff;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class SlowGuardTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SlowGuard guard =
            new SlowGuard(3, Duration.ofSeconds(5), new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), () -> 0));

    @Test
    void givenFewLateChecksWithinTheWindow_thenCommandsAreSent() {
        for (int second = 0; second < 60; second += 3) {
            assertThat(guard.late(second * SECOND)).isFalse();
        }
        assertThat(guard.isOpen()).isFalse();
    }

    @Test
    void givenManyLateChecksWithinTheWindow_thenOneProbeIsSentAfterAWhile() {
        opened(10 * SECOND);

        assertThat(guard.probes(10 * SECOND + SECOND - 1)).isFalse();
        assertThat(guard.probes(11 * SECOND)).isTrue();
        assertThat(guard.probes(11 * SECOND + 1)).isFalse();
        assertThat(guard.probed(true, 11 * SECOND + 2)).isTrue();
        assertThat(guard.isOpen()).isFalse();
        assertThat(guard.probes(20 * SECOND)).isFalse();
    }

    @Test
    void givenALateProbe_thenTheNextWhileIsTwiceAsLong() {
        opened(0);
        assertThat(guard.probes(SECOND)).isTrue();

        assertThat(guard.probed(false, SECOND)).isFalse();

        assertThat(guard.isOpen()).isTrue();
        assertThat(guard.probes(3 * SECOND - 1)).isFalse();
        assertThat(guard.probes(3 * SECOND)).isTrue();
    }

    @Test
    void givenARedisThatIsSlowAgainAtOnce_thenTheWhileGrows_andNotWhenItWasQuickForLong() {
        opened(100 * SECOND);
        assertThat(guard.probes(101 * SECOND)).isTrue();
        guard.probed(true, 101 * SECOND);

        opened(103 * SECOND);
        assertThat(guard.probes(104 * SECOND)).isFalse();
        assertThat(guard.probes(105 * SECOND)).isTrue();
        guard.probed(true, 105 * SECOND);

        opened(200 * SECOND);
        assertThat(guard.probes(201 * SECOND)).isTrue();
    }

    private void opened(long at) {
        assertThat(guard.late(at)).isFalse();
        assertThat(guard.late(at)).isFalse();
        assertThat(guard.late(at)).isTrue();
        assertThat(guard.isOpen()).isTrue();
        assertThat(guard.late(at)).isFalse();
    }
}
