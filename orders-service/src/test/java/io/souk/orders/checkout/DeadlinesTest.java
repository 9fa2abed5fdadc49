package io.souk.orders.checkout;

import io.souk.orders.order.OrderState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeadlinesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** A payment waits 2 minutes at most; of what the stock is held for, 30 s are left to make it final. */
    @ParameterizedTest
    @CsvSource({"PT15M, PT2M", "PT150S, PT2M", "PT149S, PT119S", "PT31S, PT1S", "PT0S, PT-30S"})
    void givenStockThatIsHeldForAWhile_whenItsPaymentIsAsked_thenThePaymentEndsBeforeTheStockDoes(
            Duration held, Duration payment) {
        var deadlines = new Deadlines(CheckoutConfigTest.with(), Duration.ofMinutes(15));
        var reservation = UUID.randomUUID();

        var deadline = deadlines.of(
                new OrderState.Reserved(reservation),
                new CheckoutEvent.StockReserved(reservation, NOW.plus(held)),
                NOW);

        assertThat(deadline).isEqualTo(NOW.plus(payment));
    }

    @Test
    void givenAPaymentThatWouldOutliveItsStock_whenTheServiceStarts_thenItFailsAndNamesBothProperties() {
        var config = CheckoutConfigTest.with("payment-deadline", "5m");

        assertThatThrownBy(() -> new Deadlines(config, Duration.ofSeconds(329)))
                .hasMessageContaining("souk.checkout.payment-deadline")
                .hasMessageContaining("souk.inventory.reservation.lifetime");
        assertThatCode(() -> new Deadlines(config, Duration.ofSeconds(330))).doesNotThrowAnyException();
    }
}
