package io.souk.search;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.souk.testing.NativeResources;
import io.souk.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTest {
    private static final String ROOT = "io.souk.search";
    private static final JavaClasses CLASSES = ArchitectureRules.production(ROOT);

    static Stream<ArchRule> rules() {
        return ArchitectureRules.all(ROOT).stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void givenTheServicesClasses_whenChecked_thenTheRuleHolds(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void givenTheServicesResources_whenLookedAt_thenANativeImageHasThem() throws IOException {
        assertThat(NativeResources.missing(Path.of("target", "classes"))).isEmpty();
    }

    /** The engine can be replaced because nothing else knows it. */
    @Test
    void givenTheServicesClasses_whenChecked_thenOnlyTheIndexKnowsLucene() {
        assertThat(CLASSES).isNotEmpty();
        luceneStaysIn(ROOT + ".index..").check(CLASSES);
    }

    @Test
    void givenTheRuleForAnotherPackage_whenChecked_thenItIsSeenToFail() {
        assertThat(luceneStaysIn(ROOT + ".query..").evaluate(CLASSES).hasViolation())
                .isTrue();
    }

    private static ArchRule luceneStaysIn(String home) {
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..");
    }
}
