package io.souk.orders.tax;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

import static io.souk.kit.problem.KitProblem.STALE_VERSION;

/** Reads and replaces a shop's table of rates. */
@ApplicationScoped
class SetTaxes {
    private final Transactions transactions;
    private final TaxRepository taxes;

    SetTaxes(Transactions transactions, TaxRepository taxes) {
        this.transactions = transactions;
        this.taxes = taxes;
    }

    Uni<TaxTable> find(TenantId tenant) {
        return transactions.inTenant(tenant, taxes::find);
    }

    /**
     * The new table, from the next order on; those that are placed keep their taxes. 412 when it is not at the version seen.
     *
     * @param seen 0 for a shop without a table
     */
    Uni<TaxTable> replace(TenantId tenant, long seen, List<TableRate> rates) {
        return transactions.inTenant(
                tenant,
                tx -> taxes.replace(tx, seen, rates)
                        .chain(replaced ->
                                replaced ? Uni.createFrom().item(new TaxTable(seen + 1, rates)) : stale(tx)));
    }

    private Uni<TaxTable> stale(Tx tx) {
        return taxes.find(tx).map(present -> {
            throw STALE_VERSION
                    .because("The table is at version " + present.version())
                    .with("current", TaxTableView.of(present));
        });
    }
}
