package io.souk.bench.measure;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.time.Duration;

/**
 * As many pieces of work under way at any moment as there are clients: the next one begins when one has ended. So nothing is
 * ever overloaded, however slow it is yet: what warms up a server soonest.
 */
public final class ClosedLoop {
    /** After a failure, so that what fails at once does not keep a processor busy. */
    private static final long PAUSE_MILLIS = 10;

    private final Context context;
    private final OpenLoop.Work work;
    private final long end;
    private final Promise<Void> done = Promise.promise();
    private int clients;
    private long begun;

    private ClosedLoop(Context context, int clients, Duration time, OpenLoop.Work work) {
        this.context = context;
        this.clients = clients;
        this.end = System.nanoTime() + time.toNanos();
        this.work = work;
    }

    /** Runs it on an event loop for that time; comes to its end when all that was begun has ended, well or not. */
    public static Future<Void> run(Context context, int clients, Duration time, OpenLoop.Work work) {
        var loop = new ClosedLoop(context, clients, time, work);
        context.runOnContext(_ -> {
            for (int i = 0; i < clients; i++) {
                loop.next();
            }
        });
        return loop.done.future();
    }

    private void next() {
        if (System.nanoTime() - end >= 0) {
            if (--clients == 0) {
                done.complete();
            }
            return;
        }
        work.begin(begun++).onComplete(ended -> {
            if (ended.succeeded()) {
                context.runOnContext(_ -> next());
            } else {
                context.owner().setTimer(PAUSE_MILLIS, _ -> next());
            }
        });
    }
}
