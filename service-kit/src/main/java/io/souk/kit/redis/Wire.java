package io.souk.kit.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.future.PromiseInternal;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;

/**
 * One TCP connection to Redis, from the attempt to connect to its loss; then the link makes another. Runs on the link's
 * event loop only.
 *
 * <p>What is sent while the event loop works through one round of its tasks is written together when the round is over.
 * Replies come in the order of the commands, so one look per tick at the oldest pending command says whether any is late:
 * a late one fails, and a wire that has answered nothing for that long is given up. Ticks follow each other only after
 * the loop has been able to read, so a pause of this process makes nothing late.
 */
final class Wire {
    private static final String LATE = "Redis does not answer in time";
    private static final String FULL = "too many commands for Redis in flight";
    private static final String LOST = "the connection to Redis is lost";

    /** Ticks that make up the command timeout. */
    static final int TICKS = 4;

    /** Ticks of silence after which Redis is asked for a sign of life: a second with the default timeout. */
    private static final int IDLE_TICKS = 16;

    /** What the link wants to know; welcome and lost are told at most once, {@code lost} last. */
    interface Owner {
        /** A check has found commands that are not answered in time. */
        void late();

        void welcome(Wire wire);

        void lost(Wire wire, RedisState state, String why);
    }

    private record Pending(@Nullable PromiseInternal<@Nullable Reply> promise, long tick) {
        boolean fail(String reason) {
            return promise != null && promise.tryFail(new RedisUnavailable(reason));
        }
    }

    private final ContextInternal context;
    private final Owner owner;
    private final RedisWatch watch;
    private final int inFlight;
    private final long connectTicks;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final ReplyParser parser = new ReplyParser(this::answered);

    private @Nullable Greeting greeting;
    private @Nullable NetSocket socket;
    private Buffer unwritten = Buffer.buffer();
    private boolean writeDue;
    private boolean dead;
    private long tick;
    private long lastReply;

    Wire(ContextInternal context, Owner owner, Greeting greeting, RedisWatch watch, int inFlight, long connectTicks) {
        this.context = context;
        this.owner = owner;
        this.greeting = greeting;
        this.watch = watch;
        this.inFlight = inFlight;
        this.connectTicks = connectTicks;
    }

    /** The outcome of the attempt to connect. */
    void connected(AsyncResult<NetSocket> attempt) {
        if (attempt.failed()) {
            lose(RedisState.AWAY, String.valueOf(attempt.cause().getMessage()));
        } else if (dead || greeting == null) {
            attempt.result().close();
        } else {
            var connected = attempt.result();
            socket = connected;
            connected.handler(this::received);
            connected.exceptionHandler(failure -> lose(RedisState.AWAY, String.valueOf(failure.getMessage())));
            connected.closeHandler(_ -> lose(RedisState.AWAY, "the connection was closed"));
            connected.write(greeting.commands());
        }
    }

    void send(RedisCommand command, @Nullable PromiseInternal<@Nullable Reply> promise) {
        var request = new Pending(promise, tick);
        if (dead) {
            request.fail(LOST);
        } else if (pending.size() >= inFlight) {
            watch.refused();
            request.fail(FULL);
        } else {
            pending.add(request);
            unwritten.appendBytes(command.bytes(), 0, command.length());
            if (!writeDue) {
                writeDue = true;
                context.nettyEventLoop().execute(this::writeOut);
            }
        }
    }

    private void writeOut() {
        writeDue = false;
        if (socket != null && !dead) {
            var out = unwritten;
            unwritten = Buffer.buffer(out.length());
            socket.write(out);
        }
    }

    void tick() {
        tick++;
        if (greeting != null) {
            if (tick > connectTicks) {
                lose(RedisState.AWAY, "no answer to the greeting");
            }
        } else if (pending.isEmpty()) {
            if (tick - lastReply >= IDLE_TICKS) {
                send(RedisCommand.of("PING", 0), null);
            }
        } else if (isLate(pending.getFirst())) {
            if (tick - lastReply > TICKS) {
                owner.late();
                lose(RedisState.AWAY, "no answer in time");
            } else {
                failLate();
            }
        }
    }

    /** Fails what is late; its place in the queue stays until its reply has come. */
    private void failLate() {
        var late = new ArrayList<Pending>();
        for (var request : pending) {
            if (!isLate(request)) {
                break;
            }
            late.add(request);
        }
        boolean news = false;
        for (var request : late) { // not in the queue itself: who is told may send again
            if (request.fail(LATE)) {
                watch.late();
                news = true;
            }
        }
        if (news) {
            owner.late();
        }
    }

    private boolean isLate(Pending request) {
        return tick - request.tick() > TICKS;
    }

    private void received(Buffer chunk) {
        if (dead) {
            return;
        }
        try {
            parser.received(chunk);
        } catch (IllegalStateException notRedis) {
            lose(RedisState.AWAY, String.valueOf(notRedis.getMessage()));
        }
    }

    private void answered(@Nullable Reply reply) {
        lastReply = tick;
        if (dead) {
            return;
        }
        if (greeting != null) {
            greeted(greeting.answered(reply));
            return;
        }
        var request = pending.poll();
        if (request == null) {
            throw new IllegalStateException("a reply that nothing waits for");
        }
        var promise = request.promise();
        if (promise == null) {
            return;
        }
        if (reply instanceof Reply.Failed(var error)) {
            promise.tryFail(error);
        } else {
            promise.tryComplete(reply);
        }
    }

    private void greeted(Greeting.Answer answer) {
        switch (answer) {
            case Greeting.More _ -> {}
            case Greeting.Welcome _ -> {
                greeting = null;
                owner.welcome(this);
            }
            case Greeting.Refusal(var state, var why) -> lose(state, why);
        }
    }

    void close() {
        lose(RedisState.AWAY, "closed by us");
    }

    private void lose(RedisState state, String why) {
        if (dead) {
            return;
        }
        dead = true;
        owner.lost(this, state, why); // first, so that who is told of a failure finds the link not ready
        if (socket != null) {
            socket.close();
        }
        for (var request = pending.poll(); request != null; request = pending.poll()) {
            request.fail(LOST);
        }
    }
}
