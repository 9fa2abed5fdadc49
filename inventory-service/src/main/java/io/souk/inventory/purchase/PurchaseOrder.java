package io.souk.inventory.purchase;

import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What a supplier was asked to send.
 *
 * @param number the shop's own; a supplier has it once
 * @param expectedOn the day on which all of it should be here
 */
record PurchaseOrder(
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
    PurchaseOrder {
        lines = List.copyOf(lines);
    }

    /**
     * So many units of a variant, which no other line has.
     *
     * @param received what has come of it, and perhaps more than was asked for
     */
    record Line(int line, UUID variantId, String sku, long quantity, Money unitCost, long received) {}

    boolean isOpen() {
        return status == PurchaseOrderStatus.OPEN;
    }

    /** What a unit of the variant was to cost; null for one that was not ordered. */
    @Nullable
    Money unitCost(UUID variant) {
        return lines.stream()
                .filter(line -> line.variantId().equals(variant))
                .findFirst()
                .map(Line::unitCost)
                .orElse(null);
    }
}
