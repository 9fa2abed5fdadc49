package io.souk.inventory.stock;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

@ConfigMapping(prefix = "souk.inventory.stock")
interface StockConfig {
    /** How often lots are looked for whose last day has passed. It changes at midnight alone; nothing is promised of them anyway. */
    @WithDefault("10s")
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration lotSweepPause();

    /** How many lots one sweep tells of; a longer backlog is worked off batch after batch, without a pause. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int lotSweepBatch();
}
