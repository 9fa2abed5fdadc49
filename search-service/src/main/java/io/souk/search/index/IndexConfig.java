package io.souk.search.index;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.nio.file.Path;
import java.time.Duration;

/** The index of this replica and how much of the machine queries may take. */
@ConfigMapping(prefix = "souk.search")
public interface IndexConfig {

    /**
     * The folder of the index; by default one per user and port below the system's temporary folder, since a lost index is
     * only rebuilt. Two processes cannot share one: the second does not start.
     */
    Path indexDir();

    /**
     * How files are read: {@code NIO} works everywhere. {@code MMAP} is faster where the index outgrows the heap, and not to be
     * had in native images built without foreign-function support.
     */
    @WithDefault("NIO")
    IndexDirectory indexDirectory();

    /**
     * The shortest time between two refreshes, 100 ms: how long a change may stay unseen while many arrive. A single change after
     * a pause is seen at once. Shorter makes many small segments; a refresh never takes more than a quarter of the time.
     */
    @WithDefault("100ms")
    @DurationMin(millis = 1)
    @DurationMax(minutes = 1)
    Duration refreshInterval();

    /** Time between two commits to disk, 5 s: what a restart has to replay. Shorter costs disk syncs. */
    @WithDefault("5s")
    @DurationMin(millis = 1)
    @DurationMax(hours = 1)
    Duration commitInterval();

    /**
     * How long a restarted replica tries to catch up with the log before it serves what it finds on its disk, marked as stale and
     * degraded, 10 s. Shorter shows older results while Kafka is well; longer keeps a replica out of service while it is not.
     */
    @WithDefault("10s")
    Duration catchUpPatience();

    /** Memory for documents that are not yet in a segment, 32 MB; less makes more, smaller segments while many arrive. */
    @WithDefault("32")
    @Min(4)
    @Max(1024)
    int indexBufferMegabytes();

    /** Threads that search, 2: a query is pure computing, so more than there are processors only makes all slower. */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int searchThreads();

    /** Queries that may wait for a thread, 128; what comes on top is refused with 503 at once. */
    @WithDefault("128")
    @Min(1)
    @Max(10_000)
    int searchQueue();

    /** From the arrival of a query to its answer, waiting included, 2 s; then 503. */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration searchTimeout();
}
