package io.souk.inventory.variant;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class VariantConfigTest {
    @Test
    void patienceIsASecond_unlessItIsSet() {
        assertThat(builder().build().getConfigMapping(VariantConfig.class).patience())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(builder()
                        .withDefaultValue("souk.inventory.variant.patience", "3s")
                        .build()
                        .getConfigMapping(VariantConfig.class)
                        .patience())
                .isEqualTo(Duration.ofSeconds(3));
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(VariantConfig.class);
    }
}
