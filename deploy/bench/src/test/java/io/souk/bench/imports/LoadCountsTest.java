package io.souk.bench.imports;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadCountsTest {
    @Test
    void givenWhatTheLoadCommandPrints_whenRead_thenEveryOutcomeIsCounted() {
        var counts = LoadCounts.parse("""
                created         24627
                updated             0
                unchanged           3
                rejected           10
                import 01a1fdc0-6a8e-7c28-b009-757f2adba856, 21.4 s
                """);

        assertThat(counts).isEqualTo(new LoadCounts(24_627, 0, 3, 10));
        assertThat(counts.rows()).isEqualTo(24_640);
    }

    @Test
    void givenSomethingElse_whenRead_thenNothingIsCounted() {
        assertThat(LoadCounts.parse("souk: There is no stack here.").rows()).isZero();
    }
}
