package io.souk.orders.checkout;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckoutConfigTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

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

    @ParameterizedTest
    @CsvSource({
        "reservation-deadline, 999ms, 1s",
        "reservation-deadline, 25h, 24h",
        "payment-deadline, 0s, 1s",
        "confirmation-deadline, -1s, 1d",
        "max-waits, -1, 0",
        "max-waits, 100001, 100000",
        "max-waits-per-tenant, -1, 0",
    })
    void aValueOutOfRangeIsRefusedByName(String name, String bad, String good) {
        assertThatThrownBy(() -> with(name, bad)).hasMessageContaining("souk.checkout." + name);
        assertThatCode(() -> with(name, good)).doesNotThrowAnyException();
    }

    static CheckoutConfig with(String... namesAndValues) {
        var builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withValidator((BeanValidationConfigValidator) () -> VALIDATOR)
                .withMapping(CheckoutConfig.class);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.withDefaultValue("souk.checkout." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build().getConfigMapping(CheckoutConfig.class);
    }
}
