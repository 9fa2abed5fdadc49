package io.souk.catalog.brand;

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

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Brands from the table, deleted ones left out. */
@ApplicationScoped
public class FindBrands {
    private final Transactions transactions;
    private final BrandRepository brands;

    FindBrands(Transactions transactions, BrandRepository brands) {
        this.transactions = transactions;
        this.brands = brands;
    }

    /** Those of the ids that are brands; they cannot be deleted before this transaction ends. */
    public Uni<Set<UUID>> existing(Tx tx, Collection<UUID> ids) {
        return brands.hold(tx, ids);
    }

    Uni<Brand> one(TenantId tenant, UUID id) {
        return transactions.inTenant(tenant, tx -> brands.find(tx, id)).map(found -> Problems.present(found, "brand"));
    }

    Uni<Page<Brand>> page(TenantId tenant, @Nullable String cursor, Limit limit) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(tenant, tx -> brands.page(tx, after, limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())));
    }
}
