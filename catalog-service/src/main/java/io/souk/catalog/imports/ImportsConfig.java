package io.souk.catalog.imports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.souk.kit.http.SizeBetween;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** Bounds of imports. */
@ConfigMapping(prefix = "souk.imports")
public interface ImportsConfig {
    /** The longest line, 1 MiB: what one product may be as a request too. A longer one ends the upload with 413. */
    @WithDefault("1M")
    @SizeBetween(min = "1K", max = "16M")
    MemorySize maxLineSize();

    /** The largest file once decompressed, 2 GiB; a larger one, such as a gzip bomb, ends the upload with 413. */
    @WithDefault("2G")
    @SizeBetween(min = "1K", max = "1T")
    MemorySize maxFileSize();

    /**
     * The most lines of a file, 2,000,000: a catalogue's worth. Each becomes a record, so a few kilobytes of packed line feeds
     * must not become millions of rows; a file with more ends the upload with 413.
     */
    @WithDefault("2000000")
    long maxLines();

    /**
     * Rows per chunk, hence per transaction of the job. 500: enough to spread the cost of a commit and of some twenty
     * statements, few enough that a step takes a fraction of its lease and locks no product for long.
     */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int chunkRows();

    /** Bytes per chunk, which count where lines are long; a step holds its chunk in memory some ten times over. */
    @WithDefault("1M")
    @SizeBetween(min = "1K", max = "64M")
    MemorySize chunkSize();

    /** How long an upload may stand still before it is taken for abandoned and what was stored of it is removed. */
    @WithDefault("1h")
    @DurationMin(minutes = 1)
    @DurationMax(days = 30)
    Duration abandonedAfter();

    /**
     * How many of the tenant's events may wait in the outbox before its import pauses, 5,000: about a second of the relay's work, and
     * some three chunks. Without a bound, one tenant's import fills what all tenants' changes have to go through.
     */
    @WithDefault("5000")
    @Min(1)
    @Max(10_000_000)
    int maxBacklog();

    /** How long it pauses before it looks again, 200 ms. */
    @WithDefault("200ms")
    @DurationMin(millis = 1)
    @DurationMax(minutes = 1)
    Duration backlogPause();
}
