package io.souk.inventory.purchase;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** {@code received} is what has come of a line so far, in units. */
@RegisterForReflection
@Schema(name = "PurchaseOrder")
record PurchaseOrderView(
        UUID id,
        UUID supplierId,
        String number,
        LocalDate orderedOn,
        LocalDate expectedOn,
        PurchaseOrderStatus status,
        List<Line> lines,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    @RegisterForReflection
    @Schema(name = "PurchaseOrderLine")
    record Line(int line, UUID variantId, String sku, long quantity, Money unitCost, long received) {
        static Line of(PurchaseOrder.Line line) {
            return new Line(
                    line.line(), line.variantId(), line.sku(), line.quantity(), line.unitCost(), line.received());
        }
    }

    static PurchaseOrderView of(PurchaseOrder order) {
        return new PurchaseOrderView(
                order.id(),
                order.supplierId(),
                order.number(),
                order.orderedOn(),
                order.expectedOn(),
                order.status(),
                order.lines().stream().map(Line::of).toList(),
                order.version(),
                order.createdAt(),
                order.updatedAt());
    }
}
