package io.souk.catalog;

import com.tngtech.archunit.lang.ArchRule;
import io.souk.testing.NativeResources;
import io.souk.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTest {
    private static final String ROOT = "io.souk.catalog";

    @ParameterizedTest
    @MethodSource("rules")
    void theRulesHold(ArchRule rule) {
        rule.check(ArchitectureRules.production(ROOT));
    }

    @Test
    void aNativeImageHasEveryResource() throws IOException {
        assertThat(NativeResources.missing(Path.of("target", "classes"))).isEmpty();
    }

    static List<ArchRule> rules() {
        return ArchitectureRules.all(ROOT);
    }
}
