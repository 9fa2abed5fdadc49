package io.souk.inventory.purchase;

import io.souk.inventory.supplier.Supplier;
import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.UUID;

import static io.souk.inventory.InventoryProblem.UNKNOWN_SUPPLIER;

/**
 * Of whom goods were bought that arrive: by an order, which knows its days, or without one.
 *
 * @param orderId the purchase order that they come of
 * @param orderedOn without an order: when they were asked for
 * @param expectedOn without an order: when they should have been here
 */
@Schema(name = "ReceiptPurchase")
public record PurchaseTerms(
        @Nullable UUID supplierId,
        @Nullable UUID orderId,
        @Nullable LocalDate orderedOn,
        @Nullable LocalDate expectedOn) {
    static final String FIELD = "/purchase";

    /** Adds what is wrong with them to the problem. */
    public void check(Problem problem) {
        if (supplierId == null) {
            problem.at(FIELD + "/supplierId", "is missing");
        }
        if (orderId != null && (orderedOn != null || expectedOn != null)) {
            problem.at(FIELD + (orderedOn != null ? "/orderedOn" : "/expectedOn"), "is told by the order");
        }
        Dates.check(orderedOn, expectedOn, FIELD, problem);
    }

    static void requireActive(@Nullable Supplier supplier, String field) {
        if (supplier == null || !supplier.isActive()) {
            throw UNKNOWN_SUPPLIER
                    .because("The tenant buys of no such supplier")
                    .at(field, supplier == null ? "is not a supplier's id" : "is of an archived supplier");
        }
    }
}
