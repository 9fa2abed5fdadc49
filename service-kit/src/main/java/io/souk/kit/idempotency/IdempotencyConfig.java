package io.souk.kit.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How long answers are kept for repeated requests. */
@ConfigMapping(prefix = "souk.idempotency")
public interface IdempotencyConfig {
    /** 24 h, which callers are promised: a client that retries longer than that needs a new key. */
    @WithDefault("24h")
    @DurationMin(hours = 1)
    @DurationMax(days = 365)
    Duration keepFor();

    /** How often old rows are looked for, 1 min: they may stay that much longer. */
    @WithDefault("1m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration sweepEvery();

    /** Rows per sweeping transaction, 500: some 10 ms of work, so that no lock is held long. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int sweepRows();
}
