package io.souk.kit.view;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What is counted of one kind; made once, so that counting on the hot path is one addition. */
final class ViewMetrics {
    /** How an entry came to be written. */
    enum Path {
        PUT,
        APPLY,
        FILL
    }

    /** What came of asking for the lease of a key. */
    enum Lease {
        TAKEN,
        /** By another reader. */
        HELD,
        /** The key is there by now. */
        FILLED
    }

    private record Writes(Counter stored, Counter old, Counter failed) {}

    private final Counter hits;
    private final Counter misses;
    private final Counter bypasses;
    private final Map<Lease, Counter> leases = new EnumMap<>(Lease.class);
    private final Map<Path, Writes> writes = new EnumMap<>(Path.class);

    ViewMetrics(MeterRegistry registry, String kind) {
        hits = reads(registry, kind, "hit");
        misses = reads(registry, kind, "miss");
        bypasses = reads(registry, kind, "bypass");
        for (var outcome : Lease.values()) {
            leases.put(outcome, leases(registry, kind, outcome));
        }
        for (var path : Path.values()) {
            writes.put(
                    path,
                    new Writes(
                            writes(registry, kind, path, "stored"),
                            writes(registry, kind, path, "old"),
                            writes(registry, kind, path, "failed")));
        }
    }

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    /** Redis could not, or should not, be asked for so many. */
    void bypass(int views) {
        bypasses.increment(views);
    }

    void lease(Lease outcome) {
        Objects.requireNonNull(leases.get(outcome)).increment();
    }

    /** Counts how a write ends. */
    void count(Path path, Future<Boolean> write) {
        var counters = of(path);
        write.onComplete(result -> {
            if (result.failed()) {
                counters.failed().increment();
            } else if (result.result()) {
                counters.stored().increment();
            } else {
                counters.old().increment();
            }
        });
    }

    void failed(Path path) {
        of(path).failed().increment();
    }

    private Writes of(Path path) {
        return Objects.requireNonNull(writes.get(path));
    }

    private static Counter reads(MeterRegistry registry, String kind, String outcome) {
        return Counter.builder("souk.view.reads")
                .description("Views asked for: found in Redis, not found there, or Redis was not asked")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter leases(MeterRegistry registry, String kind, Lease outcome) {
        return Counter.builder("souk.view.leases")
                .description("Leases of missing views that were asked for: taken, held by another, or filled by now")
                .tag("kind", kind)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static Counter writes(MeterRegistry registry, String kind, Path path, String outcome) {
        return Counter.builder("souk.view.writes")
                .description(
                        "Entries brought to Redis: stored, not stored for something newer or another lease, or failed")
                .tag("kind", kind)
                .tag("path", path.name().toLowerCase(Locale.ROOT))
                .tag("outcome", outcome)
                .register(registry);
    }
}
