package io.souk.orders.tax;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Taxes by the shop's own table of rates; a shop without one charges none. */
@ApplicationScoped
class RateTable {
    private final Transactions transactions;
    private final TaxRepository taxes;

    RateTable(Transactions transactions, TaxRepository taxes) {
        this.transactions = transactions;
        this.taxes = taxes;
    }

    /**
     * One entry for each line, in their order; empty for a line that bears no tax. {@code INVALID} when it has to be known
     * better where the order goes.
     */
    Uni<List<Optional<LineTax>>> taxes(TenantId tenant, @Nullable Destination shipTo, List<TaxableLine> lines) {
        return transactions.inTenant(tenant, taxes::find).map(table -> {
            if (table.rates().isEmpty()) {
                return lines.stream().map(_ -> Optional.<LineTax>empty()).toList();
            }
            if (shipTo == null) {
                throw INVALID.because("The taxes depend on where the order goes")
                        .at("/shipTo", "is required");
            }
            if (shipTo.region() == null && table.dependsOnRegion(shipTo.country())) {
                throw INVALID.because("The taxes of " + shipTo.country() + " depend on the region")
                        .at("/shipTo/region", "is required");
            }
            return lines.stream()
                    .map(line -> table.rate(shipTo, line.category()).map(rate -> rate.of(line.amount())))
                    .toList();
        });
    }
}
