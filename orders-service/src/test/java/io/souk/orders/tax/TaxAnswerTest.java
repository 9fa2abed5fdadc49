package io.souk.orders.tax;

import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TaxAnswerTest {
    private static final Money PRICE = new Money(100, "USD");
    private static final TaxRate WHOLE = new TaxRate(TaxRate.WHOLE, false);

    @Test
    void givenATaxWithoutItsRateOrItsAmount_whenLookedAt_thenItIsNonsense() {
        assertThatCode(() -> check(WHOLE, PRICE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(null, PRICE)).isInstanceOf(TaxAnswer.Nonsense.class);
        assertThatThrownBy(() -> check(WHOLE, null)).isInstanceOf(TaxAnswer.Nonsense.class);
    }

    @SuppressWarnings("NullAway") // as a provider should not answer
    private static void check(@Nullable TaxRate rate, @Nullable Money amount) {
        TaxAnswer.check(List.of(new TaxableLine(PRICE, null)), List.of(Optional.of(new LineTax(rate, amount))));
    }
}
