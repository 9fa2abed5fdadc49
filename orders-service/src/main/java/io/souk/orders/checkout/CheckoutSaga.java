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
import io.souk.orders.order.OrderState.Authorised;
import io.souk.orders.order.OrderState.Cancelled;
import io.souk.orders.order.OrderState.Confirmed;
import io.souk.orders.order.OrderState.Declined;
import io.souk.orders.order.OrderState.Delivered;
import io.souk.orders.order.OrderState.Expired;
import io.souk.orders.order.OrderState.Fulfilled;
import io.souk.orders.order.OrderState.Placed;
import io.souk.orders.order.OrderState.Rejected;
import io.souk.orders.order.OrderState.Reserved;

import java.util.UUID;

import static io.souk.orders.checkout.CheckoutStep.NOTHING;
import static io.souk.orders.checkout.CheckoutStep.PaymentAction.AUTHORISE;
import static io.souk.orders.checkout.CheckoutStep.PaymentAction.CAPTURE;
import static io.souk.orders.checkout.CheckoutStep.PaymentAction.RELEASE;

/**
 * The saga (Garcia-Molina and Salem, 1987) as a pure function: state and event in, next state and payment action out. What
 * is repeated or comes too late changes nothing, or is compensated: stock through the order's own event, which inventory
 * follows, the payment by its release.
 */
final class CheckoutSaga {
    private CheckoutSaga() {}

    static CheckoutStep on(OrderState state, CheckoutEvent event) {
        return switch (state) {
            case Placed _ -> placed(event);
            case Reserved reserved -> reserved(reserved, event);
            case Authorised authorised -> authorised(authorised, event);
            case Confirmed confirmed -> confirmed(confirmed, event);
            case Fulfilled fulfilled -> fulfilled(fulfilled, event);
            case Delivered _ -> sent(event);
            case Rejected _, Declined _, Expired _, Cancelled _ -> ended(event);
        };
    }

    private static CheckoutStep placed(CheckoutEvent event) {
        return switch (event) {
            case StockReserved stock -> CheckoutStep.to(new Reserved(stock.reservation()), AUTHORISE);
            case StockRefused stock -> CheckoutStep.to(new Rejected(stock.refused()), RELEASE);
            case ReservationLost _ -> CheckoutStep.to(new Expired(null, "the stock was not held any longer"), RELEASE);
            case DeadlinePassed _ -> CheckoutStep.to(new Expired(null, "the stock was not reserved in time"), RELEASE);
            case CancelAsked by -> CheckoutStep.to(new Cancelled(null, by.reason()), RELEASE);
            case ReservationShipped shipped -> gone(shipped.reservation(), AUTHORISE);
            case ReservationConfirmed _, PaymentApproved _, PaymentRefused _, GoodsSent _, GoodsArrived _ -> NOTHING;
        };
    }

    private static CheckoutStep reserved(Reserved state, CheckoutEvent event) {
        return switch (event) {
            case PaymentApproved _ -> CheckoutStep.to(new Authorised(state.reservation()));
            case PaymentRefused refused -> CheckoutStep.to(new Declined(state.reservation(), refused.reason()));
            case ReservationLost _ ->
                CheckoutStep.to(
                        new Expired(state.reservation(), "the reservation ran out before the payment"), RELEASE);
            case DeadlinePassed _ ->
                CheckoutStep.to(new Expired(state.reservation(), "the payment was not authorised in time"), RELEASE);
            case StockRefused stock -> CheckoutStep.to(new Rejected(stock.refused()), RELEASE);
            case CancelAsked by -> CheckoutStep.to(new Cancelled(state.reservation(), by.reason()), RELEASE);
            case ReservationShipped _ -> gone(state.reservation(), AUTHORISE);
            case StockReserved _, ReservationConfirmed _, GoodsSent _, GoodsArrived _ -> NOTHING;
        };
    }

    private static CheckoutStep authorised(Authorised state, CheckoutEvent event) {
        return switch (event) {
            case ReservationConfirmed _ -> CheckoutStep.to(new Confirmed(state.reservation()));
            case ReservationLost _ ->
                CheckoutStep.to(new Expired(state.reservation(), "the reservation ran out"), RELEASE);
            case DeadlinePassed _ ->
                CheckoutStep.to(new Expired(state.reservation(), "the reservation was not confirmed in time"), RELEASE);
            case StockRefused stock -> CheckoutStep.to(new Rejected(stock.refused()), RELEASE);
            case CancelAsked by -> CheckoutStep.to(new Cancelled(state.reservation(), by.reason()), RELEASE);
            case ReservationShipped _ -> gone(state.reservation(), CAPTURE);
            case StockReserved _, PaymentApproved _, PaymentRefused _, GoodsSent _, GoodsArrived _ -> NOTHING;
        };
    }

    /**
     * A final reservation is lost only when inventory itself has lost it, by a restored database or by a fault. No money is
     * kept for what is not held, so the order ends, and somebody has to know.
     */
    private static CheckoutStep confirmed(Confirmed state, CheckoutEvent event) {
        return switch (event) {
            case StockRefused _, ReservationLost _ ->
                CheckoutStep.incident(
                        new Cancelled(state.reservation(), "its stock was lost after the confirmation"), RELEASE);
            case CancelAsked by -> CheckoutStep.to(new Cancelled(state.reservation(), by.reason()), RELEASE);
            case GoodsSent sent -> CheckoutStep.to(new Fulfilled(state.reservation(), sent.fulfilment()), CAPTURE);
            case ReservationShipped _ -> gone(state.reservation(), CAPTURE);
            case StockReserved _,
                    ReservationConfirmed _,
                    PaymentApproved _,
                    PaymentRefused _,
                    GoodsArrived _,
                    DeadlinePassed _ -> NOTHING;
        };
    }

    /**
     * Inventory lets goods leave only when an order says that they are sent, so this one has said so, and its database was
     * restored to a moment before. The goods are gone whatever it says now.
     *
     * @param payment leads to the capture: at once, or by the provider's approval of what it is asked for once more
     */
    private static CheckoutStep gone(UUID reservation, PaymentAction payment) {
        return CheckoutStep.incident(new Fulfilled(reservation, Fulfilment.UNTOLD), payment);
    }

    private static CheckoutStep fulfilled(Fulfilled state, CheckoutEvent event) {
        return event instanceof GoodsArrived
                ? CheckoutStep.to(new Delivered(state.reservation(), state.fulfilment()))
                : sent(event);
    }

    /**
     * Whatever inventory's books or the provider say, the goods have left, so the order stays as it is; but somebody has to look
     * at them. A provider answers here only when {@link #gone} had to ask it.
     */
    private static CheckoutStep sent(CheckoutEvent event) {
        return switch (event) {
            case StockRefused _, ReservationLost _, PaymentRefused _ -> CheckoutStep.incidentOnly();
            case PaymentApproved _ -> CheckoutStep.only(CAPTURE);
            case StockReserved _,
                    ReservationConfirmed _,
                    ReservationShipped _,
                    CancelAsked _,
                    GoodsSent _,
                    GoodsArrived _,
                    DeadlinePassed _ -> NOTHING;
        };
    }

    /** Money that arrives for an order that has ended goes back; stock does so by the order's last event. */
    private static CheckoutStep ended(CheckoutEvent event) {
        return switch (event) {
            case PaymentApproved _ -> CheckoutStep.only(RELEASE);
            case ReservationShipped _ -> CheckoutStep.incidentOnly();
            case StockReserved _,
                    StockRefused _,
                    ReservationConfirmed _,
                    ReservationLost _,
                    PaymentRefused _,
                    CancelAsked _,
                    GoodsSent _,
                    GoodsArrived _,
                    DeadlinePassed _ -> NOTHING;
        };
    }
}
