package io.souk.kit.redis;

import io.souk.kit.time.Backoff;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.future.PromiseInternal;
import io.vertx.core.net.NetClient;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Keeps one wire to Redis up for as long as the process lives. Its fields belong to one event loop. */
final class RedisLink implements RedisLane, Wire.Owner {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final int LONGEST_SLOW_PAUSE = 8;

    private final ContextInternal context;
    private final NetClient client;
    private final RedisAddress address;
    private final RedisConfig config;
    private final RedisWatch watch;
    private final Backoff backoff;
    private final SlowGuard guard;
    private final long tickMillis;

    private volatile RedisState state = RedisState.AWAY;
    private @Nullable Wire wire;
    private boolean ready;
    private boolean closed;

    RedisLink(ContextInternal context, NetClient client, RedisAddress address, RedisConfig config, RedisWatch watch) {
        this.context = context;
        this.client = client;
        this.address = address;
        this.config = config;
        this.watch = watch;
        this.backoff = new Backoff(FIRST_BACKOFF, config.reconnectMax(), ThreadLocalRandom.current()::nextDouble);
        this.guard = new SlowGuard(
                config.slowAfter(),
                config.slowWindow(),
                new Backoff(
                        config.slowPause(),
                        config.slowPause().multipliedBy(LONGEST_SLOW_PAUSE),
                        ThreadLocalRandom.current()::nextDouble));
        this.tickMillis = Math.max(1, config.commandTimeout().toMillis() / Wire.TICKS);
    }

    void start() {
        context.runOnContext(_ -> {
            connect();
            tickLater();
        });
    }

    void close() {
        context.runOnContext(_ -> {
            closed = true;
            if (wire != null) {
                wire.close();
            }
        });
    }

    /** May be asked from any thread. */
    RedisState state() {
        return state;
    }

    /** Sends from any thread; the answer comes on the caller's context, or on this link's if the caller has none. */
    @Override
    public Future<@Nullable Reply> send(RedisCommand command) {
        var caller = ContextInternal.current();
        PromiseInternal<@Nullable Reply> promise = (caller == null ? context : caller).promise();
        if (context.inThread()) {
            send(command, promise);
        } else {
            context.execute(() -> send(command, promise));
        }
        return promise.future();
    }

    private void send(RedisCommand command, PromiseInternal<@Nullable Reply> promise) {
        if (ready && wire != null && !guard.isOpen()) {
            wire.send(command, promise);
        } else {
            promise.fail(new RedisUnavailable(guard.isOpen() ? "Redis is too slow" : "Redis is not connected"));
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        long connectTicks = Math.max(1, config.connectTimeout().toMillis() / tickMillis);
        var attempt = new Wire(context, this, new Greeting(address), watch, config.inFlight(), connectTicks);
        wire = attempt;
        client.connect(address.port(), address.host()).onComplete(attempt::connected);
    }

    @Override
    public void welcome(Wire welcomed) {
        ready = true;
        backoff.reset();
        if (guard.isOpen()) {
            state = RedisState.SLOW;
        } else {
            state = RedisState.READY;
            watch.welcome();
        }
    }

    @Override
    public void late() {
        if (guard.late(System.nanoTime())) {
            state = RedisState.SLOW;
            watch.slow();
        }
    }

    private void probe(Wire connected) {
        PromiseInternal<@Nullable Reply> answer = context.promise();
        connected.send(RedisCommand.of("PING", 0), answer);
        answer.future().onComplete(reply -> {
            if (guard.probed(reply.succeeded(), System.nanoTime()) && ready) {
                state = RedisState.READY;
                watch.welcome();
            }
        });
    }

    @Override
    public void lost(Wire lost, RedisState next, String why) {
        wire = null;
        ready = false;
        state = next;
        if (closed) {
            return;
        }
        watch.lost(next, why);
        context.owner().setTimer(backoff.next().toMillis(), _ -> connect());
    }

    /** Not periodic: after a pause of this process the ticks it has missed must not follow all at once. */
    private void tickLater() {
        context.owner().setTimer(tickMillis, _ -> {
            if (!closed) {
                if (wire != null) {
                    wire.tick();
                }
                if (ready && wire != null && guard.probes(System.nanoTime())) {
                    probe(wire);
                }
                tickLater();
            }
        });
    }
}
