package io.souk.orders.cart;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** When guests' carts are given up. */
@ConfigMapping(prefix = "souk.cart")
interface CartsConfig {
    /**
     * How long a guest's cart is kept after its last change, 30 days by default: as long as a browser usually keeps its
     * token.
     */
    @WithDefault("30d")
    @DurationMin(minutes = 1)
    @DurationMax(days = 3_650)
    Duration guestLifetime();

    /** How many one sweep removes, 500 by default: some 10 ms of locks. A longer backlog is worked off without a pause. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int sweepRows();
}
