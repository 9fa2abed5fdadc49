package io.souk.kit.consumer;

import io.souk.kit.event.EventHealth;
import io.souk.kit.time.Backoff;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A reader's thread, which begins anew with a new Kafka client after whatever its reader throws. */
public final class ReaderThread {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);

    /** What runs on the thread. */
    public interface Reader {
        /** Names the reader to an operator. */
        String part();

        /** Reads until the run is stopped; throws what only a new client may mend. */
        void read(Run run);
    }

    /** The life of a reader, as the reader sees it. */
    public static final class Run {
        private final CountDownLatch stop = new CountDownLatch(1);
        private final Duration drain;
        private volatile long overdue = Long.MAX_VALUE;

        Run(Duration drain) {
            this.drain = drain;
        }

        public boolean stopping() {
            return stop.getCount() == 0;
        }

        /** Whether the stop has waited long enough for what is being applied. */
        boolean overdue() {
            return stopping() && System.nanoTime() - overdue > 0;
        }

        private void stop() {
            overdue = System.nanoTime() + drain.toNanos();
            stop.countDown();
        }

        private void pause(Duration time) throws InterruptedException {
            boolean _ = stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private final Reader reader;
    private final EventHealth health;
    private final Run run;
    private final Duration maxBackoff;
    private final Backoff backoff;
    private final Thread thread;

    public ReaderThread(Reader reader, ReadersConfig config, EventHealth health) {
        this.reader = reader;
        this.health = health;
        run = new Run(config.drain());
        maxBackoff = config.maxBackoff();
        backoff = new Backoff(FIRST_BACKOFF, maxBackoff, ThreadLocalRandom.current()::nextDouble);
        thread = Thread.ofPlatform().daemon().name("souk-" + reader.part()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Tells the reader to stop; does not wait. */
    public void stop() {
        run.stop();
    }

    /** Waits for a stopped reader to end: for what it is applying, and for its client to leave its group. */
    public void awaitEnd(Duration most) throws InterruptedException {
        if (thread.isAlive()) {
            thread.join(most);
        }
    }

    /** An {@link Error} is no end either: a reader that nobody runs any more would be missed by no one. */
    private void run() {
        while (!run.stopping()) {
            long began = System.nanoTime();
            try {
                reader.read(run);
            } catch (Throwable failure) {
                health.troubled(reader.part(), failure);
                if (System.nanoTime() - began > maxBackoff.toNanos()) {
                    backoff.reset();
                }
                try {
                    run.pause(backoff.next());
                } catch (InterruptedException _) {
                    return;
                }
            }
        }
    }
}
