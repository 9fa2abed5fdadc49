package io.souk.search.index;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.LostPlace;
import io.souk.search.query.SearchEngine.Version;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
    private final ScheduledThreadPoolExecutor thread;
    private volatile LuceneIndex index;
    private volatile boolean fresh;
    private boolean inStep = true;
    private boolean refreshPlanned;
    private long refreshAllowedAt = System.nanoTime();

    ReplicaIndex(IndexConfig config) {
        this.config = config;
        this.index = open(config);
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("search-index").daemon().factory());
        long pause = config.commitInterval().toMillis();
        var _ = thread.scheduleWithFixedDelay(this::commit, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** What is done to an index. */
    @FunctionalInterface
    interface Work<T> {
        T on(IndexSearcher searcher) throws Exception;
    }

    /** Whether everything that was in the log when this process began to read it can be found. */
    boolean isFresh() {
        return fresh;
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
                    try {
                        index.apply(changes, nextOffsets);
                        refreshSoon();
                    } catch (IOException | AlreadyClosedException failure) {
                        noteIfBroken(failure);
                        throw new LostPlace("the index broke", failure);
                    }
                    return changes;
                })
                .replaceWithVoid();
    }

    /** Shows everything applied so far, and takes queries from now on. */
    Uni<Void> becomeFresh() {
        return onThread(() -> {
                    index.refresh();
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
        try {
            refresh();
        } catch (IOException | RuntimeException failure) {
            noteIfBroken(failure);
        }
    }

    private void refresh() throws IOException {
        long began = System.nanoTime();
        index.refresh();
        long took = System.nanoTime() - began;
        refreshAllowedAt = began + took + Math.max(config.refreshInterval().toNanos(), REST * took);
    }

    private void commit() {
        try {
            index.commit();
        } catch (IOException | RuntimeException failure) {
            noteIfBroken(failure);
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
        index.close();
        index = LuceneIndex.open(config);
    }

    private <T> Uni<T> onThread(Callable<T> work) {
        return Uni.createFrom()
                .emitter(done -> thread.execute(() -> {
                    try {
                        done.complete(work.call());
                    } catch (Exception failure) {
                        done.fail(failure);
                    }
                }));
    }

    private static LuceneIndex open(IndexConfig config) {
        try {
            return LuceneIndex.open(config);
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
