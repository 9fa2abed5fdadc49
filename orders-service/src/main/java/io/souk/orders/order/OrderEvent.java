package io.souk.orders.order;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What other services learn of an order: its full state, and nothing about the person who placed it.
 *
 * @param replaces the reservation whose place the order takes, found to be its customer's; null for none
 */
@RegisterForReflection
public record OrderEvent(
        UUID id,
        long version,
        OrderStatus status,
        List<Line> lines,
        Money total,
        @Nullable UUID reservationId,
        @Nullable UUID replaces,
        List<Refusal> refused,
        @Nullable String reason,
        Instant placedAt,
        List<String> changed) {
    public static final AggregateType ORDER = new AggregateType("orders", "order");

    /** A line of the order; without a tax when it bears none. */
    @RegisterForReflection
    public record Line(
            int line,
            UUID productId,
            UUID variantId,
            String sku,
            int quantity,
            Money unitPrice,
            @Nullable TaxView tax) {}

    static Change placed(Order order) {
        var told = new ArrayList<>(List.of("status", "lines", "total", "refused", "placedAt"));
        name(told, "replaces", null, order.replaces());
        return of(order, told);
    }

    static Change changed(Order before, Order after) {
        return of(after, moved(StateSummary.of(before.state()), StateSummary.of(after.state())));
    }

    /** The order's present version once more. */
    static Change again(Order order) {
        return of(order, List.of());
    }

    /** What is ordered stays as it is: only where the order stands moves, or what is not told. */
    private static List<String> moved(StateSummary before, StateSummary after) {
        var changed = new ArrayList<String>();
        name(changed, "status", before.status(), after.status());
        name(changed, "reservationId", before.reservation(), after.reservation());
        name(changed, "refused", before.refused(), after.refused());
        name(changed, "reason", before.reason(), after.reason());
        return changed;
    }

    private static void name(List<String> changed, String member, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changed.add(member);
        }
    }

    private static Change of(Order order, List<String> changed) {
        var summary = StateSummary.of(order.state());
        var event = new OrderEvent(
                order.id(),
                order.version(),
                order.status(),
                order.lines().stream().map(OrderEvent::line).toList(),
                order.total(),
                summary.reservation(),
                order.replaces(),
                summary.refused(),
                summary.reason(),
                order.placedAt(),
                changed);
        return Change.changed(ORDER, order.id(), order.version(), event);
    }

    private static Line line(OrderLine line) {
        return new Line(
                line.line(),
                line.productId(),
                line.variantId(),
                line.sku(),
                line.quantity(),
                line.unitPrice(),
                TaxView.of(line.tax()));
    }
}
