package io.souk.bench.report;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TableTest {
    private final StringWriter printed = new StringWriter();
    private final PrintWriter out = new PrintWriter(printed);

    @Test
    void givenCellsOfDifferentWidths_whenPrinted_thenNamesAreLeftAndNumbersRight() {
        new Table("process", "MiB").row("catalog", 7).row("db", 1_024).print(out);

        assertThat(printed.toString()).isEqualToNormalizingNewlines("""
                process   MiB
                catalog     7
                db       1024
                """);
    }

    @Test
    void givenARowThatIsTooShort_whenAdded_thenItIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table("process", "MiB").row("catalog"));
    }

    @Test
    void givenBounds_whenMetExactlyOrMissedByLittle_thenThatIsSaid() {
        Goal.atMost("Ready", 20, "s", 20).print(out);
        Goal.atMost("Ready", 20, "s", 20.04).print(out);
        Goal.atLeast("Share", 40, "%", 39.96).print(out);

        assertThat(printed.toString().lines().map(line -> line.substring(0, 6).strip()))
                .containsExactly("met", "missed", "missed");
    }
}
