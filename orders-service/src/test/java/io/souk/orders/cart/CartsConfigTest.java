package io.souk.orders.cart;

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

class CartsConfigTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    @Test
    void theDefaultsHoldWhatTheirCommentsSay() {
        var config = with();

        assertThat(config.guestLifetime()).isEqualTo(Duration.ofDays(30));
        assertThat(config.sweepRows()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "guest-lifetime, 59s, 1m",
        "guest-lifetime, 3651d, 3650d",
        "sweep-rows, 0, 1",
        "sweep-rows, 10001, 10000",
    })
    void aValueOutOfRangeIsRefusedByName(String name, String bad, String good) {
        assertThatThrownBy(() -> with(name, bad)).hasMessageContaining("souk.cart." + name);
        assertThatCode(() -> with(name, good)).doesNotThrowAnyException();
    }

    private static CartsConfig with(String... nameAndValue) {
        var builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withValidator((BeanValidationConfigValidator) () -> VALIDATOR)
                .withMapping(CartsConfig.class);
        if (nameAndValue.length > 0) {
            builder.withDefaultValue("souk.cart." + nameAndValue[0], nameAndValue[1]);
        }
        return builder.build().getConfigMapping(CartsConfig.class);
    }
}
