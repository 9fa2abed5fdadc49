package io.souk.orders.checkout;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class CheckoutConfigTest {
    @Test
    void theDefaultsHoldWhatTheirCommentsSay() {
        var config = with();

        assertThat(config.reservationDeadline()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.paymentDeadline()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.confirmationDeadline()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.maxWaits()).isEqualTo(256);
        assertThat(config.maxWaitsPerTenant()).isEqualTo(32);
    }

    @Test
    void everyPropertyCanBeSet() {
        var config = with(
                "reservation-deadline",
                "1m",
                "payment-deadline",
                "2s",
                "confirmation-deadline",
                "3h",
                "max-waits",
                "4",
                "max-waits-per-tenant",
                "5");

        assertThat(config.reservationDeadline()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.paymentDeadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.confirmationDeadline()).isEqualTo(Duration.ofHours(3));
        assertThat(config.maxWaits()).isEqualTo(4);
        assertThat(config.maxWaitsPerTenant()).isEqualTo(5);
    }

    static CheckoutConfig with(String... namesAndValues) {
        var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(CheckoutConfig.class);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.withDefaultValue("souk.checkout." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build().getConfigMapping(CheckoutConfig.class);
    }
}
