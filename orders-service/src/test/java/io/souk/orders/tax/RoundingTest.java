package io.souk.orders.tax;

import io.souk.kit.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RoundingTest {
    @ParameterizedTest
    @CsvSource({
        "100, 82_500, 8", // 8.25
        "100, 85_000, 9", // 8.5: half goes up
        "100, 84_999, 8", // 8.4999
        "0, 1_000_000, 0",
        "1, 500_000, 1",
        "1, 499_999, 0",
        "9007199254740991, 1_000_000, 9007199254740991",
    })
    void givenATaxThatIsAdded_thenHalfAUnitGoesUp(long amount, String millionths, long tax) {
        assertThat(Rounding.part(amount, Integer.parseInt(millionths.replace("_", "")), TaxRate.WHOLE))
                .isEqualTo(tax);
    }

    @ParameterizedTest
    @CsvSource({"119, 190_000, 19", "100, 190_000, 16", "107, 70_000, 7", "1, 1_000_000, 1"})
    void givenATaxThatIsInThePrice_thenItIsThePartThatMakesThePriceOfTheNet(long amount, String millionths, long tax) {
        var rate = new TaxRate(Integer.parseInt(millionths.replace("_", "")), true);

        assertThat(rate.of(new Money(amount, "EUR")).amount()).isEqualTo(new Money(tax, "EUR"));
    }

    @Test
    void givenAnyAmount_thenTheRuleIsThatOfTextbooks() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long amount = random.nextLong(1L << (1 + random.nextInt(53)));
            long share = random.nextLong(2_000_000);
            long of = 1 + random.nextLong(2_000_000);
            var exact = BigDecimal.valueOf(amount)
                    .multiply(BigDecimal.valueOf(share))
                    .divide(BigDecimal.valueOf(of), 0, RoundingMode.HALF_UP);

            if (exact.unscaledValue().bitLength() < Long.SIZE) {
                assertThat(Rounding.part(amount, share, of)).isEqualTo(exact.longValueExact());
            }
        }
    }

    @Test
    void givenWhatIsNoPart_thenItIsRefused() {
        assertThatThrownBy(() -> Rounding.part(-1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rounding.part(1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rounding.part(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rounding.part(Long.MAX_VALUE, 2, 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new TaxRate(1_000_001, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
