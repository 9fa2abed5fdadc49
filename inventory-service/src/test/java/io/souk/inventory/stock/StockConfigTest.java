package io.souk.inventory.stock;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class StockConfigTest {

    @Test
    void patienceIsASecond_unlessItIsSet() {
        assertThat(builder().build().getConfigMapping(StockConfig.class).patience())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(builder()
                        .withDefaultValue("souk.inventory.stock.patience", "3s")
                        .build()
                        .getConfigMapping(StockConfig.class)
                        .patience())
                .isEqualTo(Duration.ofSeconds(3));
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(StockConfig.class);
    }
}
