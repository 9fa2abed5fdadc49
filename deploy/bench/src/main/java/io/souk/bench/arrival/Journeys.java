package io.souk.bench.arrival;

import io.souk.bench.measure.Latencies;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The way of each change from its commit into the log and into a view; at most one of a variant at a time. Thread-safe. */
public final class Journeys {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    /**
     * What was measured.
     *
     * @param lost changes that were committed, or meant to be, and did not arrive at both within {@link #PATIENCE}
     */
    public record Figures(Latencies toLog, Latencies toView, long lost) {}

    private static final class Journey {
        private final long begun;
        private @Nullable Long committed;
        private @Nullable Long logged;
        private @Nullable Long shown;

        Journey(long begun) {
            this.begun = begun;
        }
    }

    private final Map<UUID, Journey> underWay = new HashMap<>();
    private final Map<UUID, Long> versions = new HashMap<>();
    private final Map<UUID, String> orders = new HashMap<>();
    private Latencies toLog = new Latencies();
    private Latencies toView = new Latencies();
    private long lost;

    /** False when the variant's last change is still under way: another one could be taken for it. */
    synchronized boolean begin(UUID variant, long now) {
        var last = underWay.get(variant);
        if (last != null) {
            if (now - last.begun < PATIENCE.toNanos()) {
                return false;
            }
            lost++;
        }
        underWay.put(variant, new Journey(now));
        return true;
    }

    /** It was refused: nothing will come. */
    synchronized void abandon(UUID variant) {
        underWay.remove(variant);
    }

    /** What was seen of it before has overtaken this message, and counts as having taken no time. */
    synchronized void committed(UUID variant, long now) {
        var journey = underWay.get(variant);
        if (journey != null && journey.committed == null) {
            journey.committed = now;
            end(variant, journey);
        }
    }

    /**
     * An event was read. One of no higher version than was seen before is the same once more.
     *
     * @param version of what the event tells of
     */
    synchronized void logged(UUID variant, long version, long now) {
        if (version <= versions.getOrDefault(variant, 0L)) {
            return;
        }
        versions.put(variant, version);
        var journey = underWay.get(variant);
        if (journey != null && journey.logged == null) {
            journey.logged = now;
            end(variant, journey);
        }
    }

    /** Whether its view was not yet seen. */
    synchronized boolean isAwaited(UUID variant) {
        var journey = underWay.get(variant);
        return journey != null && journey.shown == null;
    }

    /**
     * A view was written. One of no higher order than was seen before is the last state once more, such as a reader's.
     *
     * @param order as the view's entry begins with it
     */
    synchronized void shown(UUID variant, String order, long now) {
        if (order.compareTo(orders.getOrDefault(variant, "")) <= 0) {
            return;
        }
        orders.put(variant, order);
        var journey = underWay.get(variant);
        if (journey != null && journey.shown == null) {
            journey.shown = now;
            end(variant, journey);
        }
    }

    private void end(UUID variant, Journey journey) {
        var committed = journey.committed;
        var logged = journey.logged;
        var shown = journey.shown;
        if (committed != null && logged != null && shown != null) {
            toLog.add(Math.max(0, logged - committed));
            toView.add(Math.max(0, shown - committed));
            underWay.remove(variant);
        }
    }

    /** Comes back when all that are under way have arrived, or after that time. */
    public void awaitAll(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (areUnderWay() && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK);
        }
    }

    private synchronized boolean areUnderWay() {
        return !underWay.isEmpty();
    }

    /** What was measured since this was last asked; what is still under way is lost, and begins anew. */
    public synchronized Figures take() {
        var taken = new Figures(toLog, toView, lost + underWay.size());
        underWay.clear();
        toLog = new Latencies();
        toView = new Latencies();
        lost = 0;
        return taken;
    }
}
