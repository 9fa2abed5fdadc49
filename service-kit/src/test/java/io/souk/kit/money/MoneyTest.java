package io.souk.kit.money;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MoneyTest {
    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Money.MAX_AMOUNT + 1, Long.MAX_VALUE})
    void givenAnAmountOutOfBounds_thenThereIsNoSuchMoney(long amount) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Money(amount, "USD"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "US", "USDT", "usd", "XXY", "$$$", "U\0D"})
    void givenNoCurrency_thenThereIsNoSuchMoney(String currency) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Money(1, currency));
    }

    @Test
    void givenSums_thenTheyAreExactOrFail() {
        assertThat(new Money(1, "ILS").plus(new Money(2, "ILS"))).isEqualTo(new Money(3, "ILS"));
        assertThat(new Money(0, "JPY").times(Long.MAX_VALUE)).isEqualTo(new Money(0, "JPY"));
        assertThat(new Money(5, "JPY").times(3)).isEqualTo(new Money(15, "JPY"));
        assertThatThrownBy(() -> new Money(Money.MAX_AMOUNT, "USD").plus(new Money(1, "USD")))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(2, "USD").times(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(2, "USD").plus(new Money(2, "EUR"))).isInstanceOf(ArithmeticException.class);
    }
}
