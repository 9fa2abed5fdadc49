package io.souk.gateway;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTest {
    @ParameterizedTest
    @EnumSource(Problem.Kind.class)
    void givenARefusal_thenItsSlugHasARowInTheErrorsPage(Problem.Kind kind) throws IOException {
        var rows = Files.readAllLines(Path.of("../../docs/errors.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 1)));

        assertThat(rows).anyMatch(slugs -> slugs.contains("`" + kind.slug() + "`"));
    }
}
