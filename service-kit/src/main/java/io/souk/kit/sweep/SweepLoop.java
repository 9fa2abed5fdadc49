package io.souk.kit.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One sweep after the other, on one event loop. */
final class SweepLoop {
    private static final Logger LOG = Logger.getLogger(SweepLoop.class);
    private static final Duration MAX_PAUSE_AFTER_FAILURES = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Sweep sweep;
    private final Counter batches;
    private final Counter failures;
    private final CountDownLatch ended = new CountDownLatch(1);
    private int failuresInARow;
    private boolean running;
    private boolean stopped;

    SweepLoop(Vertx vertx, MeterRegistry metrics, Sweep sweep) {
        this.vertx = vertx;
        this.sweep = sweep;
        batches = metrics.counter("souk.sweep.batches", "sweep", sweep.name());
        failures = metrics.counter("souk.sweep.failures", "sweep", sweep.name());
    }

    void start() {
        vertx.getOrCreateContext().runOnContext(_ -> schedule(sweep.pause()));
    }

    /** Begins no more batches; does not wait. */
    synchronized void stop() {
        stopped = true;
        if (!running) {
            ended.countDown();
        }
    }

    /** Waits for the batch that was under way when the loop was stopped. */
    void awaitEnd(Duration most) throws InterruptedException {
        boolean _ = ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized boolean mayRun() {
        running = !stopped;
        return running;
    }

    private synchronized boolean isOver() {
        running = false;
        if (stopped) {
            ended.countDown();
        }
        return stopped;
    }

    /** With a tenth of jitter, so that replicas which started together spread out. */
    private void schedule(Duration pause) {
        long millis = Math.max(1, pause.toMillis());
        vertx.setTimer(millis + ThreadLocalRandom.current().nextLong(millis / 10 + 1), _ -> run());
    }

    private void run() {
        if (mayRun()) {
            Uni.createFrom().deferred(sweep::sweep).subscribe().with(this::swept, this::failed);
        }
    }

    private void swept(boolean more) {
        batches.increment();
        failuresInARow = 0;
        if (isOver()) {
            return;
        }
        if (more) {
            run();
        } else {
            schedule(sweep.pause());
        }
    }

    private void failed(Throwable failure) {
        if (isOver()) {
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
