package io.souk.orders.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order as its customer sees it. */
@Schema(name = "Order")
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
        UUID id,
        long version,
        OrderStatus status,
        List<Line> lines,
        Money total,

        @Schema(description = "The lines that could not be served, when the order was rejected.")
        List<Refusal> refused,

        @Schema(description = "Why the order ended without a confirmation.") @Nullable
        String reason,

        Instant placedAt,
        Instant updatedAt,

        @Schema(description = "What happened and when, oldest first.") @Nullable
        List<OrderStep> timeline) {

    /** A line of an order. */
    @Schema(name = "OrderLine")
    @RegisterForReflection
    public record Line(
            int line, UUID productId, UUID variantId, String sku, int quantity, Money unitPrice, Money total) {}

    /** The order alone, as lists show it. */
    public static OrderView of(Order order) {
        return of(order, null);
    }

    public static OrderView of(FindOrders.Found found) {
        return of(found.order(), found.steps());
    }

    private static OrderView of(Order order, @Nullable List<OrderStep> timeline) {
        var state = StateSummary.of(order.state());
        return new OrderView(
                order.id(),
                order.version(),
                state.status(),
                order.lines().stream().map(OrderView::line).toList(),
                order.total(),
                state.refused(),
                state.reason(),
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
                line.total());
    }
}
