package io.souk.kit.consumer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How long the inbox remembers. */
@ConfigMapping(prefix = "souk.inbox")
public interface InboxConfig {
    /**
     * How long an event is known to have had its effect. Longer than any reader may be behind, or sent back: an event that
     * comes again later than this has its effect again.
     */
    @WithDefault("14d")
    @DurationMin(hours = 1)
    @DurationMax(days = 3650)
    Duration retention();
}
