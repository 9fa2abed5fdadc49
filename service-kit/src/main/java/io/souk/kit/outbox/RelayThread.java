package io.souk.kit.outbox;

import io.souk.kit.event.EventHealth;
import io.souk.kit.time.Backoff;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Drives the rounds of {@link Lanes} on a thread of its own: everything there blocks. */
final class RelayThread {
    private static final Logger LOG = Logger.getLogger(RelayThread.class);
    private static final String PART = "relay rounds";
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

    private final Lanes lanes;
    private final HeartbeatLog heartbeats;
    private final Runnable prepare;
    private final RelayConfig config;
    private final EventHealth health;
    private final Backoff backoff;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("souk-relay").unstarted(this::run);

    private volatile boolean stopping;

    /** @param prepare done, and done again until it succeeds, before the first round */
    RelayThread(Lanes lanes, HeartbeatLog heartbeats, Runnable prepare, RelayConfig config, EventHealth health) {
        this.lanes = lanes;
        this.heartbeats = heartbeats;
        this.prepare = prepare;
        this.config = config;
        this.health = health;
        backoff = new Backoff(FIRST_BACKOFF, config.maxBackoff(), ThreadLocalRandom.current()::nextDouble);
    }

    void start() {
        thread.start();
    }

    /** Ends after the present round; does not wait. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    void awaitEnd(Duration most) throws InterruptedException {
        if (thread.isAlive()) {
            thread.join(most);
        }
    }

    private void run() {
        boolean prepared = false;
        while (!stopping) {
            try {
                long began = System.nanoTime();
                if (!prepared) {
                    prepare.run();
                    heartbeats.start();
                    prepared = true;
                }
                lanes.round();
                health.well(PART);
                backoff.reset();
                pause(config.poll().toNanos() - (System.nanoTime() - began));
            } catch (Throwable failure) { // an Error too: nobody else would relay
                health.troubled(PART, failure);
                pause(backoff.next().toNanos());
            }
        }
        heartbeats.stop();
        try {
            lanes.stop();
        } catch (RuntimeException failure) {
            LOG.debug("the leases are left to run out", failure);
        }
    }

    private void pause(long nanos) {
        if (!stopping && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
    }
}
