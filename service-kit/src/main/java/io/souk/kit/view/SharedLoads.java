package io.souk.kit.view;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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
 *
 * <p><b>Other processes.</b> Before keys get in line they are {@link Batch#claim}ed. What another process reads is waited
 * for, outside of the bulkhead; who asks for what is fresh never shares such a wait, since it may end with what Redis has.
 */
final class SharedLoads<K, V> {
    private static final long JOIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int SHORTEST_PAUSE_MILLIS = 5;
    private static final int LONGEST_PAUSE_MILLIS = 20;

    /** How to read some keys. Called on any thread. */
    interface Batch<K, V> {
        /** Reads them by one statement; then gives the value of each of them, or throws for that key alone. */
        Uni<Function<K, V>> read(List<K> keys);

        /** Asked before they get in line. Does not fail. */
        default Future<Claimed<K, V>> claim(Set<K> keys) {
            return Future.succeededFuture(new Claimed<>(Map.of(), Set.of()));
        }

        /** The keys that were claimed are not read after all, or in vain. */
        default void giveBack(Set<K> keys) {}
    }

    /**
     * What came of a claim; what is neither found nor held is read now.
     *
     * @param found what other processes have read by now
     * @param held what other processes read now: it is claimed again after a short pause
     */
    record Claimed<K, V>(Map<K, V> found, Set<K> held) {}

    /** A load was refused or is late. Without a stack trace: it may be told to very many. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * What a call is given.
     *
     * @param joined the keys whose load somebody else had begun, or will
     */
    record Given<K, V>(Map<K, V> values, Set<K> joined) {}

    private final class Flight {
        final Promise<V> landing = Promise.promise();
        private final boolean fresh;
        private volatile boolean begun;
        private volatile long begunAt;

        Flight(boolean fresh) {
            this.fresh = fresh;
        }

        void begin() {
            begunAt = System.nanoTime();
            begun = true;
        }

        boolean mayBeJoined(boolean freshly) {
            return begun ? !freshly && System.nanoTime() - begunAt < JOIN_NANOS : fresh || !freshly;
        }
    }

    private final VertxInternal vertx;
    private final ContextInternal ownContext;
    private final Bulkhead bulkhead;
    private final long timeoutNanos;
    private final ConcurrentHashMap<K, Flight> flights = new ConcurrentHashMap<>();

    SharedLoads(VertxInternal vertx, Bulkhead bulkhead, Duration timeout) {
        this.vertx = vertx;
        this.ownContext = vertx.createEventLoopContext();
        this.bulkhead = bulkhead;
        this.timeoutNanos = timeout.toNanos();
    }

    /**
     * The values of a tenant's keys: those that are being read are waited for, the others are read together. Fails when any of
     * them does; with {@link Refused} when there is no room or the deadline has passed. Answers on the caller's context.
     *
     * @param fresh whether no value may have been read before this call
     */
    Future<Given<K, V>> load(TenantId tenant, Collection<K> keys, boolean fresh, Batch<K, V> batch) {
        var shared = new LinkedHashMap<K, Flight>();
        var own = new LinkedHashMap<K, Flight>();
        var before = new ArrayList<Future<V>>();
        for (var key : keys) {
            var mine = new Flight(fresh);
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
            new Load(tenant, own, batch, System.nanoTime() + timeoutNanos).start(before);
        }
        var joined = new HashSet<>(shared.keySet());
        joined.removeAll(own.keySet());
        return gather(shared).map(values -> new Given<>(values, joined));
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
        private final TenantId tenant;
        private volatile Map<K, Flight> flights;
        private final Batch<K, V> batch;
        private final long deadline;
        private final ContextInternal context;
        private final long timer;
        private volatile boolean late;

        Load(TenantId tenant, Map<K, Flight> flights, Batch<K, V> batch, long deadline) {
            this.tenant = tenant;
            this.flights = flights;
            this.batch = batch;
            this.deadline = deadline;
            // not the request's context: the load outlives it, and belongs to all who share it
            var current = ContextInternal.current();
            this.context =
                    (current == null || !current.isEventLoopContext() ? ownContext : current.unwrap()).duplicate();
            VertxContextSafetyToggle.setContextSafe(context, true);
            timer = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())), _ -> {
                late = true;
                fail(new Refused("the database does not answer in time"));
            });
        }

        /** Its turn comes after the loads before it, which takes no place in the bulkhead. */
        void start(List<Future<V>> before) {
            if (before.isEmpty()) {
                claim();
            } else {
                Future.join(before).onComplete(_ -> claim());
            }
        }

        private void claim() {
            if (!late) {
                batch.claim(flights.keySet()).onSuccess(this::divide);
            }
        }

        /** What others read is waited for by a load of its own; the rest is read now. */
        private void divide(Claimed<K, V> claimed) {
            var found = claimed.found();
            land(take(found.keySet()), key -> Objects.requireNonNull(found.get(key)));
            var theirs = take(claimed.held());
            if (!theirs.isEmpty()) {
                var waiting = new Load(tenant, theirs, batch, deadline);
                vertx.setTimer(
                        ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS + 1),
                        _ -> waiting.claim());
            }
            if (flights.isEmpty()) {
                vertx.cancelTimer(timer);
            } else {
                enter();
            }
        }

        /** Removes some of the flights from this load. */
        private Map<K, Flight> take(Set<K> some) {
            if (some.isEmpty()) {
                return Map.of();
            }
            var taken = new LinkedHashMap<>(flights);
            var left = new LinkedHashMap<>(flights);
            taken.keySet().retainAll(some);
            left.keySet().removeAll(some);
            flights = left;
            return taken;
        }

        private void enter() {
            if (late) {
                batch.giveBack(flights.keySet());
            } else if (!bulkhead.enter(tenant, () -> context.runOnContext(_ -> begin()))) {
                giveUp(new Refused("too many reads wait for the database"));
            }
        }

        private void begin() {
            if (late) {
                bulkhead.leave();
                batch.giveBack(flights.keySet());
                return;
            }
            flights.values().forEach(Flight::begin);
            Uni<Function<K, V>> read;
            try {
                read = batch.read(List.copyOf(flights.keySet()));
            } catch (RuntimeException failure) {
                read = Uni.createFrom().failure(failure);
            }
            read.subscribe()
                    .with(
                            value -> {
                                bulkhead.leave();
                                vertx.cancelTimer(timer);
                                land(flights, value);
                            },
                            failure -> {
                                bulkhead.leave();
                                giveUp(failure);
                            });
        }

        private void land(Map<K, Flight> some, Function<K, V> value) {
            some.forEach((key, flight) -> {
                try {
                    flight.landing.tryComplete(value.apply(key));
                } catch (RuntimeException failure) {
                    flight.landing.tryFail(failure);
                } finally {
                    SharedLoads.this.flights.remove(key, flight);
                }
            });
        }

        private void giveUp(Throwable failure) {
            vertx.cancelTimer(timer);
            batch.giveBack(flights.keySet());
            fail(failure);
        }

        private void fail(Throwable failure) {
            flights.forEach((key, flight) -> {
                SharedLoads.this.flights.remove(key, flight);
                flight.landing.tryFail(failure);
            });
        }
    }
}
