package io.souk.kit.changes;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.souk.kit.http.SizeBetween;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How the change events are served by HTTP. */
@ConfigMapping(prefix = "souk.changes")
public interface ChangesConfig {
    /** Streams and waiting requests on one replica: each keeps a connection open and costs some kilobytes. */
    @WithDefault("1000")
    @Min(0)
    @Max(100_000)
    int maxFollowers();

    /** Of these, those of one tenant. */
    @WithDefault("100")
    @Min(0)
    @Max(100_000)
    int maxFollowersPerTenant();

    /** What is kept of the log's end in memory: whoever is not further behind than that needs no read of the log. */
    @WithDefault("8M")
    @SizeBetween(min = "64K", max = "1G")
    MemorySize window();

    /** How many read from further behind at the same time; each has a thread, a Kafka client and up to 2 MiB of records. */
    @WithDefault("2")
    @Min(1)
    @Max(32)
    int logReaders();

    /** After this long without an event a stream says that it lives, and where it stands. Below any proxy's patience. */
    @WithDefault("15s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration keepAlive();

    /** A stream ends after this long, and its client comes again with the last id: so its token is looked at anew. */
    @WithDefault("10m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration streamLife();

    /** How long the log's end is still read after the last one who asked for changes. */
    @WithDefault("2m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration linger();
}
