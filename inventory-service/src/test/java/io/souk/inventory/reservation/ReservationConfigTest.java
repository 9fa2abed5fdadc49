package io.souk.inventory.reservation;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class ReservationConfigTest {

    @Test
    void theDefaultsHoldWhatTheirCommentsSay() {
        var config = with();

        assertThat(config.lifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.sweepPause()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.sweepBatch()).isEqualTo(200);
        assertThat(config.longestLifetime()).isEqualTo(Duration.ofHours(24));
        assertThat(config.customerLongest()).isEqualTo(Duration.ofHours(24));
        assertThat(config.customerUnits()).isEqualTo(10_000);
        assertThat(config.customerOpen()).isEqualTo(20);
        assertThat(config.batchWindow()).isZero();
        assertThat(config.crowdWindow()).isEqualTo(Duration.ofMillis(20));
        assertThat(config.batchCarts()).isEqualTo(128);
        assertThat(config.batchWaiting()).isEqualTo(2_000);
        assertThat(config.batchWaitingPerTenant()).isEqualTo(500);
    }

    @Test
    void everyPropertyCanBeSet() {
        var config = with(
                "lifetime",
                "2m",
                "sweep-pause",
                "500ms",
                "sweep-batch",
                "7",
                "longest-lifetime",
                "3h",
                "customer-longest",
                "4h",
                "customer-units",
                "13",
                "customer-open",
                "14",
                "batch-window",
                "5ms",
                "crowd-window",
                "6ms",
                "batch-carts",
                "9",
                "batch-waiting",
                "11",
                "batch-waiting-per-tenant",
                "12");

        assertThat(config.lifetime()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.sweepPause()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.sweepBatch()).isEqualTo(7);
        assertThat(config.longestLifetime()).isEqualTo(Duration.ofHours(3));
        assertThat(config.customerLongest()).isEqualTo(Duration.ofHours(4));
        assertThat(config.customerUnits()).isEqualTo(13);
        assertThat(config.customerOpen()).isEqualTo(14);
        assertThat(config.batchWindow()).isEqualTo(Duration.ofMillis(5));
        assertThat(config.crowdWindow()).isEqualTo(Duration.ofMillis(6));
        assertThat(config.batchCarts()).isEqualTo(9);
        assertThat(config.batchWaiting()).isEqualTo(11);
        assertThat(config.batchWaitingPerTenant()).isEqualTo(12);
    }

    private static ReservationConfig with(String... namesAndValues) {
        var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ReservationConfig.class);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.withDefaultValue("souk.inventory.reservation." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build().getConfigMapping(ReservationConfig.class);
    }
}
