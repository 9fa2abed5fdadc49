package io.souk.catalog;

import com.tngtech.archunit.lang.ArchRule;
import io.souk.testing.architecture.ArchitectureRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class ArchitectureTest {
    private static final String ROOT = "io.souk.catalog";

    @ParameterizedTest
    @MethodSource("rules")
    void theRulesHold(ArchRule rule) {
        rule.check(ArchitectureRules.production(ROOT));
    }

    static List<ArchRule> rules() {
        return ArchitectureRules.all(ROOT);
    }
}
