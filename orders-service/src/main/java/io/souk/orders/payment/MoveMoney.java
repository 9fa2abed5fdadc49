package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.Idempotency;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.orders.order.Order;
import io.souk.orders.order.RecordOrder;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_KEY_REUSED;
import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static io.souk.orders.OrdersProblem.AMOUNT_EXCEEDED;
import static io.souk.orders.OrdersProblem.NOT_CAPTURABLE;
import static java.util.Objects.requireNonNull;

/** Asks for captures of an order's payment and for refunds of what was captured; the provider is called after the commit. */
@ApplicationScoped
class MoveMoney {
    private static final int ACCEPTED = 202;

    private final Idempotency idempotency;
    private final RecordOrder orders;
    private final PaymentRepository payments;
    private final MovementRepository movements;
    private final RecordPayment record;
    private final CallProviders callProviders;

    MoveMoney(
            Idempotency idempotency,
            RecordOrder orders,
            PaymentRepository payments,
            MovementRepository movements,
            RecordPayment record,
            CallProviders callProviders) {
        this.idempotency = idempotency;
        this.orders = orders;
        this.payments = payments;
        this.movements = movements;
        this.record = record;
        this.callProviders = callProviders;
    }

    /**
     * 202 with the capture, to be answered by the provider. Several at once never take more than was authorised: what
     * is asked for counts as taken until the provider refuses it. {@code NOT_CAPTURABLE} unless the order is confirmed, sent
     * or not.
     *
     * @param key one key for one capture of one order, for ever: the provider gets it too, so that a capture which our database
     *     has forgotten is not made twice
     */
    Uni<Answer> capture(Caller caller, UUID order, @Nullable String key, MovementRequest request) {
        return move(caller, order, key, request, CallKind.CAPTURE);
    }

    /** As {@link #capture}, of what was captured and not asked back before. */
    Uni<Answer> refund(Caller caller, UUID order, @Nullable String key, MovementRequest request) {
        return move(caller, order, key, request, CallKind.REFUND);
    }

    private Uni<Answer> move(Caller caller, UUID id, @Nullable String key, MovementRequest request, CallKind kind) {
        return idempotency.once(
                caller.tenant(),
                kind + ":" + id,
                key,
                request,
                tx -> orders.lock(tx, id)
                        .invoke(order -> check(order, id, kind))
                        .chain(() -> payments.lock(tx, id))
                        .chain(funds -> ask(
                                tx,
                                funds.orElseThrow(),
                                MovementId.ofRequest(caller.tenant(), id, kind, requireNonNull(key)),
                                kind,
                                request.amount())));
    }

    private static void check(@Nullable Order order, UUID id, CallKind kind) {
        if (order == null) {
            throw NOT_FOUND.because("There is no order " + id);
        }
        if (kind == CallKind.CAPTURE && !order.status().isSuccess()) {
            throw NOT_CAPTURABLE.because("The order is " + order.status()).with("orderStatus", order.status());
        }
    }

    private Uni<Answer> ask(Tx tx, Funds funds, UUID id, CallKind kind, @Nullable Money asked) {
        if (asked != null && !asked.currency().equals(funds.currency())) {
            throw INVALID.because("The payment is in another currency")
                    .at("/amount/currency", "must be " + funds.currency());
        }
        return movements
                .find(tx, id)
                .chain(known -> known.map(movement -> again(funds, movement, asked))
                        .orElseGet(() -> askFirst(tx, funds, id, kind, asked)));
    }

    /** Of a key whose answer is kept no longer, while its movement is. */
    private static Uni<Answer> again(Funds funds, PaymentRow.MovementRow movement, @Nullable Money asked) {
        if (asked != null && asked.amount() != movement.amount()) {
            throw IDEMPOTENCY_KEY_REUSED
                    .because("Another amount was asked for with it")
                    .at("/amount/amount", "was " + movement.amount());
        }
        return Uni.createFrom().item(accepted(funds, MovementView.of(movement, funds.currency())));
    }

    private Uni<Answer> askFirst(Tx tx, Funds funds, UUID id, CallKind kind, @Nullable Money asked) {
        long left = kind == CallKind.CAPTURE ? funds.capturable() : funds.refundable();
        long amount = asked == null ? left : asked.amount();
        if (amount > left || left == 0) {
            throw AMOUNT_EXCEEDED
                    .because("Of the payment, %d minor units are left to %s"
                            .formatted(left, kind == CallKind.CAPTURE ? "capture" : "refund"))
                    .at("/amount/amount", "is more than " + left)
                    .with("left", funds.money(left));
        }
        if (amount == 0) {
            throw INVALID.because("There is nothing to move").at("/amount/amount", "must be at least 1");
        }
        tx.afterCommit(() -> callProviders.start(tx.tenant(), funds.order()));
        return record.ask(tx, funds, id, kind, amount)
                .replaceWith(() ->
                        accepted(funds, new MovementView(id, kind, funds.money(amount), MovementStatus.PENDING, null)));
    }

    private static Answer accepted(Funds funds, MovementView movement) {
        return Answer.of(ACCEPTED, movement).with("Location", "/v1/orders/" + funds.order() + "/payment");
    }
}
