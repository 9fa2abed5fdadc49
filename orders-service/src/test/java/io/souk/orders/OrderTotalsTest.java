package io.souk.orders;

import io.souk.kit.money.Money;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderLine;
import io.souk.orders.order.OrderView;
import io.souk.orders.tax.TaxRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OrderTotalsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /**
     * Whatever is bought: the lines add up to the charge, and no line's tax is more than half a unit from its exact
     * value.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givenAnyCart_whenItIsOrdered_thenItsExplanationAddsUpToTheCharge(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            var lines = IntStream.rangeClosed(0, random.nextInt(100))
                    .mapToObj(i -> line(i, random))
                    .toList();

            var view = OrderView.of(Order.place(UUID.randomUUID(), "ada", lines, NOW, NOW));

            long charged = view.total().amount();
            assertThat(view.lines().stream()
                            .mapToLong(line -> line.total().amount())
                            .sum())
                    .as("seed %d, lines", seed)
                    .isEqualTo(charged);
            assertThat(view.totals().amount().plus(view.totals().taxAdded()).amount())
                    .as("seed %d, totals", seed)
                    .isEqualTo(charged);
            assertThat(view.totals().taxIncluded().amount()).isLessThanOrEqualTo(charged);
            view.lines().forEach(OrderTotalsTest::addsUp);
        }
    }

    private static void addsUp(OrderView.Line line) {
        assertThat(line.amount()).isEqualTo(line.unitPrice().times(line.quantity()));
        var tax = line.tax();
        if (tax == null) {
            assertThat(line.total()).isEqualTo(line.amount());
            return;
        }
        assertThat(line.total())
                .isEqualTo(tax.inclusive() ? line.amount() : line.amount().plus(tax.amount()));
        var rate = BigDecimal.valueOf(tax.rateMillionths(), 6);
        var net = BigDecimal.valueOf(line.amount().amount());
        var exact = tax.inclusive()
                ? net.multiply(rate).divide(BigDecimal.ONE.add(rate), MathContext.DECIMAL128)
                : net.multiply(rate);
        assertThat(exact.subtract(BigDecimal.valueOf(tax.amount().amount())).abs())
                .isLessThanOrEqualTo(BigDecimal.valueOf(5, 1));
    }

    private static OrderLine line(int place, Random random) {
        var price = new Money(random.nextLong(1L << random.nextInt(1, 31)), "USD");
        var line = new OrderLine(
                place, UUID.randomUUID(), UUID.randomUUID(), "SKU-" + place, 1 + random.nextInt(10_000), price, null);
        return switch (random.nextInt(4)) {
            case 0 -> line;
            case 1 -> line.taxed(new TaxRate(random.nextInt(TaxRate.WHOLE + 1), true).of(line.amount()));
            default -> line.taxed(new TaxRate(random.nextInt(TaxRate.WHOLE + 1), false).of(line.amount()));
        };
    }

    /** Nothing is added up over currencies, not even by mistake. */
    @Test
    void givenLinesOfTwoCurrencies_whenTheyAreOrdered_thenThereIsNoSuchOrder() {
        var dollars = new OrderLine(0, UUID.randomUUID(), UUID.randomUUID(), "A", 1, new Money(1, "USD"), null);
        var euros = new OrderLine(1, UUID.randomUUID(), UUID.randomUUID(), "B", 1, new Money(1, "EUR"), null);

        assertThatThrownBy(() -> Order.place(UUID.randomUUID(), "ada", List.of(dollars, euros), NOW, NOW))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> dollars.taxed(new TaxRate(1, false).of(euros.amount())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
