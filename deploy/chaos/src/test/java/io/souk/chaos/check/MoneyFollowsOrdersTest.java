package io.souk.chaos.check;

import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import io.souk.chaos.evidence.Trade.OrderTold;
import io.souk.chaos.evidence.Trade.Payment;
import io.souk.chaos.evidence.Trade.ReservationAtRest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class MoneyFollowsOrdersTest {
    private static final long TOTAL = 100;

    private final MoneyFollowsOrders invariant = new MoneyFollowsOrders();
    private final Story story = new Story();
    private final Thing order = Story.thing(Thing.ORDER);

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED, AUTHORISED, 0, 0, CONFIRMED",
        "CONFIRMED, AUTHORISED, 70, 20, CONFIRMED",
        "FULFILLED, AUTHORISED, 100, 0, SHIPPED",
        "DELIVERED, AUTHORISED, 100, 100, SHIPPED",
        "CANCELLED, VOIDED, 0, 0, RELEASED",
        "CANCELLED, VOIDED, 70, 70, RELEASED",
        "DECLINED, DECLINED, 0, 0, RELEASED",
        "EXPIRED, VOIDED, 0, 0, EXPIRED",
        "REJECTED, VOIDED, 0, 0, REFUSED"
    })
    void givenAnOrderThatEnded_whenMoneyAndGoodsFollow_thenKept(
            String status, String payment, long captured, long refunded, String reservation) {
        story.with(ended(status, payment(payment, captured, refunded))).with(reservation(reservation));

        assertKept(invariant, story);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLACED", "RESERVED", "AUTHORISED"})
    void givenAnOrderThatIsUnderWay_whenAllElseIsAtRest_thenFound(String status) {
        story.with(ended(status, payment("VOIDED", 0, 0)));

        assertBroken(invariant, story, "is still " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED, VOIDED, 0, 0, CONFIRMED",
        "CANCELLED, AUTHORISED, 0, 0, RELEASED",
        "EXPIRED, VOIDING, 0, 0, EXPIRED",
        "CANCELLED, VOIDED, 70, 20, RELEASED",
        "FULFILLED, AUTHORISED, 70, 0, SHIPPED",
        "DELIVERED, AUTHORISED, 0, 0, SHIPPED"
    })
    void givenMoneyThatDoesNotFollow_whenChecked_thenFound(
            String status, String payment, long captured, long refunded, String reservation) {
        story.with(ended(status, payment(payment, captured, refunded))).with(reservation(reservation));

        assertBroken(invariant, story, "is " + status + ", and its payment");
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED, AUTHORISED, RELEASED",
        "CONFIRMED, AUTHORISED, OPEN",
        "CONFIRMED, AUTHORISED, SHIPPED",
        "CANCELLED, VOIDED, CONFIRMED",
        "CANCELLED, VOIDED, SHIPPED",
        "EXPIRED, VOIDED, OPEN"
    })
    void givenGoodsThatDoNotFollow_whenChecked_thenFound(String status, String payment, String reservation) {
        story.with(ended(status, payment(payment, 0, 0))).with(reservation(reservation));

        assertBroken(invariant, story, "is " + status + ", and its reservations are");
    }

    @Test
    void givenGoodsThatWereSent_whenTheProviderRefusesToPay_thenKept() {
        story.with(ended("FULFILLED", new Payment("a payment", "AUTHORISED", TOTAL, 70, 0, 0, 0, 70, 0, 1)))
                .with(reservation("SHIPPED"));

        assertKept(invariant, story);
    }

    @Test
    void givenGoodsThatWereSent_whenTheyAreStillHeld_thenFound() {
        story.with(ended("FULFILLED", payment("AUTHORISED", TOTAL, 0))).with(reservation("CONFIRMED"));

        assertBroken(invariant, story, "is FULFILLED, and its reservations are [CONFIRMED]");
    }

    @Test
    void givenAConfirmedOrderWithoutAReservation_whenChecked_thenFound() {
        story.with(ended("CONFIRMED", payment("AUTHORISED", 0, 0)));

        assertBroken(invariant, story, "its reservations are []");
    }

    @Test
    void givenAnOrderWithoutAPayment_whenChecked_thenFound() {
        story.with(new OrderAtRest(order, "CANCELLED", "somebody", TOTAL, null));

        assertBroken(invariant, story, "its payment null");
    }

    @Test
    void givenAPaymentOfAnotherAmount_whenChecked_thenFound() {
        story.with(ended("CANCELLED", new Payment("a payment", "VOIDED", 99, 0, 0, 0, 0, 0, 0, 0)));

        assertBroken(invariant, story, "is of 100, and its payment");
    }

    @Test
    void givenACaptureThatNobodyMade_whenChecked_thenFound() {
        story.with(ended("CONFIRMED", new Payment("a payment", "AUTHORISED", TOTAL, 70, 0, 0, 0, 50, 0, 0)))
                .with(reservation("CONFIRMED"));

        assertBroken(invariant, story, "its payment");
    }

    @Test
    void givenACaptureWithoutAnAnswer_whenChecked_thenFound() {
        story.with(ended("CONFIRMED", new Payment("a payment", "AUTHORISED", TOTAL, 0, 70, 0, 0, 0, 0, 0)))
                .with(reservation("CONFIRMED"));

        assertBroken(invariant, story, "its payment");
    }

    @Test
    void givenStepsOfTheSaga_whenTold_thenKept() {
        tell("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED", "FULFILLED", "DELIVERED");

        assertKept(invariant, story);
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, CONFIRMED", "CANCELLED, EXPIRED", "CONFIRMED, EXPIRED", "FULFILLED, CANCELLED"})
    void givenAnOrderThatEndsTwice_whenChecked_thenFound(String first, String second) {
        if (first.equals("FULFILLED")) {
            tell("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED", first, second);
        } else {
            tell("PLACED", "RESERVED", "AUTHORISED", first, second);
        }

        assertBroken(invariant, story, "was " + second + " after " + first);
    }

    private void tell(String... statuses) {
        for (int i = 0; i < statuses.length; i++) {
            story.with(new OrderTold(order, Order.of(i + 1), statuses[i], TOTAL));
        }
    }

    private OrderAtRest ended(String status, Payment payment) {
        return new OrderAtRest(order, status, "somebody", TOTAL, payment);
    }

    private static Payment payment(String status, long captured, long refunded) {
        return new Payment("a payment", status, TOTAL, captured, 0, refunded, 0, captured, refunded, 0);
    }

    private ReservationAtRest reservation(String status) {
        return new ReservationAtRest(
                Story.thing(Thing.RESERVATION), status, order.id(), null, 0, Map.of("a level", 1L), Map.of(), 0);
    }
}
