package io.souk.orders.tax;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TaxTableTest {
    private final TaxTable table = new TaxTable(
            1,
            List.of(
                    row("US", null, null, 1),
                    row("US", null, "grocery", 2),
                    row("US", "NY", null, 3),
                    row("US", "NY", "grocery", 4),
                    row("DE", null, null, 5)));

    @ParameterizedTest
    @CsvSource({
        "US, NY, grocery, 4",
        "US, NY, sneakers, 3",
        "US, NY, , 3",
        "US, CA, grocery, 2",
        "US, , grocery, 2",
        "US, CA, , 1",
        "DE, NY, grocery, 5",
        "FR, NY, grocery, "
    })
    void givenSeveralRatesThatSuit_thenTheMostPreciseOneCounts(
            String country, @Nullable String region, @Nullable String category, @Nullable Integer expected) {
        assertThat(table.rate(new Destination(country, region), category)
                        .map(TaxRate::millionths)
                        .orElse(null))
                .isEqualTo(expected);
    }

    private static TableRate row(String country, @Nullable String region, @Nullable String category, int millionths) {
        return new TableRate(country, region, category, new TaxRate(millionths, false));
    }
}
