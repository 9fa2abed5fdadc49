package io.souk.inventory.purchase;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.pack.FindGoods;
import io.souk.inventory.pack.NamedGoods;
import io.souk.inventory.supplier.FindSuppliers;
import io.souk.inventory.variant.AwaitVariants;
import io.souk.inventory.variant.UnknownVariants;
import io.souk.kit.http.Preconditions;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.CONFLICT;
import static io.souk.kit.problem.KitProblem.INVALID;

/** Places an order with a supplier, and says that no more is waited for. */
@ApplicationScoped
class SavePurchaseOrder {
    private final Transactions transactions;
    private final AwaitVariants awaitVariants;
    private final FindSuppliers findSuppliers;
    private final FindGoods findGoods;
    private final PurchaseOrderRepository orders;

    SavePurchaseOrder(
            Transactions transactions,
            AwaitVariants awaitVariants,
            FindSuppliers findSuppliers,
            FindGoods findGoods,
            PurchaseOrderRepository orders) {
        this.transactions = transactions;
        this.awaitVariants = awaitVariants;
        this.findSuppliers = findSuppliers;
        this.findGoods = findGoods;
        this.orders = orders;
    }

    /** Fails, naming the field, for a supplier, a variant or a pack that is not there, and for a number that the supplier has. */
    Uni<PurchaseOrder> place(TenantId tenant, PurchaseOrderRequest.Valid wanted) {
        return awaitVariants.in(() -> transactions.inTenant(
                tenant,
                tx -> findSuppliers
                        .held(tx, wanted.supplierId())
                        .invoke(supplier -> PurchaseTerms.requireActive(supplier, "/supplierId"))
                        .chain(() -> findGoods.named(
                                tx,
                                wanted.lines().stream().map(OrderedLine::amount).toList()))
                        .map(goods -> lines(wanted.lines(), goods))
                        .chain(lines -> insert(tx, wanted, lines))));
    }

    private Uni<PurchaseOrder> insert(Tx tx, PurchaseOrderRequest.Valid wanted, List<PurchaseOrder.Line> lines) {
        var id = Ids.next();
        return orders.insert(tx, id, wanted, lines)
                .invoke(placed -> {
                    if (!placed) {
                        throw CONFLICT.because("The supplier has an order " + wanted.number())
                                .at("/number", "is taken");
                    }
                })
                .chain(() -> find(tx, id));
    }

    private static List<PurchaseOrder.Line> lines(List<OrderedLine> asked, NamedGoods goods) {
        var fault = goods.faultOfPacks(asked, PurchaseOrderRequest.ORDERED);
        if (fault != null) {
            throw fault;
        }
        var unknown = asked.stream()
                .filter(line -> goods.find(line.amount()) == null)
                .map(OrderedLine::variantField)
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnknownVariants(unknown);
        }
        var twice = INVALID.because("Each variant is ordered once");
        var seen = new HashSet<UUID>();
        var lines = new ArrayList<PurchaseOrder.Line>(asked.size());
        for (var line : asked) {
            var wanted = goods.require(line.amount());
            if (!seen.add(wanted.variant().id())) {
                twice.at(line.variantField(), "is ordered by an earlier line");
            }
            lines.add(new PurchaseOrder.Line(
                    line.line(), wanted.variant().id(), wanted.variant().sku(), wanted.units(), line.unitCost(), 0));
        }
        if (!twice.errors().isEmpty()) {
            throw twice;
        }
        return lines;
    }

    /** What has not come will not. One that is closed already stays as it is. */
    Uni<PurchaseOrder> close(TenantId tenant, UUID id, long seen) {
        return transactions.inTenant(
                tenant,
                tx -> orders.lock(tx, id)
                        .map(found -> Problems.present(found, "purchase order"))
                        .invoke(order -> Preconditions.requireVersion(
                                seen, order.version(), "purchase order", () -> PurchaseOrderView.of(order)))
                        .chain(order -> order.isOpen()
                                ? orders.advance(tx, id, PurchaseOrderStatus.CLOSED)
                                        .chain(() -> find(tx, id))
                                : Uni.createFrom().item(order)));
    }

    private Uni<PurchaseOrder> find(Tx tx, UUID id) {
        return orders.find(tx, id).map(found -> Problems.present(found, "purchase order"));
    }
}
