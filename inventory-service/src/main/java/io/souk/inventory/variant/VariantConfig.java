package io.souk.inventory.variant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

@ConfigMapping(prefix = "souk.inventory.variant")
interface VariantConfig {
    /**
     * How long a booking, a new pack or who tracks a variant waits for variants that the catalogue may have just announced. An event takes some
     * milliseconds, on a busy machine up to a second; a longer wait would only delay the answer to a misspelt SKU.
     */
    @WithDefault("1s")
    @DurationMin(millis = 0)
    @DurationMax(seconds = 30)
    Duration patience();
}
