package io.souk.testing.architecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each rule meets classes that break it, so that none is a rule that cannot fail. */
class ArchitectureRulesTest {

    private static final String BROKEN = "io.souk.testing.architecture.broken.";

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                broken("cycle", ArchitectureRules::noCyclesBetweenFeatures, "Cycle detected"),
                broken("foreign", ArchitectureRules::noOtherService, "ForeignThing"),
                broken("sql", ArchitectureRules::sqlStaysInRepositories, "ListPrices", "CatchesRaces"),
                broken("repository", ArchitectureRules::repositoriesStayInTheirFeature, "OpenRepository"),
                broken("resource", ArchitectureRules::resourcesLeaveWorkToUseCases, "GreedyResource", "Shelves"),
                broken("endpoint", ArchitectureRules::endpointsNameTheirRoles, "OpenResource", "OpenContract"),
                broken("blocking", ArchitectureRules::nothingBlocks, "Waits", "Sleeps", "Gets", "Parks", "Takes"),
                broken("subscribing", ArchitectureRules::subscribersTakeFailures, "Once", "Often"),
                broken("refusal", ArchitectureRules::refusalsAreDocumented, "never-heard-of"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void givenClassesThatBreakARule_whenItIsChecked_thenItNamesThem(
            String sample, Function<String, ArchRule> rule, List<String> named) {
        var classes = new ClassFileImporter().importPackages(BROKEN + sample);

        assertThatThrownBy(() -> rule.apply(BROKEN + sample).check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(named.toArray(String[]::new));
    }

    @Test
    void givenASubscriberThatTakesFailures_whenItIsChecked_thenItPasses() {
        var classes = new ClassFileImporter().importPackages(BROKEN + "subscribing");

        assertThat(ArchitectureRules.subscribersTakeFailures(BROKEN + "subscribing")
                        .evaluate(classes)
                        .getFailureReport()
                        .toString())
                .doesNotContain("Careful");
    }

    @Test
    void givenAKitThatKnowsAService_whenItIsChecked_thenItIsNamed() {
        var classes = new ClassFileImporter().importPackages("io.souk.kit.knowing");

        assertThatThrownBy(() -> ArchitectureRules.kitKnowsNoService().check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("KnowingKit");
    }

    /** Else a package that was renamed, or emptied, would keep its rules for ever. */
    @ParameterizedTest
    @MethodSource("rulesThatEveryServiceHasClassesFor")
    void givenARuleThatMeetsNothing_whenItIsChecked_thenItFails(Function<String, ArchRule> rule) {
        var classes = new ClassFileImporter().importPackages(BROKEN + "foreign");

        assertThatThrownBy(() -> rule.apply(BROKEN + "foreign").check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
    }

    static Stream<Function<String, ArchRule>> rulesThatEveryServiceHasClassesFor() {
        return Stream.of(
                ArchitectureRules::repositoriesStayInTheirFeature,
                ArchitectureRules::resourcesLeaveWorkToUseCases,
                ArchitectureRules::endpointsNameTheirRoles);
    }

    @Test
    void givenAServiceRoot_whenAllRulesAreAsked_thenEachOfThemIsAmongTheBrokenOnes() {
        assertThat(ArchitectureRules.all("io.souk.catalog"))
                .hasSize((int) brokenRules().count());
    }

    private static Arguments broken(String sample, Function<String, ArchRule> rule, String... named) {
        return Arguments.of(sample, rule, List.of(named));
    }
}
