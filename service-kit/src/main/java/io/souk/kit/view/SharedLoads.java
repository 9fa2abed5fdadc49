package io.souk.kit.view;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One read of the database for all who ask for the same key at the same time, in this process.
 *
 * <p><b>Who may share.</b> A reader joins a load that has not yet begun, or that began less than {@link #JOIN_NANOS} ago. So
 * what it is given was read at most that long before it asked, however long the load takes: half of the two seconds for which
 * a read may be out of date. And {@link #forget}, called between a commit and the writer's answer, keeps those who ask after
 * the answer from joining a load that may have begun before the commit: in one process a writer reads its own write. Who asks
 * for what is {@code fresh} joins only what has not yet begun, and where a load of the key is under way, its own waits for
 * that to end: so of one key one load runs and one waits, however many ask.
 *
 * <p><b>Waiting.</b> A load, its turn in the bulkhead included, has a deadline; then all who share it are told, and the load
 * goes on for nobody but keeps its place until the database has answered, so that the bulkhead counts what the database does.
 * Who gives up waiting changes nothing for the others.
 */
final class SharedLoads<K, V> {
    private static final long JOIN_NANOS = Duration.ofSeconds(1).toNanos();

    /** Reads some keys by one statement; then gives the value of each of them, or throws for that key alone. */
    interface Batch<K, V> {
        Uni<Function<K, V>> read(List<K> keys);
    }

    /** A load was refused or is late. Without a stack trace: it may be told to very many. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message, null, false, false);
        }
    }

    private final class Flight {
        final Promise<V> landing = Promise.promise();
        private volatile boolean begun;
        private volatile long begunAt;

        void begin() {
            begunAt = System.nanoTime();
            begun = true;
        }

        boolean mayBeJoined(boolean fresh) {
            return !begun || (!fresh && System.nanoTime() - begunAt < JOIN_NANOS);
        }
    }

    private final VertxInternal vertx;
    private final ContextInternal ownContext;
    private final Bulkhead bulkhead;
    private final long timeoutMillis;
    private final ConcurrentHashMap<K, Flight> flights = new ConcurrentHashMap<>();

    SharedLoads(VertxInternal vertx, Bulkhead bulkhead, Duration timeout) {
        this.vertx = vertx;
        this.ownContext = vertx.createEventLoopContext();
        this.bulkhead = bulkhead;
        this.timeoutMillis = timeout.toMillis();
    }

    /**
     * The values of the keys: those that are being read are waited for, the others are read together. Fails when any of them
     * does; with {@link Refused} when there is no room or the deadline has passed. Answers on the caller's context.
     */
    Future<Map<K, V>> load(Collection<K> keys, Batch<K, V> batch) {
        return load(keys, false, batch);
    }

    /** As {@link #load(Collection, Batch)}; if {@code fresh}, no value was read before this call. */
    Future<Map<K, V>> load(Collection<K> keys, boolean fresh, Batch<K, V> batch) {
        var shared = new LinkedHashMap<K, Flight>();
        var own = new LinkedHashMap<K, Flight>();
        var before = new ArrayList<Future<V>>();
        for (var key : keys) {
            var mine = new Flight();
            var flight = flights.compute(key, (_, now) -> {
                if (now == null || now.mayBeJoined(fresh)) {
                    return now == null ? mine : now;
                }
                if (fresh) {
                    before.add(now.landing.future());
                }
                return mine;
            });
            shared.put(key, flight);
            if (flight == mine) {
                own.put(key, mine);
            }
        }
        if (!own.isEmpty()) {
            new Load(own, batch).start(before);
        }
        return gather(shared);
    }

    /** What is being read of the key may be out of date for those who ask from now on. */
    void forget(K key) {
        flights.remove(key);
    }

    private Future<Map<K, V>> gather(Map<K, Flight> shared) {
        var current = ContextInternal.current();
        Promise<Map<K, V>> caller = (current == null ? ownContext : current).promise();
        var values = new LinkedHashMap<K, V>();
        var landings = new ArrayList<Future<V>>();
        shared.values().forEach(flight -> landings.add(flight.landing.future()));
        Future.all(landings).onComplete(all -> {
            if (all.failed()) {
                caller.tryFail(all.cause());
                return;
            }
            shared.forEach(
                    (key, flight) -> values.put(key, flight.landing.future().result()));
            caller.tryComplete(values);
        });
        return caller.future();
    }

    /** One statement and the flights that it serves. */
    private final class Load {
        private final Map<K, Flight> flights;
        private final Batch<K, V> batch;
        private final ContextInternal context;
        private long timer;
        private volatile boolean late;

        Load(Map<K, Flight> flights, Batch<K, V> batch) {
            this.flights = flights;
            this.batch = batch;
            // not the request's context: the load outlives it, and belongs to all who share it
            var current = ContextInternal.current();
            this.context =
                    (current == null || !current.isEventLoopContext() ? ownContext : current.unwrap()).duplicate();
            VertxContextSafetyToggle.setContextSafe(context, true);
        }

        /** Its turn comes after the loads before it, which takes no place in the bulkhead. */
        void start(List<Future<V>> before) {
            timer = vertx.setTimer(timeoutMillis, _ -> {
                late = true;
                fail(new Refused("the database does not answer in time"));
            });
            if (before.isEmpty()) {
                enter();
            } else {
                Future.join(before).onComplete(_ -> enter());
            }
        }

        private void enter() {
            if (late) {
                return;
            }
            if (!bulkhead.enter(() -> context.runOnContext(_ -> begin()))) {
                vertx.cancelTimer(timer);
                fail(new Refused("too many reads wait for the database"));
            }
        }

        private void begin() {
            if (late) {
                bulkhead.leave();
                return;
            }
            flights.values().forEach(Flight::begin);
            Uni<Function<K, V>> read;
            try {
                read = batch.read(List.copyOf(flights.keySet()));
            } catch (RuntimeException failure) {
                read = Uni.createFrom().failure(failure);
            }
            read.subscribe().with(this::land, failure -> {
                bulkhead.leave();
                vertx.cancelTimer(timer);
                fail(failure);
            });
        }

        private void land(Function<K, V> value) {
            bulkhead.leave();
            vertx.cancelTimer(timer);
            flights.forEach((key, flight) -> {
                try {
                    flight.landing.tryComplete(value.apply(key));
                } catch (RuntimeException failure) {
                    flight.landing.tryFail(failure);
                } finally {
                    SharedLoads.this.flights.remove(key, flight);
                }
            });
        }

        private void fail(Throwable failure) {
            flights.forEach((key, flight) -> {
                SharedLoads.this.flights.remove(key, flight);
                flight.landing.tryFail(failure);
            });
        }
    }
}
