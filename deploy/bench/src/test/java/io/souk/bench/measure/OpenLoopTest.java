package io.souk.bench.measure;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class OpenLoopTest {
    private static final Duration TIME = Duration.ofMillis(500);
    private static final int PER_SECOND = 200;
    private static final int ALL = 100;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void givenAServerThatStandsStill_whenLoaded_thenAllThatCameMeanwhileIsCharged() throws Exception {
        List<Promise<Void>> waiting = new ArrayList<>();

        var outcome = run(number -> {
            var answer = Promise.<Void>promise();
            waiting.add(answer);
            if (number == ALL - 1) {
                waiting.forEach(Promise::complete); // all at once, when the last one has come
            }
            return answer.future();
        });

        // The first waited for the whole time, the one in the middle for half of it.
        assertThat(outcome.latency().count()).isEqualTo(ALL);
        assertThat(outcome.latency().millis(100)).isGreaterThan(490);
        assertThat(outcome.latency().millis(50)).isGreaterThan(240);
    }

    @Test
    void givenFailures_whenLoaded_thenTheyAreCountedAndAreNoLatencies() throws Exception {
        var outcome = run(number -> number % 4 == 0 ? Future.failedFuture("refused") : Future.succeededFuture());

        assertThat(outcome.intended()).isEqualTo(ALL);
        assertThat(outcome.failed()).isEqualTo(ALL / 4);
        assertThat(outcome.firstFailure()).isEqualTo("refused");
        assertThat(outcome.latency().count()).isEqualTo(ALL - ALL / 4);
        assertThat(outcome.isKeptUp()).isFalse();
    }

    @Test
    void givenAnswersAfterTheTime_whenCounted_thenItWasNotKeptUp() {
        assertThat(new OpenLoop.Outcome(100, 95, 0, new Latencies(), "").isKeptUp())
                .isTrue();
        assertThat(new OpenLoop.Outcome(100, 94, 0, new Latencies(), "").isKeptUp())
                .isFalse();
        assertThat(new OpenLoop.Outcome(100, 99, 1, new Latencies(), "").isKeptUp())
                .isFalse();
    }

    private OpenLoop.Outcome run(OpenLoop.Work work) throws Exception {
        return OpenLoop.run(context, PER_SECOND, TIME, work)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }
}
