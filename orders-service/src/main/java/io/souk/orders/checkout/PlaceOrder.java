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
import io.souk.orders.customer.FindCustomers;
import io.souk.orders.customer.PostalAddress;
import io.souk.orders.hold.FindHolds;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderLine;
import io.souk.orders.order.OrderView;
import io.souk.orders.order.RecordOrder;
import io.souk.orders.payment.PaymentInstruction;
import io.souk.orders.payment.RequestPayment;
import io.souk.orders.price.FindOffers;
import io.souk.orders.price.Offer;
import io.souk.orders.tax.ReckonTaxes;
import io.souk.orders.tax.TaxableLine;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.orders.OrdersProblem.ADDRESS_CHANGED;

/** Places an order at the catalogue's present prices. */
@ApplicationScoped
class PlaceOrder {
    private static final String OPERATION = "place-order";
    private static final int ACCEPTED = 202;

    private final FindOffers findOffers;
    private final FindCustomers findCustomers;
    private final FindHolds findHolds;
    private final ReckonTaxes taxes;
    private final Idempotency idempotency;
    private final RecordOrder orders;
    private final RequestPayment payments;
    private final Deadlines deadlines;
    private final Clock clock;

    PlaceOrder(
            FindOffers findOffers,
            FindCustomers findCustomers,
            FindHolds findHolds,
            ReckonTaxes taxes,
            Idempotency idempotency,
            RecordOrder orders,
            RequestPayment payments,
            Deadlines deadlines,
            Clock clock) {
        this.findOffers = findOffers;
        this.findCustomers = findCustomers;
        this.findHolds = findHolds;
        this.taxes = taxes;
        this.idempotency = idempotency;
        this.orders = orders;
        this.payments = payments;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /**
     * Stores the order and starts its checkout: 202 with the placed order. The same key and request again give the same
     * order. 422 names each line that is not for sale or has no price in the currency; 503 when the catalogue, the provider of taxes or, for whose
     * place the order takes, the inventory does not answer.
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
                () -> findOffers
                        .find(caller.tenant(), skus, request.currency(), bearer)
                        .chain(offers -> order(caller, bearer, request, offers)),
                (tx, order) -> holdAddress(tx, request.shippingAddressId(), order)
                        .chain(() -> store(tx, request.payment(), order)));
    }

    /**
     * {@code ADDRESS_CHANGED} for an address that is not as the order has copied it any more; else it stays so until the transaction ends. Comes before the
     * transaction locks anything else.
     */
    Uni<Void> holdAddress(Tx tx, @Nullable UUID id, Order order) {
        var copied = order.shippingAddress();
        return id == null || copied == null
                ? Uni.createFrom().voidItem()
                : findCustomers
                        .hold(tx, order.customer(), id, copied)
                        .invoke(held -> {
                            if (!held) {
                                throw ADDRESS_CHANGED
                                        .because("It is another one than the taxes were reckoned by")
                                        .at("/shippingAddressId", "was changed or removed just now");
                            }
                        })
                        .replaceWithVoid();
    }

    /** 202 with the order, which is stored and whose checkout begins. The answer is kept for a day: it has no address. */
    Uni<Answer> store(Tx tx, OrderRequest.Payment payment, Order order) {
        return orders.placed(tx, order)
                .chain(() -> payments.prepare(tx, order.id(), instruction(payment), order.total()))
                .replaceWith(() ->
                        Answer.of(ACCEPTED, OrderView.of(order.to(null))).with("Location", "/v1/orders/" + order.id()));
    }

    private static PaymentInstruction instruction(OrderRequest.Payment payment) {
        return new PaymentInstruction(payment.provider(), payment.token());
    }

    /** 422 naming each field that no catalogue could make good. */
    void check(OrderRequest request) {
        var problem = INVALID.because("The order cannot be placed as it is");
        if (!Money.isCurrency(request.currency())) {
            problem.at("/currency", "is not an ISO 4217 code such as USD");
        }
        if (!payments.knows(request.payment().provider())) {
            problem.at("/payment/provider", "is not a payment provider of this shop");
        } else if (!payments.takes(instruction(request.payment()))) {
            problem.at(
                    "/payment/token",
                    "is no token of the provider: send what it gave for the card, never the card's number");
        }
        if (request.shipTo() != null) {
            request.shipTo().check(problem);
            if (request.shippingAddressId() != null) { // else the taxes could be those of another place
                problem.at("/shipTo", "is said by the address that is named already");
            }
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

    /**
     * The order at those prices, with its taxes; 422 names each line that is not for sale or has no price, and an address or a
     * hold that the caller does not have.
     *
     * @param bearer the Authorization header of the request on whose behalf the inventory is asked
     */
    Uni<Order> order(Caller caller, String bearer, OrderRequest request, Map<String, Offer> offers) {
        return requireHold(caller, bearer, request)
                .chain(() -> address(caller, request))
                .chain(address -> order(caller, request, offers, address.orElse(null))
                        .map(order -> order.to(address.orElse(null)).inPlaceOf(request.reservationId())));
    }

    private Uni<Void> requireHold(Caller caller, String bearer, OrderRequest request) {
        var id = request.reservationId();
        return id == null ? Uni.createFrom().voidItem() : findHolds.requireOpen(caller, id, bearer);
    }

    private Uni<Optional<PostalAddress>> address(Caller caller, OrderRequest request) {
        var id = request.shippingAddressId();
        return id == null
                ? Uni.createFrom().item(Optional.empty())
                : findCustomers
                        .address(caller, id)
                        .map(found -> Optional.of(found.orElseThrow(PlaceOrder::noSuchAddress)));
    }

    private Uni<Order> order(
            Caller caller, OrderRequest request, Map<String, Offer> offers, @Nullable PostalAddress address) {
        var lines = lines(request, offers);
        var taxable = lines.stream()
                .map(line -> new TaxableLine(
                        line.amount(),
                        Objects.requireNonNull(offers.get(Sku.key(line.sku()))).productType()))
                .toList();
        return taxes.of(caller.tenant(), request.destination(address), taxable)
                .onFailure(Problem.class)
                .transform(refused -> address == null ? refused : ofAddress(refused))
                .map(charged -> IntStream.range(0, lines.size())
                        .mapToObj(i -> lines.get(i).taxed(charged.get(i).orElse(null)))
                        .toList())
                .map(taxed -> place(caller, taxed));
    }

    private static List<OrderLine> lines(OrderRequest request, Map<String, Offer> offers) {
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
                        i, offer.productId(), offer.variantId(), offer.sku(), line.quantity(), offer.price(), null));
            }
        }
        throwIfAny(problem);
        if (lines.stream().anyMatch(line -> line.unitPrice().amount() > Money.MAX_AMOUNT / line.quantity())) {
            throw tooMuch();
        }
        return lines;
    }

    private Order place(Caller caller, List<OrderLine> lines) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is kept, and told ever after
        try {
            return Order.place(Ids.next(), caller.subject(), lines, now, deadlines.ofPlaced(now));
        } catch (ArithmeticException tooMuch) {
            throw tooMuch();
        }
    }

    /** What taxes have to know and the address does not say is to be said there: the request has no other place for it. */
    private static Problem ofAddress(Problem refused) {
        if (refused.errors().stream().noneMatch(error -> isShipTo(error.pointer()))) {
            return refused;
        }
        var problem = INVALID.because(refused.detail());
        for (var error : refused.errors()) {
            if (isShipTo(error.pointer())) {
                problem.at(
                        "/shippingAddressId",
                        "leads to an address that does not say enough: " + error.pointer() + " " + error.detail());
            } else {
                problem.with(error);
            }
        }
        return problem;
    }

    private static boolean isShipTo(@Nullable String pointer) {
        return pointer != null && (pointer.equals("/shipTo") || pointer.startsWith("/shipTo/"));
    }

    private static Problem noSuchAddress() {
        return INVALID.because("The order cannot be placed as it is")
                .at("/shippingAddressId", "is none of the customer's addresses");
    }

    private static Problem tooMuch() {
        return INVALID.because("The total is more than can be paid in one order")
                .at("/lines", "add up to too much");
    }

    private static void throwIfAny(Problem problem) {
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }
}
