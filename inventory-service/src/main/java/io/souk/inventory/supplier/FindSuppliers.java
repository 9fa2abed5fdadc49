package io.souk.inventory.supplier;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Looks suppliers up. */
@ApplicationScoped
public class FindSuppliers {
    private static final String BEFORE_ALL = "";

    private final Transactions transactions;
    private final SupplierRepository suppliers;

    FindSuppliers(Transactions transactions, SupplierRepository suppliers) {
        this.transactions = transactions;
        this.suppliers = suppliers;
    }

    /** Nobody changes it before the transaction ends; null when there is none. */
    public Uni<@Nullable Supplier> held(Tx tx, UUID id) {
        return suppliers.hold(tx, id);
    }

    /** 404 when there is none. */
    public Uni<Supplier> one(Tx tx, UUID id) {
        return suppliers.find(tx, id).map(found -> Problems.present(found, "supplier"));
    }

    Uni<Supplier> one(TenantId tenant, UUID id) {
        return transactions.inTenant(tenant, tx -> one(tx, id));
    }

    /** By code. */
    Uni<Page<Supplier>> list(TenantId tenant, Limit limit, @Nullable String cursor) {
        var after = cursor == null ? BEFORE_ALL : Cursor.text(Cursor.decode(cursor, 1), 0);
        return transactions
                .inTenant(tenant, tx -> suppliers.listAfter(tx, after, limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.code())));
    }
}
