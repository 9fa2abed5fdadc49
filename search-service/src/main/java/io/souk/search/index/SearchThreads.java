package io.souk.search.index;

import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.problem.Problem;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The few threads that search, and the short queue before them. */
@Singleton
class SearchThreads {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final ThreadPoolExecutor threads;
    private final Duration timeout;

    SearchThreads(IndexConfig config) {
        this.timeout = config.searchTimeout();
        this.threads = new ThreadPoolExecutor(
                config.searchThreads(),
                config.searchThreads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.searchQueue()),
                Thread.ofPlatform().name("search-", 0).daemon().factory());
    }

    /** A point in time by which an answer is due. */
    record Deadline(long nanos) {
        Duration left() {
            return Duration.ofNanos(nanos - System.nanoTime());
        }

        boolean isOver() {
            return nanos - System.nanoTime() <= 0;
        }
    }

    /** Work that may block and keeps an eye on its deadline. */
    @FunctionalInterface
    interface Search<T> {
        T by(Deadline deadline) throws Exception;
    }

    /** Runs the search on one of the threads; 503 when too many wait already, or when it is not done in time. */
    <T> Uni<T> run(Search<T> search) {
        return Uni.createFrom()
                .<T>emitter(answer -> {
                    var deadline = new Deadline(System.nanoTime() + timeout.toNanos());
                    Callable<T> work = () -> {
                        if (deadline.isOver()) {
                            throw tooLate();
                        }
                        return search.by(deadline);
                    };
                    try {
                        threads.execute(() -> {
                            try {
                                answer.complete(work.call());
                            } catch (Throwable failure) { // an Error too: whoever waits would be told that it took too
                                // long
                                answer.fail(failure);
                            }
                        });
                    } catch (RejectedExecutionException full) {
                        answer.fail(KitProblem.UNAVAILABLE
                                .because("Too many searches at once")
                                .retryAfter(COME_AGAIN));
                    }
                })
                .ifNoItem()
                .after(timeout)
                .failWith(SearchThreads::tooLate);
    }

    static Problem tooLate() {
        return KitProblem.UNAVAILABLE.because("The search took too long").retryAfter(COME_AGAIN);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
