package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.protocol.Position;
import io.souk.kit.stop.Background;
import io.souk.kit.view.CacheAdmin.Rebuild.Phase;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What an operator sees of this service's cache, and may do to the whole of it; {@link CacheWalk} is for its entries. Nothing here
 * makes an answer stale: floors and positions go only with their generation.
 *
 * <p>Safe from any thread.
 */
@Singleton
public final class CacheAdmin implements Background {
    /**
     * The cache as this replica sees it.
     *
     * @param generation null before this replica knows of one
     * @param doubt why nothing is served from Redis; null when all is well
     * @param kinds by name; counted since this replica began
     * @param topics how far each is applied
     * @param rebuild null when none has run in this replica
     */
    public record State(
            @Nullable UUID generation,
            @Nullable String doubt,
            Map<String, KindState> kinds,
            List<TopicState> topics,
            @Nullable Rebuild rebuild) {}

    /** What has been counted of a kind. */
    public record KindState(
            long hits,
            Map<String, Long> misses,
            long bypasses,
            long stale,
            Map<String, Map<String, Long>> writes,
            Audit audit) {}

    /**
     * What the auditor has counted of a kind in this replica.
     *
     * @param checked entries that were held against the tables
     * @param stale those that turned out wrong, by fault
     * @param repaired those of them that were repaired
     */
    public record Audit(long checked, Map<String, Long> stale, long repaired) {}

    /**
     * How far a topic is applied in its slowest shard.
     *
     * @param behindMillis how long ago was the moment up to which all its shards are known; null when a position is missing
     */
    public record TopicState(String aggregate, @Nullable Long behindMillis) {}

    /** A rebuild that runs, or the last one. */
    public record Rebuild(
            Phase phase, long behind, @Nullable String failure) {
        public enum Phase {
            RUNNING,
            PUBLISHED,
            FAILED
        }
    }

    private static final Logger LOG = Logger.getLogger(CacheAdmin.class);
    private static final long MICROS_PER_MILLI = 1_000;

    private final ViewKinds kinds;
    private final ViewKeys keys;
    private final Generations generations;
    private final AppliedLog log;
    private final ViewClock clock;
    private final ViewUpdaters updaters;
    private final AtomicReference<@Nullable Rebuild> rebuild = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile @Nullable Thread builder;

    CacheAdmin(
            ViewKinds kinds,
            ViewKeys keys,
            Generations generations,
            AppliedLog log,
            ViewClock clock,
            ViewUpdaters updaters) {
        this.kinds = kinds;
        this.keys = keys;
        this.generations = generations;
        this.log = log;
        this.clock = clock;
        this.updaters = updaters;
    }

    /** What there is to see; fails when Redis does not answer. */
    public Uni<State> state() {
        var names = generations.copy();
        var counted = new TreeMap<String, KindState>();
        kinds.all().forEach(kind -> counted.put(kind.name(), kind.metrics().state()));
        return AsyncResultUni.<List<TopicState>>toUni(done -> topics(names).onComplete(done))
                .map(topics -> new State(
                        names == null ? null : names.generation().id(),
                        clock.reason(),
                        counted,
                        topics,
                        rebuild.get()));
    }

    private Future<List<TopicState>> topics(@Nullable Keyspace names) {
        if (names == null) {
            return Future.succeededFuture(List.of());
        }
        var topics = new ArrayList<Future<TopicState>>();
        for (int source = 0; source < kinds.sources().size(); source++) {
            topics.add(topic(names, source));
        }
        return Future.all(topics).map(all -> all.list());
    }

    private Future<TopicState> topic(Keyspace names, int source) {
        var positions = new ArrayList<Future<@Nullable Position>>();
        for (int shard = 0; shard < keys.shards(); shard++) {
            positions.add(log.position(names, source, shard));
        }
        var aggregate = kinds.sources().get(source).toString();
        return Future.all(positions).map(_ -> {
            long earliest = Long.MAX_VALUE;
            for (var position : positions) {
                var found = position.result();
                if (found == null) {
                    return new TopicState(aggregate, null);
                }
                earliest = Math.min(earliest, found.watermarks().ownMicros());
            }
            return new TopicState(aggregate, Math.max(0, clock.nowMicros() - earliest) / MICROS_PER_MILLI);
        });
    }

    /**
     * Begins a generation that is empty, at the end of the log: what is kept now is not read any more. For when it is doubted, or a
     * shard stands still before a record that cannot be read. Reads go to the tables until it is known in all slots.
     */
    public Uni<Void> renew() {
        return AsyncResultUni.toUni(done -> {
            var names = generations.copy();
            if (names == null) {
                done.handle(Future.succeededFuture());
                return;
            }
            var dropped = new ArrayList<Future<?>>();
            for (int shard = 0; shard < keys.shards(); shard++) {
                dropped.add(log.drop(names, shard, kinds.sources().size()));
            }
            Future.all(dropped).<Void>mapEmpty().onComplete(done); // the updaters find it lost
        });
    }

    /**
     * Builds a generation from the log while reads go on in the present one, which it then replaces. Returns at once; {@link #state}
     * tells how it goes. False when one runs in this replica.
     */
    public synchronized boolean rebuild() {
        var last = rebuild.get();
        if (stopped || (last != null && last.phase() == Phase.RUNNING)) {
            return false;
        }
        rebuild.set(new Rebuild(Phase.RUNNING, 0, null));
        builder = Thread.ofVirtual().name("souk-rebuild").start(this::build);
        return true;
    }

    private void build() {
        try {
            var published =
                    updaters.rebuild(() -> stopped, behind -> rebuild.set(new Rebuild(Phase.RUNNING, behind, null)));
            rebuild.set(
                    published == null
                            ? new Rebuild(Phase.FAILED, 0, "the service stops")
                            : new Rebuild(Phase.PUBLISHED, 0, null));
            if (published != null) {
                LOG.infof("a rebuilt cache begins: %s", published);
            }
        } catch (RuntimeException failure) {
            LOG.warn("the cache could not be rebuilt", failure);
            rebuild.set(new Rebuild(Phase.FAILED, 0, String.valueOf(failure.getMessage())));
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void awaitEnd(Duration most) throws InterruptedException {
        var building = builder;
        if (building != null) {
            building.join(most);
        }
    }
}
