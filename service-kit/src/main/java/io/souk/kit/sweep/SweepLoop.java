package io.souk.kit.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** One sweep after the other, on one event loop. */
final class SweepLoop {
    private static final Logger LOG = Logger.getLogger(SweepLoop.class);
    private static final Duration MAX_PAUSE_AFTER_FAILURES = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Sweep sweep;
    private final Counter batches;
    private final Counter failures;
    private int failuresInARow;
    private volatile boolean stopped;

    SweepLoop(Vertx vertx, MeterRegistry metrics, Sweep sweep) {
        this.vertx = vertx;
        this.sweep = sweep;
        batches = metrics.counter("souk.sweep.batches", "sweep", sweep.name());
        failures = metrics.counter("souk.sweep.failures", "sweep", sweep.name());
    }

    void start() {
        vertx.getOrCreateContext().runOnContext(_ -> schedule(sweep.pause()));
    }

    void stop() {
        stopped = true;
    }

    /** With a tenth of jitter, so that replicas which started together spread out. */
    private void schedule(Duration pause) {
        if (!stopped) {
            long millis = Math.max(1, pause.toMillis());
            vertx.setTimer(millis + ThreadLocalRandom.current().nextLong(millis / 10 + 1), _ -> run());
        }
    }

    private void run() {
        if (!stopped) {
            Uni.createFrom().deferred(sweep::sweep).subscribe().with(this::swept, this::failed);
        }
    }

    private void swept(boolean more) {
        batches.increment();
        failuresInARow = 0;
        if (more) {
            run();
        } else {
            schedule(sweep.pause());
        }
    }

    private void failed(Throwable failure) {
        if (stopped) {
            return;
        }
        failures.increment();
        if (failuresInARow++ == 0) {
            LOG.warnf(failure, "the sweep %s failed and goes on trying", sweep.name());
        }
        schedule(pauseAfterFailures());
    }

    private Duration pauseAfterFailures() {
        var doubled = sweep.pause().multipliedBy(1L << Math.min(failuresInARow, 10));
        return doubled.compareTo(MAX_PAUSE_AFTER_FAILURES) < 0 ? doubled : MAX_PAUSE_AFTER_FAILURES;
    }
}
