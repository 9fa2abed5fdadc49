package io.souk.kit.view;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.souk.kit.tenant.TenantId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;

/**
 * Lets a bounded number of loads run, a bounded number wait for their turn, and no more. Tenants take turns, and one of them
 * gets half of the places to wait at most: what it asks for does not keep the others from theirs. Any thread may come and go.
 */
@Singleton
final class Bulkhead {
    private final int runningMax;
    private final int waitingMax;
    private final int waitingMaxPerTenant;

    /** The tenants in their turn, none without a task. */
    private final LinkedHashMap<TenantId, ArrayDeque<Runnable>> queues = new LinkedHashMap<>();

    private int running;
    private int waiting;

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
        this.waitingMaxPerTenant = (waitingMax + 1) / 2;
    }

    /**
     * Runs the task at once or, in turn, when another {@link #leave}s; the task must not take long, and what it starts must
     * leave when it ends.
     *
     * @return false when there is no room even to wait: the task will not run
     */
    boolean enter(TenantId tenant, Runnable task) {
        synchronized (this) {
            if (running == runningMax) {
                return queue(tenant, task);
            }
            running++;
        }
        task.run();
        return true;
    }

    void leave() {
        @Nullable Runnable next;
        synchronized (this) {
            next = next();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            next.run();
        }
    }

    private boolean queue(TenantId tenant, Runnable task) {
        var own = queues.get(tenant);
        if (waiting == waitingMax || (own != null && own.size() == waitingMaxPerTenant)) {
            return false;
        }
        waiting++;
        return queues.computeIfAbsent(tenant, _ -> new ArrayDeque<>()).add(task);
    }

    /** The first task of the tenant whose turn it is, who comes last then. */
    private @Nullable Runnable next() {
        var turn = queues.pollFirstEntry();
        if (turn == null) {
            return null;
        }
        waiting--;
        var own = turn.getValue();
        var task = own.poll();
        if (!own.isEmpty()) {
            queues.putLast(turn.getKey(), own);
        }
        return task;
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return waiting;
    }
}
