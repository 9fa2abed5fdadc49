package io.souk.kit.retelling;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How fast aggregates are told once more. */
@ConfigMapping(prefix = "souk.retelling")
public interface RetellingConfig {
    /**
     * It pauses while more events of a tenant than this wait to be relayed, 5,000, as imports do: the tenant's own changes come behind
     * them.
     */
    @WithDefault("5000")
    @Min(1)
    @Max(10_000_000)
    int maxBacklog();

    /** How long it pauses before it looks again, 200 ms. */
    @WithDefault("200ms")
    @DurationMin(millis = 1)
    @DurationMax(minutes = 1)
    Duration pause();
}
