package io.souk.kit.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How much of a replica its jobs may take, and how they are tried again. */
@ConfigMapping(prefix = "souk.jobs")
public interface JobsConfig {
    /** Jobs at a time on this replica, 2: each holds a connection of the requests' pool nearly all the time. 0 runs none. */
    @WithDefault("2")
    @Min(0)
    @Max(64)
    int concurrency();

    /**
     * How long a job is left alone before another replica takes it, 15 s. Each step renews it, and a step ends by its
     * transaction's deadline (10 s), so only a dead or paused replica lets it run out.
     */
    @WithDefault("15s")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration lease();

    /** How long a job runs before it makes way for one that waits longer, 2 s. */
    @WithDefault("2s")
    @DurationMin(millis = 1)
    @DurationMax(hours = 1)
    Duration turn();

    /** How often the rows are looked at for jobs that no nudge told of (another replica's, expired leases), 1 s. */
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration pollEvery();

    /** Failures in a row that may pass before the job fails for good; 30, some 11 minutes with the pauses below. */
    @WithDefault("30")
    @Min(1)
    @Max(1_000)
    int maxAttempts();

    /**
     * How often a step is begun at the same place before the job fails for good, if nothing was heard of it: its process died or
     * hung. 5: some die of something else (a node goes, a release rolls out), but a step that kills its process must not do so for
     * ever.
     */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int maxStarts();

    /** The pause after the first failure, 500 ms; doubled with each, with jitter. */
    @WithDefault("500ms")
    @DurationMin(millis = 1)
    @DurationMax(hours = 1)
    Duration firstPause();

    /** The longest pause between two tries, 30 s. */
    @WithDefault("30s")
    @DurationMin(millis = 1)
    @DurationMax(hours = 1)
    Duration longestPause();

    /**
     * How long a job that has ended can still be looked at, report included, 7 days: over a weekend and back at work. Then its
     * rows are removed, and it is answered as one that never was.
     */
    @WithDefault("7d")
    @DurationMin(hours = 1)
    @DurationMax(days = 3650)
    Duration retention();
}
