package io.souk.bench.measure;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Work that begins at moments fixed beforehand, whatever has become of the work before; how long it took is counted from that
 * moment. So a server that stands still is charged with all that came meanwhile, and not with one piece of work alone.
 */
public final class OpenLoop {
    /** Begins a piece of work, on the loop's context. */
    @FunctionalInterface
    public interface Work {
        Future<?> begin(long number);
    }

    /**
     * What came of it.
     *
     * @param intended pieces of work
     * @param inTime of them done well before the time was over
     * @param failed of them failed, or never begun since too many were under way
     * @param latency of those done well, from their intended moment
     * @param firstFailure what the first of the failed ones said, or nothing
     */
    public record Outcome(long intended, long inTime, long failed, Latencies latency, String firstFailure) {
        private static final double KEPT_UP = 0.95;

        /** Whether what came was done as fast as it came, and well. */
        public boolean isKeptUp() {
            return failed == 0 && inTime >= KEPT_UP * intended;
        }
    }

    /** More than this are a queue that grows: seconds of work, far beyond what is still kept up with. */
    private static final int MOST_UNDER_WAY = 5_000;

    private final Context context;
    private final Schedule schedule;
    private final long count;
    private final long end;
    private final Work work;
    private final Promise<Outcome> done = Promise.promise();
    private final Latencies latency = new Latencies();
    private long settled;
    private long underWay;
    private long inTime;
    private long failed;
    private String firstFailure = "";

    private OpenLoop(Context context, Schedule schedule, Duration time, Work work) {
        this.context = context;
        this.schedule = schedule;
        this.count = schedule.within(time);
        this.end = schedule.start() + time.toNanos();
        this.work = work;
    }

    /** Runs it on an event loop for that time; comes to its end when all that was begun has ended. */
    public static Future<Outcome> run(Context context, double perSecond, Duration time, Work work) {
        var loop = new OpenLoop(context, new Schedule(System.nanoTime(), perSecond), time, work);
        Thread.ofPlatform().daemon().name("pace").start(loop::pace);
        return loop.done.future();
    }

    /** A thread of its own: a timer of the event loop would come late when the loop is busy, and to whole milliseconds. */
    private void pace() {
        for (long i = 0; i < count; i++) {
            long number = i;
            for (long ahead = until(number); ahead > 0; ahead = until(number)) {
                LockSupport.parkNanos(ahead);
            }
            context.runOnContext(_ -> begin(number));
        }
    }

    private long until(long number) {
        return schedule.moment(number) - System.nanoTime();
    }

    private void begin(long number) {
        if (underWay >= MOST_UNDER_WAY) {
            settle("too many are under way", number);
            return;
        }
        underWay++;
        work.begin(number).onComplete(ended -> {
            underWay--;
            settle(ended.succeeded() ? "" : String.valueOf(ended.cause().getMessage()), number);
        });
    }

    /** One has ended; {@code failure} says why it was not done well, and is empty when it was. */
    private void settle(String failure, long number) {
        if (failure.isEmpty()) {
            long now = System.nanoTime();
            latency.add(now - schedule.moment(number));
            inTime += now <= end ? 1 : 0;
        } else {
            failed++;
            firstFailure = firstFailure.isEmpty() ? failure : firstFailure;
        }
        if (++settled == count) {
            done.complete(new Outcome(count, inTime, failed, latency, firstFailure));
        }
    }
}
