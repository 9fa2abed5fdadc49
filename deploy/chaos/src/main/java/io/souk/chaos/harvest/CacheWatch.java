package io.souk.chaos.harvest;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Lines;
import io.souk.stack.StackException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the cache beside the tables while everything goes on: an entry that is ahead of its row then was never true. And at the
 * stock beside what proves it.
 */
public final class CacheWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Harvest harvest;
    private final Lines history;
    private final Thread thread;
    private volatile boolean going = true;

    public CacheWatch(Harvest harvest, Lines history) {
        this.harvest = harvest;
        this.history = history;
        this.thread = Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
        while (going) {
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                harvest.levels().forEach(history::add);
                harvest.entries().forEach(this::note);
            } catch (StackException _) {
                // Redis or PostgreSQL is away: the next look comes soon
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void note(Fact.Cached entry) {
        history.add(new Fact.Cached("during", entry.thing(), entry.order(), entry.bytes(), entry.rowOrder()));
    }

    /** Comes back when the last look has ended. */
    @Override
    public void close() {
        going = false;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
