package io.souk.kit.sweep;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

class SweepLoopTest {
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(5);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void givenAFullBatch_thenTheNextFollowsAtOnce() throws InterruptedException {
        // The first pause is short, every later one would last longer than the test.
        var pauses = new AtomicInteger();
        loop(() -> pauses.getAndIncrement() == 0 ? SHORT : AN_HOUR, () -> batch().map(number -> number < 3))
                .start();

        assertThat(next()).isEqualTo(1);
        assertThat(next()).isEqualTo(2);
        assertThat(next()).isEqualTo(3);
        assertThat(batches.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void givenFailures_thenItGoesOnTrying() throws InterruptedException {
        var loop = loop(() -> SHORT, () -> batch().map(SweepLoopTest::fail));

        loop.start();

        assertThat(next()).isEqualTo(1);
        assertThat(next()).isEqualTo(2);
        assertThat(next()).isEqualTo(3);
        loop.stop();
    }

    @Test
    void givenASlowBatch_thenNoOtherOverlapsIt() throws InterruptedException {
        loop(
                        () -> SHORT,
                        () -> batch().onItem()
                                .transformToUni(_ -> Uni.createFrom().<Boolean>nothing()))
                .start();

        assertThat(next()).isEqualTo(1);
        assertThat(batches.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    private Uni<Integer> batch() {
        return Uni.createFrom().item(count::incrementAndGet).invoke(batches::add);
    }

    private int next() throws InterruptedException {
        return Objects.requireNonNull(batches.poll(20, TimeUnit.SECONDS), "no batch in 20 s");
    }

    private static boolean fail(int number) {
        throw new IllegalStateException("batch " + number);
    }

    private SweepLoop loop(Supplier<Duration> pause, Supplier<Uni<Boolean>> work) {
        return new SweepLoop(vertx, new SimpleMeterRegistry(), new Sweep() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Duration pause() {
                return pause.get();
            }

            @Override
            public Uni<Boolean> sweep() {
                return work.get();
            }
        });
    }
}
