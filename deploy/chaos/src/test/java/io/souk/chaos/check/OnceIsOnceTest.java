package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.Asked;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import io.souk.chaos.evidence.Trade.OrderTold;
import io.souk.chaos.evidence.Trade.ReservationAtRest;
import io.souk.chaos.evidence.Trade.ReservationTold;
import io.souk.chaos.evidence.Trade.Shown;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class OnceIsOnceTest {
    private static final String CUSTOMER = "somebody";

    private final OnceIsOnce invariant = new OnceIsOnce();
    private final Story story = new Story();
    private final Thing order = Story.thing(Thing.ORDER);
    private final Thing other = Story.thing(Thing.ORDER);

    @Test
    void givenAKeyThatWasSentThreeTimes_whenOneOrderCameOfIt_thenKept() {
        story.with(asked("key", Outcome.UNKNOWN, null))
                .with(asked("key", Outcome.OK, order))
                .with(asked("key", Outcome.OK, order))
                .with(atRest(order));

        assertKept(invariant, story);
    }

    @Test
    void givenAKey_whenNobodyKnows_thenOneOrderOrNoneIsKept() {
        assertKept(invariant, new Story().with(asked("key", Outcome.UNKNOWN, null)));
        assertKept(
                invariant, new Story().with(asked("key", Outcome.UNKNOWN, null)).with(atRest(order)));
    }

    @Test
    void givenAKey_whenItsAnswersNameTwoOrders_thenFound() {
        story.with(asked("key", Outcome.OK, order))
                .with(asked("key", Outcome.OK, other))
                .with(atRest(order))
                .with(atRest(other));

        assertBroken(invariant, story, "for one key");
    }

    @Test
    void givenAKey_whenAnOrderCameOfItOfWhichNobodyWasTold_thenFound() {
        story.with(asked("key", Outcome.UNKNOWN, null))
                .with(asked("key", Outcome.OK, order))
                .with(atRest(order))
                .with(atRest(other));

        assertBroken(invariant, story, "of 0 keys nobody knows");
    }

    @Test
    void givenARequestThatWasRefused_whenAnOrderCameOfIt_thenFound() {
        story.with(asked("key", Outcome.FAIL, null)).with(atRest(order));

        assertBroken(invariant, story, "and was told of []");
    }

    @Test
    void givenAnOrderThatWasAcknowledged_whenItIsNotThere_thenFound() {
        story.with(asked("key", Outcome.OK, order));

        assertBroken(invariant, story, "which is not there");
    }

    @Test
    void givenAReservation_whenAnotherOneCameOfItsKey_thenFound() {
        var one = Story.thing(Thing.RESERVATION);
        story.with(new Asked(Story.TENANT, CUSTOMER, Thing.RESERVATION, "key", Outcome.OK, one))
                .with(atRestOfOwner(one))
                .with(atRestOfOwner(Story.thing(Thing.RESERVATION)));

        assertBroken(invariant, story, "of 0 keys nobody knows");
    }

    @Test
    void givenAnAnswer_whenItsEventSaysTheSame_thenKept() {
        var held = Story.thing(Thing.RESERVATION);
        story.with(new OrderTold(order, Order.of(4), "CONFIRMED", 100))
                .with(new Shown(1, order, Order.of(4), "CONFIRMED", 100L))
                .with(new ReservationTold(held, Order.of(1), "OPEN", null, 0))
                .with(new Shown(2, held, Order.of(1), "OPEN", null));

        assertKept(invariant, story);
    }

    @Test
    void givenAnAnswer_whenItsEventSaysAnotherStatus_thenFound() {
        story.with(new OrderTold(order, Order.of(4), "EXPIRED", 100))
                .with(new Shown(1, order, Order.of(4), "CONFIRMED", 100L));

        assertBroken(invariant, story, "operation 1 shows");
    }

    @Test
    void givenAnAnswer_whenItsEventSaysAnotherTotal_thenFound() {
        story.with(new OrderTold(order, Order.of(1), "PLACED", 100))
                .with(new Shown(1, order, Order.of(1), "PLACED", 90L));

        assertBroken(invariant, story, "of 90, and its event says");
    }

    @Test
    void givenAnAnswer_whenThereIsNoSuchEvent_thenFound() {
        story.with(new Shown(1, order, Order.of(1), "PLACED", 90L));

        assertBroken(invariant, story, "its event says null");
    }

    private static Asked asked(String key, Outcome outcome, @Nullable Thing made) {
        return new Asked(Story.TENANT, CUSTOMER, Thing.ORDER, key, outcome, made);
    }

    private static OrderAtRest atRest(Thing order) {
        return new OrderAtRest(order, "CANCELLED", CUSTOMER, 100, null);
    }

    private static ReservationAtRest atRestOfOwner(Thing reservation) {
        return new ReservationAtRest(reservation, "EXPIRED", null, CUSTOMER, 0, Map.of(), Map.of(), 0);
    }
}
