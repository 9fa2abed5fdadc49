package io.souk.kit.view;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.util.ArrayDeque;

/** Lets a bounded number of loads run, a bounded number wait for their turn, and no more. Any thread may come and go. */
@Singleton
final class Bulkhead {
    private final int runningMax;
    private final int waitingMax;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    @Inject
    Bulkhead(ViewConfig config, MeterRegistry registry) {
        this(config.loads(), config.waitingLoads());
        Gauge.builder("souk.view.loads.running", this, Bulkhead::running)
                .description("Loads of views and lookups that read the database")
                .register(registry);
        Gauge.builder("souk.view.loads.waiting", this, Bulkhead::waiting)
                .description("Loads of views and lookups that wait for their turn")
                .register(registry);
    }

    Bulkhead(int runningMax, int waitingMax) {
        this.runningMax = runningMax;
        this.waitingMax = waitingMax;
    }

    /**
     * Runs the task at once or, in turn, when another {@link #leave}s; the task must not take long, and what it starts must
     * leave when it ends.
     *
     * @return false when there is no room even to wait: the task will not run
     */
    boolean enter(Runnable task) {
        synchronized (this) {
            if (running == runningMax) {
                return waiting.size() < waitingMax && waiting.add(task);
            }
            running++;
        }
        task.run();
        return true;
    }

    void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            next.run();
        }
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
