package io.souk.orders.checkout;

import io.souk.orders.checkout.CheckoutEvent.CancelAsked;
import io.souk.orders.checkout.CheckoutEvent.DeadlinePassed;
import io.souk.orders.checkout.CheckoutEvent.GoodsArrived;
import io.souk.orders.checkout.CheckoutEvent.GoodsSent;
import io.souk.orders.checkout.CheckoutEvent.PaymentApproved;
import io.souk.orders.checkout.CheckoutEvent.PaymentRefused;
import io.souk.orders.checkout.CheckoutEvent.ReservationConfirmed;
import io.souk.orders.checkout.CheckoutEvent.ReservationLost;
import io.souk.orders.checkout.CheckoutEvent.ReservationShipped;
import io.souk.orders.checkout.CheckoutEvent.StockRefused;
import io.souk.orders.checkout.CheckoutEvent.StockReserved;
import io.souk.orders.checkout.CheckoutStep.PaymentAction;
import io.souk.orders.order.Fulfilment;
import io.souk.orders.order.OrderState;
import io.souk.orders.order.OrderStatus;
import io.souk.orders.order.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class CheckoutSagaTest {
    private static final UUID RESERVATION = UUID.randomUUID();
    private static final Fulfilment SENT = new Fulfilment("UPS", "1Z");
    private static final List<CheckoutEvent> EVENTS = List.of(
            new StockReserved(RESERVATION, Instant.MAX),
            new StockRefused(List.of(new Refusal(0, "A", 2, 1, Refusal.Reason.TOO_FEW))),
            new ReservationConfirmed(),
            new ReservationShipped(RESERVATION),
            new ReservationLost(),
            new PaymentApproved(),
            new PaymentRefused("no funds"),
            new CancelAsked("by its customer"),
            new GoodsSent(SENT),
            new GoodsArrived(),
            new DeadlinePassed());

    /** What an order may go through once its checkout is over. */
    private static final Set<List<OrderStatus>> ENDINGS = Set.of(
            List.of(OrderStatus.REJECTED),
            List.of(OrderStatus.DECLINED),
            List.of(OrderStatus.EXPIRED),
            List.of(OrderStatus.CANCELLED),
            List.of(OrderStatus.CONFIRMED),
            List.of(OrderStatus.CONFIRMED, OrderStatus.CANCELLED),
            List.of(OrderStatus.CONFIRMED, OrderStatus.FULFILLED),
            List.of(OrderStatus.CONFIRMED, OrderStatus.FULFILLED, OrderStatus.DELIVERED),
            List.of(OrderStatus.FULFILLED),
            List.of(OrderStatus.FULFILLED, OrderStatus.DELIVERED));

    @Test
    void givenAPlacedOrder_whenAllGoesWell_thenItIsReservedAuthorisedAndConfirmed() {
        var run = new Run();

        run.meet(new StockReserved(RESERVATION, Instant.MAX), new PaymentApproved(), new ReservationConfirmed());

        assertThat(run.history)
                .containsExactly(
                        OrderStatus.PLACED, OrderStatus.RESERVED, OrderStatus.AUTHORISED, OrderStatus.CONFIRMED);
        assertThat(run.actions).containsExactly(PaymentAction.AUTHORISE, PaymentAction.NONE, PaymentAction.NONE);
    }

    @Test
    void givenAPlacedOrder_whenStockIsRefused_thenItIsRejectedWithTheLinesAndThePaymentIsNeverAsked() {
        var refused = List.of(new Refusal(1, "B", 5, 3, Refusal.Reason.TOO_FEW));
        var run = new Run();

        run.meet(new StockRefused(refused));

        assertThat(run.state).isEqualTo(new OrderState.Rejected(refused));
        assertThat(run.actions).containsExactly(PaymentAction.RELEASE);
    }

    @Test
    void givenAReservedOrder_whenThePaymentIsDeclined_thenItEndsAndNothingIsPaid() {
        var run = new Run();

        run.meet(new StockReserved(RESERVATION, Instant.MAX), new PaymentRefused("no funds"));

        assertThat(run.state).isEqualTo(new OrderState.Declined(RESERVATION, "no funds"));
    }

    @Test
    void givenAnOrderThatExpired_whenThePaymentSucceedsLate_thenItIsGivenBack() {
        var run = new Run();

        run.meet(new StockReserved(RESERVATION, Instant.MAX), new DeadlinePassed(), new PaymentApproved());

        assertThat(run.state.status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(run.actions).containsExactly(PaymentAction.AUTHORISE, PaymentAction.RELEASE, PaymentAction.RELEASE);
    }

    @Test
    void givenAnOrderThatWasCancelled_whenItsStockIsReservedAfterAll_thenItStaysCancelledAndThePaymentIsNeverAsked() {
        var run = new Run();

        run.meet(new CancelAsked("by its customer"), new StockReserved(RESERVATION, Instant.MAX));

        assertThat(run.state).isEqualTo(new OrderState.Cancelled(null, "by its customer"));
        assertThat(run.actions).containsExactly(PaymentAction.RELEASE, PaymentAction.NONE);
    }

    @Test
    void givenAnOrderThatWasCancelled_whenThePaymentSucceedsAfterAll_thenItIsGivenBack() {
        var run = new Run();

        run.meet(new StockReserved(RESERVATION, Instant.MAX), new CancelAsked("by the shop"), new PaymentApproved());

        assertThat(run.state).isEqualTo(new OrderState.Cancelled(RESERVATION, "by the shop"));
        assertThat(run.actions).containsExactly(PaymentAction.AUTHORISE, PaymentAction.RELEASE, PaymentAction.RELEASE);
    }

    @Test
    void givenAPaidOrder_whenItsReservationIsLost_thenItEndsAndThePaymentIsGivenBack() {
        var run = new Run();

        run.meet(new StockReserved(RESERVATION, Instant.MAX), new PaymentApproved(), new ReservationLost());

        assertThat(run.state.status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(run.actions).endsWith(PaymentAction.RELEASE);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void givenAConfirmedOrder_whenItsStockIsLost_thenItIsCancelledThePaymentIsGivenBackAndItIsAnIncident(
            CheckoutEvent loss) {
        var confirmed = new OrderState.Confirmed(RESERVATION);

        var step = CheckoutSaga.on(confirmed, loss);

        assertThat(step.next()).isInstanceOf(OrderState.Cancelled.class);
        assertThat(step.payment()).isEqualTo(PaymentAction.RELEASE);
        assertThat(step.incident()).isTrue();
    }

    static Stream<CheckoutEvent> losses() {
        return Stream.of(new ReservationLost(), new StockRefused(List.of()));
    }

    @Test
    void givenAConfirmedOrder_whenItsGoodsAreSentAndArrive_thenWhatIsAuthorisedIsCaptured_andHowTheyWereSentIsKept() {
        var run = new Run();

        run.meet(
                new StockReserved(RESERVATION, Instant.MAX),
                new PaymentApproved(),
                new ReservationConfirmed(),
                new GoodsSent(SENT),
                new GoodsSent(new Fulfilment("another", null)),
                new ReservationShipped(RESERVATION),
                new GoodsArrived(),
                new GoodsArrived());

        assertThat(run.state).isEqualTo(new OrderState.Delivered(RESERVATION, SENT));
        assertThat(run.actions).containsOnlyOnce(PaymentAction.CAPTURE);
        assertThat(run.incidents).isZero();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void givenGoodsThatHaveLeft_whenTheirStockIsLost_thenTheOrderStaysAsItIs_andItIsAnIncident(CheckoutEvent loss) {
        var states = List.of(
                new OrderState.Fulfilled(RESERVATION, SENT), new OrderState.Delivered(RESERVATION, Fulfilment.UNTOLD));

        assertThat(states.stream().map(state -> CheckoutSaga.on(state, loss)))
                .containsOnly(CheckoutStep.incidentOnly());
    }

    /** As after a restore of the database to a moment before the order was fulfilled. */
    @Test
    void givenAnOrderThatHasForgottenThatItIsFulfilled_whenItsGoodsTurnOutToHaveLeft_thenItIsSo_andItIsAnIncident() {
        var gone = new OrderState.Fulfilled(RESERVATION, Fulfilment.UNTOLD);

        for (var state : List.of(new OrderState.Authorised(RESERVATION), new OrderState.Confirmed(RESERVATION))) {
            assertThat(CheckoutSaga.on(state, new ReservationShipped(RESERVATION)))
                    .isEqualTo(CheckoutStep.incident(gone, PaymentAction.CAPTURE));
        }
        assertThat(CheckoutSaga.on(
                        new OrderState.Cancelled(RESERVATION, "by the shop"), new ReservationShipped(RESERVATION)))
                .isEqualTo(CheckoutStep.incidentOnly());
    }

    /** As after a restore of the database to a moment before the payment was answered. */
    @Test
    void givenAnOrderThatHasForgottenThatItIsPaid_whenItsGoodsTurnOutToHaveLeft_thenThePaymentIsAskedAndCaptured() {
        for (var state : List.of(new OrderState.Placed(), new OrderState.Reserved(RESERVATION))) {
            var run = new Run();
            run.state = state;
            run.asked = state instanceof OrderState.Reserved;

            run.meet(
                    new ReservationShipped(RESERVATION),
                    new DeadlinePassed(),
                    new PaymentApproved(),
                    new CancelAsked("by the shop"));

            assertThat(run.state).isEqualTo(new OrderState.Fulfilled(RESERVATION, Fulfilment.UNTOLD));
            assertThat(run.actions)
                    .containsExactly(
                            PaymentAction.AUTHORISE, PaymentAction.NONE, PaymentAction.CAPTURE, PaymentAction.NONE);
            assertThat(run.moneyKept).isTrue();
            assertThat(run.incidents).isOne();
        }
    }

    @Test
    void givenGoodsThatHaveLeftUnpaid_whenThePaymentIsRefused_thenTheOrderStaysAsItIs_andItIsAnIncident() {
        var run = new Run();

        run.meet(new ReservationShipped(RESERVATION), new GoodsArrived(), new PaymentRefused("no funds"));

        assertThat(run.state).isEqualTo(new OrderState.Delivered(RESERVATION, Fulfilment.UNTOLD));
        assertThat(run.captured).isFalse();
        assertThat(run.incidents).isEqualTo(2);
    }

    @Test
    void givenGoodsThatHaveLeft_whenTheOrderIsCancelledOrItsDeadlinePasses_thenNothingChanges() {
        for (var state :
                List.of(new OrderState.Fulfilled(RESERVATION, SENT), new OrderState.Delivered(RESERVATION, SENT))) {
            for (var event : List.of(new CancelAsked("by the shop"), new DeadlinePassed())) {
                assertThat(CheckoutSaga.on(state, event)).isEqualTo(CheckoutStep.NOTHING);
            }
        }
    }

    @Test
    void givenAnOrderUnderWay_whenItsStockIsRefusedAfterAll_thenItIsRejectedAndThePaymentIsGivenBack() {
        var reserved = new Run();
        var authorised = new Run();

        reserved.meet(new StockReserved(RESERVATION, Instant.MAX), new StockRefused(List.of()));
        authorised.meet(
                new StockReserved(RESERVATION, Instant.MAX), new PaymentApproved(), new StockRefused(List.of()));

        assertThat(reserved.state.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(authorised.state.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(authorised.moneyKept).isFalse();
    }

    /**
     * Whatever comes, in whatever order and however often: an outcome is final, but for a confirmed order, which is sent or
     * ends; money is kept only for what is confirmed or sent, and all of it taken only for what is sent, as soon as it is
     * approved.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givenAnyEvents_whenTheyComeInAnyOrder_thenOutcomesAreFinalAndMoneyIsKeptForConfirmedOrdersOnly(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            var run = new Run();
            for (int i = 0; i < 12; i++) {
                run.meet(EVENTS.get(random.nextInt(EVENTS.size())));
            }

            run.meet(new DeadlinePassed());

            assertThat(run.state.status().isOutcome())
                    .as("seed %d: %s", seed, run.history)
                    .isTrue();
            var outcomes = run.history.stream().filter(OrderStatus::isOutcome).toList();
            assertThat(ENDINGS).as("seed %d: %s", seed, run.history).contains(outcomes);
            assertThat(run.moneyKept)
                    .as("seed %d: %s", seed, run.history)
                    .isEqualTo(run.isSent() ? run.approved : run.state instanceof OrderState.Confirmed);
            assertThat(run.captured).as("seed %d: %s", seed, run.history).isEqualTo(run.isSent() && run.approved);
        }
    }

    /** An order, its history and the money that a provider holds for it. */
    private static final class Run {
        OrderState state = new OrderState.Placed();
        final List<OrderStatus> history = new ArrayList<>(List.of(OrderStatus.PLACED));
        final List<PaymentAction> actions = new ArrayList<>();
        boolean asked;
        boolean approved;
        boolean moneyKept;
        boolean captured;
        int incidents;

        void meet(CheckoutEvent... events) {
            for (var event : events) {
                if (event instanceof PaymentApproved || event instanceof PaymentRefused) {
                    if (!asked) {
                        continue; // a provider answers only when it was asked
                    }
                    approved |= event instanceof PaymentApproved;
                    moneyKept |= event instanceof PaymentApproved;
                }
                take(CheckoutSaga.on(state, event));
            }
        }

        boolean isSent() {
            return state instanceof OrderState.Fulfilled || state instanceof OrderState.Delivered;
        }

        private void take(CheckoutStep step) {
            if (step.next() != null) {
                state = step.next();
                history.add(state.status());
            }
            actions.add(step.payment());
            incidents += step.incident() ? 1 : 0;
            switch (step.payment()) {
                case AUTHORISE -> asked = true;
                case CAPTURE -> captured = true;
                case RELEASE -> moneyKept = false;
                case NONE -> {}
            }
        }
    }
}
