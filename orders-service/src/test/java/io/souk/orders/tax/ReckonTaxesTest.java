package io.souk.orders.tax;

import io.souk.orders.ForeignTaxes;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReckonTaxesTest {
    @Test
    void givenTwoProviders_whenTheServiceStarts_thenItRefusesAndNamesBoth() {
        var first = new ForeignTaxes();
        var second = new ForeignTaxes();

        assertThatThrownBy(() -> ReckonTaxes.theOne(List.of(first, second)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(first.toString())
                .hasMessageContaining(second.toString());
    }

    @Test
    void givenOneProviderOrNone_whenTheServiceStarts_thenItIsTakenOrTheShopsTableIs() {
        var provider = new ForeignTaxes();

        assertThat(ReckonTaxes.theOne(List.of(provider))).isSameAs(provider);
        assertThat(ReckonTaxes.theOne(List.of())).isNull();
    }
}
