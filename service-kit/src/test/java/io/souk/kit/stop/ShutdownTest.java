package io.souk.kit.stop;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class ShutdownTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Ends when as many as there are have been told to. */
    private record Waiting(CountDownLatch told) implements Background {
        @Override
        public void stop() {
            told.countDown();
        }

        @Override
        public void awaitEnd(Duration most) throws InterruptedException {
            boolean _ = told.await(most.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Test
    void givenWorkOfSeveralKinds_whenTheServiceEnds_thenAllIsToldBeforeAnyIsAwaited() throws InterruptedException {
        var told = new CountDownLatch(3);

        long took = end(List.of(new Waiting(told), new Waiting(told), new Waiting(told)), LONG);

        assertThat(told.getCount()).isZero();
        assertThat(took).isLessThan(LONG.toMillis());
    }

    @Test
    void givenWorkThatNeverEnds_whenTheServiceEnds_thenAllOfItTogetherHasOneTime() throws InterruptedException {
        var never = new CountDownLatch(Integer.MAX_VALUE);

        long took = end(Collections.nCopies(30, new Waiting(never)), SHORT);

        // one after the other they would take thirty times as long
        assertThat(took).isBetween(SHORT.toMillis(), 20 * SHORT.toMillis());
    }

    @Test
    void givenTheShippedSettings_thenAServiceHasEndedBeforeItIsKilled() throws IOException {
        var settings = new Properties();
        try (var in = ShutdownTest.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            settings.load(in);
        }

        var most = Duration.parse(settings.getProperty("quarkus.shutdown.delay"))
                .plus(Duration.parse(settings.getProperty("quarkus.shutdown.timeout")))
                .plus(Shutdown.WITHIN);

        assertThat(most).isLessThanOrEqualTo(Duration.ofSeconds(25));
    }

    private static long end(List<Background> work, Duration within) throws InterruptedException {
        long began = System.nanoTime();
        Shutdown.end(work, within);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }
}
