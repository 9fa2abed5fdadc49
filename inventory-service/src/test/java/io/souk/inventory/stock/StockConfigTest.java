package io.souk.inventory.stock;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class StockConfigTest {

    @Test
    void lotsAreLookedForEachTenSeconds_unlessItIsSet() {
        var config = builder().build().getConfigMapping(StockConfig.class);
        var other = builder()
                .withDefaultValue("souk.inventory.stock.lot-sweep-pause", "1m")
                .withDefaultValue("souk.inventory.stock.lot-sweep-batch", "7")
                .build()
                .getConfigMapping(StockConfig.class);

        assertThat(config.lotSweepPause()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.lotSweepBatch()).isEqualTo(500);
        assertThat(other.lotSweepPause()).isEqualTo(Duration.ofMinutes(1));
        assertThat(other.lotSweepBatch()).isEqualTo(7);
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(StockConfig.class);
    }
}
