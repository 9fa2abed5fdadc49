package io.souk.orders;

import com.tngtech.archunit.lang.ArchRule;
import io.souk.testing.architecture.ArchitectureRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

class ArchitectureTest {
    private static final String ROOT = "io.souk.orders";

    static Stream<ArchRule> rules() {
        return ArchitectureRules.all(ROOT).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void givenTheServicesClasses_whenARuleIsChecked_thenItHolds(ArchRule rule) {
        rule.check(ArchitectureRules.production(ROOT));
    }
}
