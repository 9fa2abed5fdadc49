package io.souk.orders.tax;

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

class TaxConfigTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    @Test
    void theDefaultHoldsWhatItsCommentSays() {
        assertThat(with().timeLimit()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({"time-limit, 9ms, 10ms", "time-limit, 30001ms, 30s"})
    void aValueOutOfRangeIsRefusedByName(String name, String bad, String good) {
        assertThatThrownBy(() -> with(name, bad)).hasMessageContaining("souk.tax." + name);
        assertThatCode(() -> with(name, good)).doesNotThrowAnyException();
    }

    private static TaxConfig with(String... nameAndValue) {
        var builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withValidator((BeanValidationConfigValidator) () -> VALIDATOR)
                .withMapping(TaxConfig.class);
        if (nameAndValue.length > 0) {
            builder.withDefaultValue("souk.tax." + nameAndValue[0], nameAndValue[1]);
        }
        return builder.build().getConfigMapping(TaxConfig.class);
    }
}
