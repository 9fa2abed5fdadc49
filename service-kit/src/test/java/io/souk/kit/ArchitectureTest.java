package io.souk.kit;

import com.tngtech.archunit.lang.ArchRule;
import io.souk.testing.architecture.ArchitectureRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class ArchitectureTest {
    private static final String ROOT = "io.souk.kit";

    @ParameterizedTest
    @MethodSource("rules")
    void theRulesHold(ArchRule rule) {
        rule.check(ArchitectureRules.production(ROOT));
    }

    static List<ArchRule> rules() {
        return List.of(
                ArchitectureRules.kitKnowsNoService(),
                ArchitectureRules.refusalsAreDocumented(ROOT),
                ArchitectureRules.subscribersTakeFailures(ROOT));
    }
}
