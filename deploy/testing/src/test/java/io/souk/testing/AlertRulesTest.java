package io.souk.testing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AlertRulesTest {
    private static final String METRICS = """
            # HELP souk_queue_rows
            souk_queue_rows{consumer="a"} 3.0
            souk_age_bucket{kind="card",le="1.5"} 3.0
            souk_age_bucket{kind="card",le="+Inf"} 3.0
            souk_age_bucket{kind="list",le="2.0"} 3.0
            souk_queue_total 3.0
            """;

    @TempDir
    private Path folder;

    @Test
    void givenARuleThatIsWhole_thenNothingIsWrong() throws IOException {
        assertThat(faults("max by (job, consumer) (souk_queue_rows) > 1", "5m", "critical"))
                .isEmpty();
    }

    @Test
    void givenAMetricThatTheServiceDoesNotHave_thenItIsNamed() throws IOException {
        assertThat(faults("souk_queue > 1", "5m", "critical"))
                .containsExactly("SoukQueue asks for souk_queue, which the service does not have");
    }

    @Test
    void givenALabelThatTheMetricDoesNotHave_thenItIsNamed() throws IOException {
        assertThat(faults("sum by (kind) (souk_queue_total) > 1", "5m", "critical"))
                .containsExactly("SoukQueue groups souk_queue_total by kind, which it does not have");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "le=\"1.5\"",
                "kind=\"card\", le=\"1.5\"",
                "kind=~\"c.*\",le=\"1.5\"",
                "job=\"catalog\",le!=\"1\"",
            })
    void givenLabelsThatTheMetricHas_thenNothingIsWrong(String labels) throws IOException {
        assertThat(faults("sum(souk_age_bucket{%s}) > 1".formatted(labels), "5m", "critical"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "le=\"1\"",
                "e=\"1.5\"",
                "kind=\"list\",le=\"1.5\"", // each of them is there, but not together
                "shard=~\".*\""
            })
    void givenALabelsValueThatTheMetricDoesNotHave_thenItIsNamed(String labels) throws IOException {
        assertThat(faults("sum(souk_age_bucket{%s}) > 1".formatted(labels), "5m", "critical"))
                .containsExactly("SoukQueue asks for souk_age_bucket{%s}, which it does not have".formatted(labels));
    }

    @Test
    void givenABraceWithoutAMatcher_thenItIsNamed() throws IOException {
        assertThat(faults("souk_age_bucket{le} > 1", "5m", "critical"))
                .containsExactly("SoukQueue asks souk_age_bucket for 'le', which is no label and its value");
    }

    @Test
    void givenWhatIsNoRule_thenEachFaultIsNamed() throws IOException {
        assertThat(faults("sum(up", "soon", "loud"))
                .containsExactlyInAnyOrder(
                        "SoukQueue has parentheses that do not match",
                        "SoukQueue lasts for no duration",
                        "SoukQueue has no severity",
                        "SoukQueue asks for no metric of ours");
    }

    @Test
    void givenAGroupWithoutRules_thenThatIsAFault() throws IOException {
        assertThat(rules("souk_queue_total > 1", "5m", "critical").faults("another", METRICS))
                .containsExactly("there are no rules in another");
    }

    private List<String> faults(String expression, String lasts, String severity) throws IOException {
        return rules(expression, lasts, severity).faults("some", METRICS);
    }

    private AlertRules rules(String expression, String lasts, String severity) throws IOException {
        return AlertRules.of(
                Files.writeString(folder.resolve("alerts.yml"), """
                groups:
                  - name: some
                    rules:
                      - alert: SoukQueue
                        expr: '%s'
                        for: %s
                        labels: {severity: %s}
                        annotations: {summary: s, description: d}
                """.formatted(expression, lasts, severity)));
    }
}
