package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import io.souk.chaos.evidence.Trade.OrderTold;
import io.souk.chaos.evidence.Trade.ReservationAtRest;
import io.souk.chaos.evidence.Trade.ReservationTold;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;
import static io.souk.chaos.check.Story.micros;

class HoldsEndTest {
    private static final double EXPIRES = 60;

    private final HoldsEnd invariant = new HoldsEnd();
    private final Story story = new Story();
    private final Thing reservation = Story.thing(Thing.RESERVATION);
    private final Thing order = Story.thing(Thing.ORDER);

    @ParameterizedTest
    @CsvSource({"OPEN, RESERVED", "CONFIRMED, AUTHORISED", "CONFIRMED, CONFIRMED"})
    void givenAReservationOfAnOrder_whenThatLives_thenKept(String status, String of) {
        story.with(ofOrder(status)).with(order(of));

        assertKept(invariant, story);
    }

    @ParameterizedTest
    @CsvSource({"OPEN, CANCELLED", "OPEN, CONFIRMED", "CONFIRMED, EXPIRED"})
    void givenAReservationOfAnOrder_whenThatHasEnded_thenFound(String status, String of) {
        story.with(ofOrder(status)).with(order(of));

        assertBroken(invariant, story, "is " + status + ", and " + order + " is " + of);
    }

    @Test
    void givenAReservationOfAnOrder_whenThereIsNone_thenFound() {
        story.with(ofOrder("OPEN"));

        assertBroken(invariant, story, order + " is null");
    }

    @Test
    void givenAClientsReservation_whenItsTimeIsNotOver_thenKept() {
        story.with(atRest("OPEN", null, EXPIRES - 1));

        assertKept(invariant, story);
    }

    @Test
    void givenAClientsReservation_whenItsTimeHasLongBeenOver_thenFound() {
        story.with(atRest("OPEN", null, EXPIRES + 4));

        assertBroken(invariant, story, "is open 4.0 s after its time");
    }

    @ParameterizedTest
    @CsvSource({"OPEN, OPEN", "OPEN, CONFIRMED", "OPEN, EXPIRED", "CONFIRMED, RELEASED", "CONFIRMED, SHIPPED"})
    void givenAStepOfAReservation_whenItIsOne_thenKept(String before, String after) {
        told(before, after);

        assertKept(invariant, story);
    }

    @ParameterizedTest
    @CsvSource({"RELEASED, CONFIRMED", "EXPIRED, CONFIRMED", "CONFIRMED, EXPIRED", "REFUSED, OPEN", "SHIPPED, RELEASED"
    })
    void givenAReservationThatEndsTwice_whenChecked_thenFound(String before, String after) {
        told(before, after);

        assertBroken(invariant, story, "was " + after + " after " + before);
    }

    @Test
    void givenAnEndWithinItsBound_whenChecked_thenKept() {
        expiredAt(EXPIRES + 1);

        assertKept(invariant, story);
    }

    @Test
    void givenAnEndBeforeItsTime_whenChecked_thenFound() {
        expiredAt(EXPIRES - 0.1);

        assertBroken(invariant, story, "expired at");
    }

    @Test
    void givenAnEndThatComesLate_whenNothingStoodInItsWay_thenFound() {
        story.with(strike("inventory-1", 10, 20)).with(strike("redis", 55, 70));

        expiredAt(EXPIRES + 4);

        assertBroken(invariant, story, "expired at");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres, 50, 70, 95",
        "inventory-1, 62, 80, 105",
        "inventory-1 to postgres, 20, 40, 68",
        "all to postgres, 59, 61, 90",
        "inventory, 58, 70, 95"
    })
    void givenAnEndThatComesLate_whenSomethingStoodInItsWay_thenKept(
            String target, double began, double healed, double expired) {
        story.with(strike(target, began, healed));

        expiredAt(expired);

        assertKept(invariant, story);
    }

    @Test
    void givenAnEndThatComesLongAfterWhatStoodInItsWay_whenChecked_thenFound() {
        story.with(strike("postgres", 50, 70));

        expiredAt(101);

        assertBroken(invariant, story, "expired at");
    }

    @Test
    void givenAnEndThatComesLate_whenAFaultThatCouldNotBeDoneStoodInItsWay_thenKept() {
        story.with(new Fact.Harm("replay inventory", "inventory", micros(50), micros(70), false));

        expiredAt(95);

        assertKept(invariant, story);
    }

    @Test
    void givenAnOrderThatEndedUnsold_whenItsReservationEndsSoon_thenKept() {
        endedAndReleasedAt(40);

        assertKept(invariant, story);
    }

    @Test
    void givenAnOrderThatEndedUnsold_whenItsReservationGoesOn_thenFound() {
        endedAndReleasedAt(45);

        assertBroken(invariant, story, "was RELEASED 35.0 s after order");
    }

    @Test
    void givenAnOrderThatEndedUnsold_whenKafkaWasAwayMeanwhile_thenItsReservationMayGoOn() {
        story.with(strike("kafka", 12, 30));

        endedAndReleasedAt(45);

        assertKept(invariant, story);
    }

    private void endedAndReleasedAt(double second) {
        story.changedAt(10, order, 1)
                .with(new OrderTold(order, Order.of(1), "CANCELLED", 100))
                .changedAt(second, reservation, 1)
                .with(new ReservationTold(reservation, Order.of(1), "RELEASED", order.id(), micros(EXPIRES)));
    }

    private void told(String before, String after) {
        story.with(new ReservationTold(reservation, Order.of(1), before, null, micros(EXPIRES)))
                .with(new ReservationTold(reservation, Order.of(2), after, null, micros(EXPIRES)));
    }

    private void expiredAt(double second) {
        told("OPEN", "EXPIRED");
        story.changedAt(0, reservation, 1).changedAt(second, reservation, 2);
    }

    private ReservationAtRest ofOrder(String status) {
        return atRest(status, order.id(), EXPIRES - 1);
    }

    private ReservationAtRest atRest(String status, @Nullable String orderId, double at) {
        return new ReservationAtRest(
                reservation,
                status,
                orderId,
                orderId == null ? "somebody" : null,
                micros(EXPIRES),
                Map.of("a level", 1L),
                Map.of(),
                micros(at));
    }

    private OrderAtRest order(String status) {
        return new OrderAtRest(order, status, "somebody", 100, null);
    }

    private static Fact.Harm strike(String target, double began, double healed) {
        return new Fact.Harm("strike " + target, target, micros(began), micros(healed), true);
    }
}
