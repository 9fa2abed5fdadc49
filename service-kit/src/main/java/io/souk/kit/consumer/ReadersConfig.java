package io.souk.kit.consumer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How events are read. */
@ConfigMapping(prefix = "souk.consumer")
public interface ReadersConfig {
    /** Events handed over at once, at most: enough to share a transaction's cost, few enough to be redone after a failure. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int batch();

    /** How long a poll waits for records; a record that arrives ends it at once. Bounds how late a stop is noticed. */
    @WithDefault("250ms")
    @DurationMin(millis = 1)
    @DurationMax(seconds = 10)
    Duration poll();

    /** The longest pause between attempts while something that an event needs is away. */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    Duration maxBackoff();

    /** How long a stop waits for events that are being applied; then they are cancelled, and applied by the next reader. */
    @WithDefault("8s")
    @DurationMin(millis = 0)
    @DurationMax(minutes = 1)
    Duration drain();
}
