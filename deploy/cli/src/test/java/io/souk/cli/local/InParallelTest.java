package io.souk.cli.local;

import io.souk.stack.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class InParallelTest {
    @Test
    void givenOneThatWaitsLong_whenAnotherFails_thenTheFailureIsTheAnswerAndNobodyWaits() {
        var interrupted = new CompletableFuture<Boolean>();

        assertThatThrownBy(() -> InParallel.untilOneFails(List.of(() -> waitLong(interrupted), InParallelTest::fail)))
                .isInstanceOf(StackException.class)
                .hasMessage("catalog ended while it was starting.");

        assertThat(interrupted).isCompletedWithValue(true);
    }

    @Test
    void givenWorkWithinWork_whenAPartBesideItFails_thenItIsInterruptedToo() {
        var interrupted = new CompletableFuture<Boolean>();

        assertThatThrownBy(() -> InParallel.untilOneFails(List.of(
                        () -> InParallel.untilOneFails(List.of(() -> waitLong(interrupted))), InParallelTest::fail)))
                .hasMessage("catalog ended while it was starting.");

        assertThat(interrupted).isCompletedWithValue(true);
    }

    @Test
    void givenWorkThatSucceeds_thenAllOfItIsDone() {
        var done = new AtomicInteger();

        InParallel.untilOneFails(List.of(done::incrementAndGet, done::incrementAndGet, done::incrementAndGet));

        assertThat(done).hasValue(3);
    }

    private static void fail() {
        throw new StackException("catalog ended while it was starting.");
    }

    private static void waitLong(CompletableFuture<Boolean> interrupted) {
        try {
            Thread.sleep(Duration.ofMinutes(10));
            interrupted.complete(false);
        } catch (InterruptedException _) {
            interrupted.complete(true);
        }
    }
}
