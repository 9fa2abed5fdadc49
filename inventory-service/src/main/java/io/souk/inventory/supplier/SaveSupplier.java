package io.souk.inventory.supplier;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

import static io.souk.inventory.InventoryProblem.SUPPLIER_CODE_TAKEN;
import static io.souk.kit.problem.KitProblem.INVALID;

/** Makes a supplier, and says what it is now. */
@ApplicationScoped
class SaveSupplier {
    private final Transactions transactions;
    private final SupplierRepository suppliers;

    SaveSupplier(Transactions transactions, SupplierRepository suppliers) {
        this.transactions = transactions;
        this.suppliers = suppliers;
    }

    /** Fails with {@code SUPPLIER_CODE_TAKEN} when the tenant has one with this code. */
    Uni<Supplier> create(TenantId tenant, SupplierRequest.Valid wanted) {
        return transactions
                .inTenant(tenant, tx -> suppliers.insert(tx, Ids.next(), wanted))
                .map(created -> {
                    if (created == null) {
                        throw SUPPLIER_CODE_TAKEN
                                .because("A supplier " + wanted.code() + " exists")
                                .at("/code", "is taken");
                    }
                    return created;
                });
    }

    /** The same once more is no new version. 412 with the present supplier when it is not at the version seen. */
    Uni<Supplier> change(TenantId tenant, UUID id, long seen, SupplierRequest.Valid wanted) {
        return transactions.inTenant(
                tenant,
                tx -> suppliers
                        .lock(tx, id)
                        .map(found -> Problems.present(found, "supplier"))
                        .invoke(before -> Preconditions.requireVersion(
                                seen, before.version(), "supplier", () -> SupplierView.of(before)))
                        .invoke(before -> requireCode(before, wanted))
                        .chain(before ->
                                wanted.is(before) ? Uni.createFrom().item(before) : suppliers.update(tx, id, wanted)));
    }

    private static void requireCode(Supplier before, SupplierRequest.Valid wanted) {
        if (!before.code().equals(wanted.code())) {
            throw INVALID.because("A supplier keeps its code").at("/code", "is not " + before.code());
        }
    }
}
