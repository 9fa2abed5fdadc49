package io.souk.search.index;

import io.souk.kit.event.Order;
import io.souk.search.query.SearchEngine.Version;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The index on disk: one writer, and searchers that see what it wrote up to the last refresh.
 *
 * <p>Writing, refreshing and committing belong to one thread; searching may go on from any number of others at any time.
 * A commit holds the documents and the offsets up to which they were read, or neither.
 */
final class LuceneIndex implements Closeable {
    private static final Logger LOG = Logger.getLogger(LuceneIndex.class);
    private static final String FORMAT = "format";
    private static final String LOG_NAME = "log";
    private static final String OFFSET = "offset.";
    private static final String COMPLETE_AS_OF = "completeAsOf";

    /** Each index opened by this process gets another one, so versions of two never look alike. */
    private static final AtomicLong GENERATIONS = new AtomicLong();

    private final long generation = GENERATIONS.incrementAndGet();
    private final Clock clock;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Map<String, Order> unseen = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private @Nullable String log;
    private boolean committed = true;
    private boolean complete;
    private volatile @Nullable Instant completeAsOf;

    private LuceneIndex(Directory directory, int bufferMegabytes, Clock clock) throws IOException {
        this.clock = clock;
        this.directory = directory;
        readCommit(directory);
        this.writer = new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(bufferMegabytes));
        this.searchers = new SearcherManager(writer, null);
    }

    /**
     * The index of that folder, or a new, empty one where there is none, where it is damaged (every file is read and checked) or
     * of another format. Fails when another process has it open or the disk does not obey.
     */
    static LuceneIndex open(IndexConfig config, Clock clock) throws IOException {
        var folder = config.indexDir();
        Files.createDirectories(folder);
        var directory = config.indexDirectory().open(folder);
        try {
            clearUnlessSound(directory);
            return new LuceneIndex(directory, config.indexBufferMegabytes(), clock);
        } catch (IOException | RuntimeException failure) {
            IOUtils.closeWhileHandlingException(directory);
            throw failure;
        }
    }

    /**
     * The next offset to read from that log, by partition. An index that was read from another log is emptied: what stands in it
     * may not be in this one.
     */
    Map<Integer, Long> offsets(String of) throws IOException {
        if (!of.equals(log)) {
            if (log != null) {
                LOG.warnf("The index was read from %s and is built anew from %s", log, of);
            }
            writer.deleteAll();
            unseen.clear();
            offsets.clear();
            log = of;
            committed = false;
            complete = false;
            completeAsOf = null;
            refresh();
        }
        return Map.copyOf(offsets);
    }

    /**
     * When the last commit was made that holds everything which the log held then; null when there is none, or when it turned out
     * to be of another log. An index that is still being built has none.
     */
    @Nullable
    Instant completeAsOf() {
        return completeAsOf;
    }

    /** From now on the index holds everything that the log holds, but for what is just coming. */
    void becomeComplete() throws IOException {
        refresh();
        complete = true;
        committed = false;
    }

    /** False once the disk has failed the writer; then only a new index on the same folder helps. */
    boolean isWritable() {
        return writer.isOpen();
    }

    /** Puts the changes in; those that are not newer than what is there are dropped. Seen after the next refresh. */
    void apply(List<IndexChange> changes, Map<Integer, Long> nextOffsets) throws IOException {
        var searcher = searchers.acquire();
        try {
            var orders = new OrderLookup(searcher.getIndexReader());
            for (var change : changes) {
                @Nullable Order known = unseen.get(change.key());
                if (known == null) {
                    known = orders.find(change.key());
                }
                if (known == null || change.order().compareTo(known) > 0) {
                    put(change);
                }
            }
        } finally {
            searchers.release(searcher);
        }
        offsets.putAll(nextOffsets);
        committed = false;
    }

    private void put(IndexChange change) throws IOException {
        var document = change.document() == null
                ? IndexedProduct.gone(change.tenant(), change.id(), change.order())
                : IndexedProduct.live(change.tenant(), change.document(), change.order());
        writer.updateDocument(new Term(Fields.KEY, change.key()), document);
        unseen.put(change.key(), change.order());
    }

    /** Makes everything applied so far visible to the next search. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
        unseen.clear();
    }

    /** Whether something was applied that no search sees yet. */
    boolean needsRefresh() {
        return !unseen.isEmpty();
    }

    /** Makes everything applied so far survive a crash, together with its offsets. */
    void commit() throws IOException {
        if (committed) {
            return;
        }
        var data = new HashMap<String, String>();
        data.put(FORMAT, Fields.FORMAT);
        @Nullable Instant asOf = complete ? clock.instant() : completeAsOf;
        if (asOf != null) {
            data.put(COMPLETE_AS_OF, asOf.toString());
        }
        if (log != null) {
            data.put(LOG_NAME, log);
        }
        offsets.forEach((partition, offset) -> data.put(OFFSET + partition, Long.toString(offset)));
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
        committed = true;
        completeAsOf = asOf;
    }

    /** A searcher over what can be seen now; to be given back to {@link #release}. */
    IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    void release(IndexSearcher searcher) throws IOException {
        searchers.release(searcher);
    }

    /** Names what {@link #acquire} gives now. */
    Version version() throws IOException {
        var searcher = searchers.acquire();
        try {
            return new Version(generation, ((DirectoryReader) searcher.getIndexReader()).getVersion());
        } finally {
            searchers.release(searcher);
        }
    }

    /** Commits and closes. */
    @Override
    public void close() throws IOException {
        try {
            if (writer.isOpen()) {
                commit();
            }
        } finally {
            IOUtils.close(searchers, writer::rollback, directory);
        }
    }

    private void readCommit(Directory directory) throws IOException {
        if (!DirectoryReader.indexExists(directory)) {
            return;
        }
        try (var reader = DirectoryReader.open(directory)) {
            reader.getIndexCommit().getUserData().forEach((key, value) -> {
                if (key.startsWith(OFFSET)) {
                    offsets.put(Integer.valueOf(key.substring(OFFSET.length())), Long.valueOf(value));
                } else if (key.equals(LOG_NAME)) {
                    log = value;
                } else if (key.equals(COMPLETE_AS_OF)) {
                    completeAsOf = Instant.parse(value);
                }
            });
        }
    }

    private static void clearUnlessSound(Directory directory) throws IOException {
        var files = directory.listAll();
        if (files.length == 0) {
            return;
        }
        @Nullable String fault = fault(directory);
        if (fault != null) {
            LOG.warnf("The index in %s is built anew: %s", directory, fault);
            try (var _ = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
                for (var file : files) {
                    if (isOurs(file)) {
                        directory.deleteFile(file);
                    }
                }
            }
        }
    }

    /** A folder that was named by mistake may hold other files than Lucene's. */
    private static boolean isOurs(String file) {
        return file.startsWith(IndexFileNames.SEGMENTS)
                || file.startsWith(IndexFileNames.PENDING_SEGMENTS)
                || IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches();
    }

    /** What keeps the index from being used; null when nothing does. */
    private static @Nullable String fault(Directory directory) {
        try {
            if (!DirectoryReader.indexExists(directory)) {
                return null;
            }
            try (var reader = DirectoryReader.open(directory)) {
                for (var segment : reader.leaves()) {
                    segment.reader().checkIntegrity();
                }
                var format = reader.getIndexCommit().getUserData().get(FORMAT);
                return Fields.FORMAT.equals(format) ? null : "its format is " + format + ", not " + Fields.FORMAT;
            }
        } catch (IOException | RuntimeException damage) {
            return damage.toString();
        }
    }
}
