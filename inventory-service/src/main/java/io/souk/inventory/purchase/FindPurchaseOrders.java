package io.souk.inventory.purchase;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Looks purchase orders up. */
@ApplicationScoped
class FindPurchaseOrders {
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final Transactions transactions;
    private final PurchaseOrderRepository orders;

    FindPurchaseOrders(Transactions transactions, PurchaseOrderRepository orders) {
        this.transactions = transactions;
        this.orders = orders;
    }

    /** 404 when there is none. */
    Uni<PurchaseOrder> one(TenantId tenant, UUID id) {
        return transactions
                .inTenant(tenant, tx -> orders.find(tx, id))
                .map(found -> Problems.present(found, "purchase order"));
    }

    /** Newest first; of one supplier, or of all for null. */
    Uni<Page<PurchaseOrder>> list(TenantId tenant, @Nullable UUID ofSupplier, Limit limit, @Nullable String cursor) {
        var before = cursor == null ? AFTER_ALL : Cursor.id(Cursor.decode(cursor, 1), 0);
        return transactions
                .inTenant(tenant, tx -> orders.list(tx, ofSupplier, before, limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())));
    }
}
