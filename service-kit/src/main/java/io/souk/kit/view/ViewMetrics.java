package io.souk.kit.view;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.souk.kit.protocol.WhyNot;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What is counted of one kind; made once, so that counting on the hot path is one addition. */
final class ViewMetrics {
    /** Where the ranges end in which ages are counted. */
    private static final Duration[] AGES = {
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(1_500),
        Duration.ofSeconds(2)
    };

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
        /** The key was filled since the reader looked. */
        FILLED
    }

    private record Writes(Counter stored, Counter old, Counter failed) {}

    private final Counter hits;
    private final Map<WhyNot, Counter> misses = new EnumMap<>(WhyNot.class);
    private final Counter bypasses;
    private final Counter stale;
    /** A timer, since a summary counts in whole numbers: each age below a second would be in the range that ends with one. */
    private final Timer ages;

    private final Map<Lease, Counter> leases = new EnumMap<>(Lease.class);
    private final Map<Path, Writes> writes = new EnumMap<>(Path.class);
    private final Counter audited;
    private final Map<Fault, Counter> wrong = new EnumMap<>(Fault.class);
    private final Counter repaired;

    ViewMetrics(MeterRegistry registry, String kind) {
        hits = reads(registry, kind, "hit", "");
        for (var why : WhyNot.values()) {
            misses.put(why, reads(registry, kind, "miss", lower(why)));
        }
        bypasses = reads(registry, kind, "bypass", "");
        stale = Counter.builder("souk.view.stale")
                .description("Views given out as stale, since a foreign source lags")
                .tag("kind", kind)
                .register(registry);
        ages = Timer.builder("souk.view.age")
                .description("How long ago was the moment for which a view from Redis is proven")
                .serviceLevelObjectives(AGES)
                .tag("kind", kind)
                .register(registry);
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
        audited = Counter.builder("souk.view.audit.checked")
                .description("Entries in Redis that were held against the tables")
                .tag("kind", kind)
                .register(registry);
        for (var fault : Fault.values()) {
            wrong.put(
                    fault,
                    Counter.builder("souk.view.audit.stale")
                            .description("Entries in Redis that turned out wrong")
                            .tag("kind", kind)
                            .tag("fault", lower(fault))
                            .register(registry));
        }
        repaired = Counter.builder("souk.view.audit.repaired")
                .description("Wrong entries that were taken away, and whose version was told once more")
                .tag("kind", kind)
                .register(registry);
    }

    void hit(long ageMicros) {
        hits.increment();
        ages.record(ageMicros, TimeUnit.MICROSECONDS);
    }

    /** @param why null for no reason that is known, which counts as nothing being there */
    void miss(@Nullable WhyNot why) {
        Objects.requireNonNull(misses.get(why == null ? WhyNot.EMPTY : why)).increment();
    }

    /** Redis could not, or should not, be asked. */
    void bypass() {
        bypasses.increment();
    }

    void stale() {
        stale.increment();
    }

    void lease(Lease outcome) {
        Objects.requireNonNull(leases.get(outcome)).increment();
    }

    void audited() {
        audited.increment();
    }

    void wrong(Fault fault) {
        Objects.requireNonNull(wrong.get(fault)).increment();
    }

    void repaired() {
        repaired.increment();
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

    CacheAdmin.KindState state() {
        var missed = new TreeMap<String, Long>();
        misses.forEach((why, counter) -> missed.put(lower(why), (long) counter.count()));
        var written = new TreeMap<String, Map<String, Long>>();
        writes.forEach((path, counters) -> written.put(
                lower(path),
                Map.of(
                        "stored", (long) counters.stored().count(),
                        "old", (long) counters.old().count(),
                        "failed", (long) counters.failed().count())));
        var faults = new TreeMap<String, Long>();
        wrong.forEach((fault, counter) -> faults.put(lower(fault), (long) counter.count()));
        return new CacheAdmin.KindState(
                (long) hits.count(),
                missed,
                (long) bypasses.count(),
                (long) stale.count(),
                written,
                new CacheAdmin.Audit((long) audited.count(), faults, (long) repaired.count()));
    }

    /** Null before the first hit. */
    @Nullable
    AgeQuantiles ages() {
        return AgeQuantiles.of(ages.takeSnapshot());
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    void failed(Path path) {
        of(path).failed().increment();
    }

    private Writes of(Path path) {
        return Objects.requireNonNull(writes.get(path));
    }

    private static Counter reads(MeterRegistry registry, String kind, String outcome, String why) {
        return Counter.builder("souk.view.reads")
                .description("Views asked for: found in Redis, not found there or not servable, or Redis was not asked")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .tag("why", why)
                .register(registry);
    }

    private static Counter leases(MeterRegistry registry, String kind, Lease outcome) {
        return Counter.builder("souk.view.leases")
                .description("Leases of missing views that were asked for: taken, held by another, or filled by now")
                .tag("kind", kind)
                .tag("outcome", lower(outcome))
                .register(registry);
    }

    private static Counter writes(MeterRegistry registry, String kind, Path path, String outcome) {
        return Counter.builder("souk.view.writes")
                .description(
                        "Entries brought to Redis: stored, not stored for something newer or another lease, or failed")
                .tag("kind", kind)
                .tag("path", lower(path))
                .tag("outcome", outcome)
                .register(registry);
    }
}
