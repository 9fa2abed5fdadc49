package io.souk.kit.outbox;

import io.souk.kit.event.EventHealth;
import io.souk.kit.time.Backoff;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Drives a {@link RelayLoop} on a thread of its own: everything there blocks. */
final class RelayThread {
    private static final Logger LOG = Logger.getLogger(RelayThread.class);
    private static final String PART = "relay";
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

    private final RelayLoop loop;
    private final Runnable prepare;
    private final RelayConfig config;
    private final EventHealth health;
    private final Backoff backoff;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("souk-relay").unstarted(this::run);

    private volatile boolean nudged;
    private volatile boolean stopping;
    private volatile boolean leading;

    /** @param prepare done, and done again until it succeeds, before the first turn */
    RelayThread(RelayLoop loop, Runnable prepare, RelayConfig config, EventHealth health) {
        this.loop = loop;
        this.prepare = prepare;
        this.config = config;
        this.health = health;
        backoff = new Backoff(FIRST_BACKOFF, config.maxBackoff(), ThreadLocalRandom.current()::nextDouble);
    }

    void start() {
        thread.start();
    }

    /** Something was committed: a waiting leader looks at once. Any number of nudges during a turn are one. */
    void nudge() {
        if (!nudged) {
            nudged = true;
            LockSupport.unpark(thread);
        }
    }

    boolean isLeading() {
        return leading;
    }

    /** Ends after the present turn; does not wait. */
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
                if (!prepared) {
                    prepare.run();
                    prepared = true;
                }
                var next = loop.turn();
                health.well(PART);
                backoff.reset();
                leading = loop.isLeading();
                pause(next);
            } catch (Throwable failure) { // an Error too: nobody else would relay
                leading = loop.isLeading();
                health.troubled(PART, failure);
                LockSupport.parkNanos(this, backoff.next().toNanos());
            }
        }
        leading = false;
        try {
            loop.stop();
        } catch (RuntimeException failure) {
            LOG.debug("the relay's last batch is left to the next one", failure);
        }
    }

    private void pause(RelayLoop.Next next) {
        switch (next) {
            case AGAIN -> {}
            case IDLE -> {
                if (!nudged && !stopping) {
                    LockSupport.parkNanos(this, config.poll().toNanos());
                }
                nudged = false; // before the read: what is committed from here on nudges anew
            }
            case FOLLOW -> LockSupport.parkNanos(this, config.renewal().toNanos());
        }
    }
}
