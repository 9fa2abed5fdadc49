package io.souk.search.index;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.LostPlace;
import io.souk.search.query.SearchEngine.Version;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The index of this replica and the one thread that writes it. Everything that changes the index runs on that thread, one
 * after the other; what is returned completes there.
 */
@Singleton
class ReplicaIndex {
    private static final Logger LOG = Logger.getLogger(ReplicaIndex.class);

    private static final Version NO_INDEX = new Version(0, 0);

    /** A refresh waits at least so many times as long as the last one took. */
    private static final int REST = 3;

    private final IndexConfig config;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread;
    private volatile LuceneIndex index;
    private volatile boolean fresh;
    private volatile long catchingUpSince = System.nanoTime();
    private boolean inStep = true;
    private boolean refreshPlanned;
    private long refreshAllowedAt = System.nanoTime();

    ReplicaIndex(IndexConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.index = open(config, clock);
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("search-index").daemon().factory());
        long pause = config.commitInterval().toMillis();
        var _ = thread.scheduleWithFixedDelay(() -> attempt(() -> index.commit()), pause, pause, TimeUnit.MILLISECONDS);
    }

    /** What is done to an index. */
    @FunctionalInterface
    interface Work<T> {
        T on(IndexSearcher searcher) throws Exception;
    }

    /** Work of this class on the index. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /**
     * Whether queries are answered: once everything that was in the log when this process began to read it can be found; and,
     * when that takes longer than {@link IndexConfig#catchUpPatience}, from what an earlier process left on the disk.
     */
    boolean isServing() {
        return fresh || staleSince() != null;
    }

    /** The moment since which changes are missing, while queries are answered from what was on the disk; else null. */
    @Nullable
    Instant staleSince() {
        return fresh
                        || !index.isWritable()
                        || System.nanoTime() - catchingUpSince
                                < config.catchUpPatience().toNanos()
                ? null
                : index.completeAsOf();
    }

    /** The next offset to read from that log, by partition; from here on changes are taken again. */
    Uni<Map<Integer, Long>> startOffsets(String log) {
        return onThread(() -> {
            reopenIfBroken();
            var offsets = index.offsets(log);
            inStep = true;
            return offsets;
        });
    }

    /** Puts the changes in, together with the offsets behind them; {@link LostPlace} after the disk has failed. */
    Uni<Void> apply(List<IndexChange> changes, Map<Integer, Long> nextOffsets) {
        return onThread(() -> {
                    if (!inStep) {
                        throw new LostPlace("the index broke", new IOException("closed after a failure"));
                    }
                    orLosePlace(() -> {
                        index.apply(changes, nextOffsets);
                        refreshSoon();
                    });
                    return changes;
                })
                .replaceWithVoid();
    }

    /** Shows everything applied so far, and takes queries from now on; {@link LostPlace} after the disk has failed. */
    Uni<Void> becomeFresh() {
        return onThread(() -> {
                    orLosePlace(index::becomeComplete);
                    fresh = true;
                    return index;
                })
                .replaceWithVoid();
    }

    /** Runs the work with a searcher that stays open until it is done; on the caller's thread. */
    <T> T search(Work<T> work) throws Exception {
        var searched = index;
        var searcher = searched.acquire();
        try {
            return work.on(searcher);
        } finally {
            searched.release(searcher);
        }
    }

    /** Names what a search sees now; {@link #NO_INDEX} while none is open. */
    Version version() {
        try {
            return index.version();
        } catch (AlreadyClosedException _) {
            return NO_INDEX;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Refreshes at once after a pause, else as soon as the last refresh is old enough. */
    private void refreshSoon() throws IOException {
        if (refreshPlanned || !index.needsRefresh()) {
            return;
        }
        long wait = refreshAllowedAt - System.nanoTime();
        if (wait <= 0) {
            refresh();
        } else {
            refreshPlanned = true;
            var _ = thread.schedule(this::refreshAsPlanned, wait, TimeUnit.NANOSECONDS);
        }
    }

    private void refreshAsPlanned() {
        refreshPlanned = false;
        attempt(this::refresh);
    }

    private void refresh() throws IOException {
        long began = System.nanoTime();
        index.refresh();
        long took = System.nanoTime() - began;
        refreshAllowedAt = began + took + Math.max(config.refreshInterval().toNanos(), REST * took);
    }

    /** Takes the step; what it fails with, an {@link Error} too, would end the schedule and stay unknown. */
    private void attempt(Step step) {
        try {
            step.run();
        } catch (Throwable failure) {
            noteIfBroken(failure);
        }
    }

    /**
     * Takes the step. Where it fails for a reason of the index, and not of what it was given, nobody knows what the index holds
     * beyond its offsets, so reading begins again from these.
     */
    private void orLosePlace(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error failure) {
            noteIfBroken(failure);
            if (failure instanceof RuntimeException ofTheDocument && index.isWritable()) {
                throw ofTheDocument;
            }
            inStep = false;
            throw new LostPlace("the index broke", failure);
        }
    }

    private void noteIfBroken(Throwable failure) {
        LOG.error("The index failed", failure);
        inStep = inStep && index.isWritable();
    }

    /**
     * After a failure of the disk Lucene closes its writer for good. The index goes back to its last commit, or to nothing if that
     * is damaged, the log is read again from there, and until it has caught up queries are refused.
     */
    private void reopenIfBroken() throws IOException {
        if (index.isWritable()) {
            return;
        }
        fresh = false;
        catchingUpSince = System.nanoTime();
        index.close();
        index = LuceneIndex.open(config, clock);
    }

    private <T> Uni<T> onThread(Callable<T> work) {
        return Uni.createFrom()
                .emitter(done -> thread.execute(() -> {
                    try {
                        done.complete(work.call());
                    } catch (Throwable failure) { // an Error too: whoever waits would wait for ever
                        done.fail(failure);
                    }
                }));
    }

    private static LuceneIndex open(IndexConfig config, Clock clock) {
        try {
            return LuceneIndex.open(config, clock);
        } catch (IOException failure) {
            throw new UncheckedIOException("The index in " + config.indexDir() + " cannot be opened", failure);
        }
    }

    @PreDestroy
    void close() throws IOException {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The index is still being written while it is closed");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        index.close();
    }
}
