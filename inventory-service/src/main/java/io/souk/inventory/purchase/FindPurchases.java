package io.souk.inventory.purchase;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.supplier.FindSuppliers;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** What came of a supplier, and how well it does; 404 for one that is not there. */
@ApplicationScoped
class FindPurchases {
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final Transactions transactions;
    private final FindSuppliers findSuppliers;
    private final PurchaseRepository purchases;

    FindPurchases(Transactions transactions, FindSuppliers findSuppliers, PurchaseRepository purchases) {
        this.transactions = transactions;
        this.findSuppliers = findSuppliers;
        this.purchases = purchases;
    }

    /** Newest first. */
    Uni<Page<PurchaseView>> list(TenantId tenant, UUID supplier, Limit limit, @Nullable String cursor) {
        var before = cursor == null ? AFTER_ALL : Cursor.id(Cursor.decode(cursor, 1), 0);
        return transactions
                .inTenant(
                        tenant,
                        tx -> findSuppliers
                                .one(tx, supplier)
                                .chain(() -> purchases.list(tx, supplier, before, limit.probe())))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())));
    }

    /** Between two days, both included; of the year until {@code to}, or until today, for null. */
    Uni<PerformanceView> performance(TenantId tenant, UUID supplier, @Nullable LocalDate from, @Nullable LocalDate to) {
        requireDay("from", from);
        requireDay("to", to);
        if (from != null && to != null && to.isBefore(from)) {
            throw INVALID.because("The days end before they begin").parameter("to", "is before " + from);
        }
        return transactions.inTenant(
                tenant,
                tx -> findSuppliers.one(tx, supplier).chain(() -> purchases.performance(tx, supplier, from, to)));
    }

    private static void requireDay(String parameter, @Nullable LocalDate day) {
        if (day != null && !Dates.isKept(day)) {
            throw INVALID.because("No purchase has such a day").parameter(parameter, "is out of range");
        }
    }
}
