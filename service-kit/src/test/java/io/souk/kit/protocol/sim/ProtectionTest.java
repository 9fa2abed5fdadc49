package io.souk.kit.protocol.sim;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Without each protection the invariant that it keeps is violated, so the simulation would notice its absence. */
class ProtectionTest {
    @ParameterizedTest
    @EnumSource
    void withoutIt_thenItsInvariantBreaks(Protection protection) {
        var found = LongStream.range(0, protection.within)
                .parallel()
                .mapToObj(seed -> new Schedule(seed, protection.scenario, Set.of(protection), Set.of(protection.kept)))
                .anyMatch(schedule -> schedule.run() != null);

        assertThat(found)
                .as("%s breaks within %d schedules", protection.kept, protection.within)
                .isTrue();
    }

    @Test
    void theDocumentNamesEachOfThem() throws IOException {
        var rows = Files.readAllLines(Path.of("..", "docs", "protocol.md"));

        assertThat(EnumSet.allOf(Protection.class))
                .allSatisfy(protection -> assertThat(rows)
                        .filteredOn(row -> row.startsWith("| `%s` |".formatted(protection)))
                        .singleElement()
                        .asString()
                        .endsWith("| %s | %s |".formatted(protection.kept, grouped(protection.within))));
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
