package io.souk.orders.tax;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How long an order waits for a foreign source of its taxes. The shop's own table has the limits of its transaction. */
@ConfigMapping(prefix = "souk.tax")
interface TaxConfig {
    /**
     * For a provider's answer, 2 s by default: the buyer waits for it on top of the catalogue's answer, and nothing is held
     * meanwhile. Longer than 30 s, and gateways give up before.
     */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(seconds = 30)
    Duration timeLimit();
}
