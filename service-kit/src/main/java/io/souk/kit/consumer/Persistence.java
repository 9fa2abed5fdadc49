package io.souk.kit.consumer;

import io.souk.kit.consumer.Waiting.Abandoned;
import io.souk.kit.event.EventHealth;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TransactionFailure;
import io.souk.kit.time.Backoff;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gets events applied, however long it takes. What may pass is tried again until it has passed. What fails otherwise is
 * tried event by event, in order; the event that fails alone, twice, is buried, and those behind it go on. Events that take
 * together longer than a transaction may are tried in halves: they would never end, and whoever comes behind them, of
 * whatever tenant, would wait for ever. Only a {@link LostPlace} is passed on to the reader.
 */
final class Persistence {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** How often events may be late together: once may be the database's doing. */
    private static final int TIMES_LATE = 2;

    /** Where records end that cannot be applied. */
    interface Grave {
        CompletableFuture<Void> bury(ConsumerRecord<byte[], byte[]> record, Throwable failure);
    }

    private final String part;
    private final Grave grave;
    private final EventHealth health;
    private final Duration maxBackoff;

    /** @param part names the reader to an operator */
    Persistence(String part, Grave grave, EventHealth health, Duration maxBackoff) {
        this.part = part;
        this.grave = grave;
        this.health = health;
        this.maxBackoff = maxBackoff;
    }

    /** Returns when each of the events is applied or buried. The handler is called with one part of them at a time. */
    <T> void apply(
            List<Received<T>> events, Function<List<Received<T>>, CompletableFuture<Void>> handler, Waiting waiting)
            throws Abandoned {
        var failure = attempt(() -> handler.apply(events), waiting, events.size() > 1 ? TIMES_LATE : Integer.MAX_VALUE);
        if (failure == null) {
            return;
        }
        if (events.size() > 1) {
            for (var part : parts(events, failure)) {
                apply(part, handler, waiting);
            }
            return;
        }
        if (!(failure instanceof PoisonEvent)) {
            waiting.pause(FIRST_PAUSE); // what only looked final, such as a race, has passed by then
            failure = attempt(() -> handler.apply(events), waiting);
        }
        if (failure != null) {
            bury(events.getFirst().record(), failure, waiting);
        }
    }

    private static <T> List<List<T>> parts(List<T> events, Throwable failure) {
        int half = events.size() / 2;
        return failure instanceof TransactionFailure.TimedOut
                ? List.of(events.subList(0, half), events.subList(half, events.size()))
                : events.stream().map(List::of).toList();
    }

    /** Returns when the record lies in the dead letters. */
    void bury(ConsumerRecord<byte[], byte[]> record, Throwable failure, Waiting waiting) throws Abandoned {
        insist(() -> grave.bury(record, failure), waiting);
    }

    /** Returns when the work has been done, which the reader cannot go on without: tries again whatever it fails with. */
    void insist(Supplier<CompletableFuture<Void>> work, Waiting waiting) throws Abandoned {
        var backoff = backoff();
        while (true) {
            var failure = attempt(work, waiting);
            if (failure == null) {
                return;
            }
            health.troubled(part, failure);
            waiting.pause(backoff.next());
        }
    }

    /** Tries until it is done (null) or has failed in a way that will not pass by itself. */
    private @Nullable Throwable attempt(Supplier<CompletableFuture<Void>> work, Waiting waiting) throws Abandoned {
        return attempt(work, waiting, Integer.MAX_VALUE);
    }

    /** Or has been late so often. */
    private @Nullable Throwable attempt(Supplier<CompletableFuture<Void>> work, Waiting waiting, int timesLate)
            throws Abandoned {
        var backoff = backoff();
        int late = 0;
        while (true) {
            try {
                waiting.await(started(work));
                health.well(part);
                return null;
            } catch (ExecutionException failed) {
                var failure = Objects.requireNonNull(failed.getCause());
                if (failure instanceof LostPlace lost) {
                    throw lost;
                }
                if (failure instanceof PoisonEvent || !Problems.mayPass(failure)) {
                    return failure;
                }
                health.troubled(part, failure);
                if (failure instanceof TransactionFailure.TimedOut && ++late == timesLate) {
                    return failure;
                }
            }
            waiting.pause(backoff.next());
        }
    }

    private static CompletableFuture<Void> started(Supplier<CompletableFuture<Void>> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private Backoff backoff() {
        return new Backoff(FIRST_PAUSE, maxBackoff, ThreadLocalRandom.current()::nextDouble);
    }
}
