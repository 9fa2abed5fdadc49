package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.Idempotency;
import io.souk.kit.money.Money;
import io.souk.kit.problem.Problem;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderLine;
import io.souk.orders.order.OrderView;
import io.souk.orders.order.RecordOrder;
import io.souk.orders.payment.PaymentInstruction;
import io.souk.orders.payment.RequestPayment;
import io.souk.orders.price.FindOffers;
import io.souk.orders.price.Offer;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Places an order at the catalogue's present prices. */
@ApplicationScoped
class PlaceOrder {
    private static final String OPERATION = "place-order";
    private static final int ACCEPTED = 202;

    private final FindOffers findOffers;
    private final Idempotency idempotency;
    private final RecordOrder orders;
    private final RequestPayment payments;
    private final CheckoutConfig config;
    private final Clock clock;

    PlaceOrder(
            FindOffers findOffers,
            Idempotency idempotency,
            RecordOrder orders,
            RequestPayment payments,
            CheckoutConfig config,
            Clock clock) {
        this.findOffers = findOffers;
        this.idempotency = idempotency;
        this.orders = orders;
        this.payments = payments;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Stores the order and starts its checkout: 202 with the placed order. The same key and request again give the same
     * order. 422 names each line that is not for sale or has no price in the currency; 503 when the catalogue does not answer.
     */
    Uni<Answer> place(Caller caller, @Nullable String key, String bearer, OrderRequest request) {
        check(request);
        var skus = request.lines().stream().map(line -> new Sku(line.sku())).toList();
        return idempotency.once(
                caller.tenant(),
                // A key belongs to the customer who chose it.
                OPERATION + ":" + caller.subject(),
                key,
                request,
                () -> findOffers.find(skus, request.currency(), bearer).map(offers -> order(caller, request, offers)),
                (tx, order) -> store(tx, request, order));
    }

    private Uni<Answer> store(Tx tx, OrderRequest request, Order order) {
        return orders.placed(tx, order)
                .chain(() -> payments.prepare(tx, order.id(), instruction(request), order.total()))
                .replaceWith(
                        () -> Answer.of(ACCEPTED, OrderView.of(order)).with("Location", "/v1/orders/" + order.id()));
    }

    private void check(OrderRequest request) {
        var problem = INVALID.because("The order cannot be placed as it is");
        if (!Money.isCurrency(request.currency())) {
            problem.at("/currency", "is not an ISO 4217 code such as USD");
        }
        if (!payments.knows(request.payment().provider())) {
            problem.at("/payment/provider", "is not a payment provider of this shop");
        }
        Map<String, Integer> firstLine = new HashMap<>();
        for (int i = 0; i < request.lines().size(); i++) {
            var sku = request.lines().get(i).sku();
            var fault = Sku.fault(sku);
            var earlier = firstLine.putIfAbsent(Sku.key(sku), i);
            if (fault != null) {
                problem.at("/lines/" + i + "/sku", fault);
            } else if (earlier != null) {
                problem.at("/lines/" + i + "/sku", "stands in line " + earlier + " too; order all units in one line");
            }
        }
        throwIfAny(problem);
    }

    private Order order(Caller caller, OrderRequest request, Map<String, Offer> offers) {
        var problem = INVALID.because("Some lines cannot be ordered");
        List<OrderLine> lines = new ArrayList<>();
        for (int i = 0; i < request.lines().size(); i++) {
            var line = request.lines().get(i);
            var offer = offers.get(Sku.key(line.sku()));
            if (offer == null) {
                problem.at("/lines/" + i + "/sku", "is not for sale");
            } else if (offer.price() == null) {
                problem.at("/lines/" + i + "/sku", "has no price in " + request.currency());
            } else {
                lines.add(new OrderLine(
                        i, offer.productId(), offer.variantId(), offer.sku(), line.quantity(), offer.price()));
            }
        }
        throwIfAny(problem);
        var now = clock.instant();
        try {
            return Order.place(Ids.next(), caller.subject(), lines, now, now.plus(config.reservationDeadline()));
        } catch (ArithmeticException tooMuch) {
            throw INVALID.because("The total is more than can be paid in one order")
                    .at("/lines", "add up to too much");
        }
    }

    private static PaymentInstruction instruction(OrderRequest request) {
        return new PaymentInstruction(
                request.payment().provider(), request.payment().token());
    }

    private static void throwIfAny(Problem problem) {
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }
}
