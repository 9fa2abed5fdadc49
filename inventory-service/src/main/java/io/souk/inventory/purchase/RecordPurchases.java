package io.souk.inventory.purchase;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.supplier.FindSuppliers;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.CONFLICT;
import static io.souk.kit.problem.KitProblem.INVALID;

/** Makes purchases of a receipt's lines, in the receipt's transaction. */
@ApplicationScoped
public class RecordPurchases {
    private final FindSuppliers findSuppliers;
    private final PurchaseOrderRepository orders;
    private final PurchaseRepository purchases;

    RecordPurchases(FindSuppliers findSuppliers, PurchaseOrderRepository orders, PurchaseRepository purchases) {
        this.findSuppliers = findSuppliers;
        this.orders = orders;
        this.purchases = purchases;
    }

    /** Terms whose supplier is there, and whose order is open and locked. */
    public static final class Admitted {
        private final UUID supplier;
        private final @Nullable PurchaseOrder order;
        private final @Nullable LocalDate orderedOn;
        private final @Nullable LocalDate expectedOn;

        private Admitted(PurchaseTerms terms, @Nullable PurchaseOrder order) {
            this.supplier = Objects.requireNonNull(terms.supplierId());
            this.order = order;
            this.orderedOn = order == null ? terms.orderedOn() : order.orderedOn();
            this.expectedOn = order == null ? terms.expectedOn() : order.expectedOn();
        }

        UUID supplier() {
            return supplier;
        }

        @Nullable
        UUID order() {
            return order == null ? null : order.id();
        }

        @Nullable
        LocalDate orderedOn() {
            return orderedOn;
        }

        @Nullable
        LocalDate expectedOn() {
            return expectedOn;
        }

        /** What a unit of the variant costs: as the receipt says, else as the order does; null where neither says it. */
        public @Nullable Money unitCost(UUID variant, @Nullable Money said) {
            return said != null || order == null ? said : order.unitCost(variant);
        }

        private Bought priced(Bought bought) {
            return bought.costing(unitCost(bought.variant().id(), bought.unitCost()));
        }
    }

    /** To be called before stock is locked. Fails naming what is not there, or closed. */
    public Uni<Admitted> admit(Tx tx, PurchaseTerms terms) {
        var supplier = Objects.requireNonNull(terms.supplierId());
        return findSuppliers
                .held(tx, supplier)
                .invoke(found -> PurchaseTerms.requireActive(found, PurchaseTerms.FIELD + "/supplierId"))
                .chain(() -> terms.orderId() == null
                        ? Uni.createFrom().item(new Admitted(terms, null))
                        : orders.lock(tx, terms.orderId())
                                .map(order -> new Admitted(terms, requireOpen(order, supplier))));
    }

    private static PurchaseOrder requireOpen(@Nullable PurchaseOrder order, UUID supplier) {
        var field = PurchaseTerms.FIELD + "/orderId";
        if (order == null || !order.supplierId().equals(supplier)) {
            throw INVALID.because("Goods come of an order with their supplier").at(field, "is no order with it");
        }
        if (!order.isOpen()) {
            throw CONFLICT.because("No more is waited for of the order").at(field, "is closed");
        }
        return order;
    }

    /** Whether a purchase of the variant by these terms was booked by the transaction that began at {@code at}. */
    public Uni<Boolean> isRecorded(Tx tx, PurchaseTerms terms, UUID variant, Instant at) {
        return purchases.isBooked(tx, Objects.requireNonNull(terms.supplierId()), terms.orderId(), variant, at);
    }

    /** Once the receipt is booked. */
    public Uni<Void> record(Tx tx, UUID receipt, Admitted admitted, List<Bought> lines) {
        @Nullable UUID order = admitted.order();
        return purchases
                .insert(
                        tx,
                        receipt,
                        admitted,
                        lines.stream().map(admitted::priced).toList())
                .chain(() -> order == null
                        ? Uni.createFrom().voidItem()
                        : orders.advance(tx, order, PurchaseOrderStatus.OPEN));
    }
}
