package io.souk.orders.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import io.souk.orders.customer.PostalAddress;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** An order as its customer sees it; the shop's admin sees whose it is, too. */
@Schema(name = "Order")
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
        UUID id,
        long version,
        OrderStatus status,

        @Schema(
                description =
                        "Who placed it, as `GET /v1/customers/{id}` knows them. Shown to the shop's admin when the order is read; missing where"
                                + " they have not become a customer, or were erased.")
        @Nullable
        UUID customerId,

        @Schema(
                description =
                        "The customer's address that was named, as it was then. Shown to the customer and the shop's admin when the"
                                + " order is read; not in the 202 that places it.")
        @Nullable
        PostalAddress shippingAddress,

        List<Line> lines,

        @Schema(description = "What is charged: the lines' `total`s together.")
        Money total,

        Totals totals,

        @Schema(
                description =
                        "The lines that could not be served, when the order was rejected. `reason` says why no more was `available`: TOO_FEW,"
                                + " that was all; SCATTERED, it was all in as many lots and locations as one line is served from, and there"
                                + " may be more, for another order. It is null where it was not kept.")
        List<Refusal> refused,

        @Schema(description = "Why the order ended without a confirmation.") @Nullable
        String reason,

        @Schema(
                description =
                        "How its goods were sent, once they are on their way. The tracking number is shown to whom the address is.")
        @Nullable
        Sent fulfilment,

        Instant placedAt,
        Instant updatedAt,

        @Schema(description = "What happened and when, oldest first.") @Nullable
        List<OrderStep> timeline) {

    /** A line of an order. */
    @Schema(name = "OrderLine")
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            int line,
            UUID productId,
            UUID variantId,
            String sku,
            int quantity,
            Money unitPrice,

            @Schema(description = "`quantity` times `unitPrice`")
            Money amount,

            @Schema(description = "Missing when the line bears none.") @Nullable
            TaxView tax,

            @Schema(description = "`amount`, and the tax that is not in it.")
            Money total) {}

    /** How an order's goods were sent, as far as the shop says it. */
    @Schema(name = "Fulfilment")
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sent(@Nullable String carrier, @Nullable String trackingNumber) {
        static @Nullable Sent of(@Nullable Fulfilment fulfilment) {
            return fulfilment == null ? null : new Sent(fulfilment.carrier(), fulfilment.trackingNumber());
        }
    }

    /** How the total came about. */
    @Schema(name = "OrderTotals")
    @RegisterForReflection
    public record Totals(
            @Schema(description = "The lines' `amount`s together.")
            Money amount,

            @Schema(
                    description =
                            "The lines' taxes that were added to them. With `amount`, this is the order's `total`.")
            Money taxAdded,

            @Schema(description = "The lines' taxes that are in their `amount`s already.")
            Money taxIncluded) {}

    /** The order alone, as answers tell it that are kept: not whose it is. */
    public static OrderView of(Order order) {
        return of(new FindOrders.Seen(order, null));
    }

    /** As lists show it. */
    static OrderView of(FindOrders.Seen seen) {
        return of(seen, null);
    }

    public static OrderView of(FindOrders.Found found) {
        return of(found.seen(), found.steps());
    }

    private static OrderView of(FindOrders.Seen seen, @Nullable List<OrderStep> timeline) {
        var order = seen.order();
        var state = StateSummary.of(order.state());
        return new OrderView(
                order.id(),
                order.version(),
                state.status(),
                seen.customerId(),
                order.shippingAddress(),
                order.lines().stream().map(OrderView::line).toList(),
                order.total(),
                totals(order),
                state.refused(),
                state.reason(),
                Sent.of(state.fulfilment()),
                order.placedAt(),
                order.updatedAt(),
                timeline);
    }

    private static Line line(OrderLine line) {
        return new Line(
                line.line(),
                line.productId(),
                line.variantId(),
                line.sku(),
                line.quantity(),
                line.unitPrice(),
                line.amount(),
                TaxView.of(line.tax()),
                line.total());
    }

    private static Totals totals(Order order) {
        return new Totals(
                sum(order, OrderLine::amount),
                sum(order, line -> tax(line, false)),
                sum(order, line -> tax(line, true)));
    }

    private static Money tax(OrderLine line, boolean inclusive) {
        var tax = line.tax();
        return tax != null && tax.rate().inclusive() == inclusive
                ? tax.amount()
                : new Money(0, line.unitPrice().currency());
    }

    private static Money sum(Order order, Function<OrderLine, Money> part) {
        return order.lines().stream().map(part).reduce(Money::plus).orElseThrow();
    }
}
