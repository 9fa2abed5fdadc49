package io.souk.search.index;

import io.souk.kit.money.Money;
import io.souk.search.query.Filter;
import io.souk.search.query.Ordering;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.souk.search.index.Products.called;
import static org.assertj.core.api.Assertions.assertThat;

class PriceTest extends WithShelf {
    @BeforeEach
    void fill() {
        shelf.with(
                called("Cheap").costing(100, "USD").costing(9_000, "JPY").make(),
                called("Middle")
                        .costing(500, "USD")
                        .costing(700, "USD")
                        .costing(50, "EUR")
                        .make(),
                called("Dear").costing(900, "USD").make(),
                called("Euro").costing(500, "EUR").make(),
                called("Without").make());
    }

    @Test
    void givenARange_whenFiltered_thenBoundsCountAndOtherCurrenciesDoNot() {
        assertThat(shelf.ask().where(new Filter.PricedBetween("USD", 100, 500)).names())
                .containsExactlyInAnyOrder("Cheap", "Middle");
        assertThat(shelf.ask().where(new Filter.PricedBetween("USD", 101, 499)).names())
                .isEmpty();
        assertThat(shelf.ask().where(new Filter.PricedBetween("USD", 700, 700)).names())
                .containsExactly("Middle");
        assertThat(shelf.ask().where(new Filter.PricedBetween("USD", 501, 699)).names())
                .isEmpty();
        assertThat(shelf.ask()
                        .where(new Filter.PricedBetween("EUR", 0, Money.MAX_AMOUNT))
                        .names())
                .containsExactlyInAnyOrder("Middle", "Euro");
        assertThat(shelf.ask()
                        .where(new Filter.PricedBetween("CHF", 0, Money.MAX_AMOUNT))
                        .names())
                .isEmpty();
    }

    @Test
    void givenAnOrderByPrice_whenAProductHasNone_thenItComesLastBothWays() {
        assertThat(shelf.ask().by(Ordering.PRICE_UP).in("USD").names())
                .startsWith("Cheap", "Middle", "Dear")
                .hasSize(5);
        assertThat(shelf.ask().by(Ordering.PRICE_DOWN).in("USD").names())
                .startsWith("Dear", "Middle", "Cheap")
                .hasSize(5);
        assertThat(shelf.ask().by(Ordering.PRICE_UP).in("EUR").names()).startsWith("Middle", "Euro");
        assertThat(shelf.ask().by(Ordering.PRICE_UP).in("CHF").names()).hasSize(5);
    }

    @Test
    void givenSeveralVariants_whenShown_thenLowestAndHighestStandInTheAskedCurrency() {
        var middle = shelf.ask().text("middle").in("USD").find().items().getFirst();

        assertThat(middle.price()).isEqualTo(new Money(500, "USD"));
        assertThat(middle.highestPrice()).isEqualTo(new Money(700, "USD"));
        assertThat(shelf.ask()
                        .text("middle")
                        .in("CHF")
                        .find()
                        .items()
                        .getFirst()
                        .price())
                .isNull();
        assertThat(shelf.ask().text("middle").find().items().getFirst().price()).isEqualTo(new Money(50, "EUR"));
    }
}
