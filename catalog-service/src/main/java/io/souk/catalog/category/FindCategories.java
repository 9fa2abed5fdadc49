package io.souk.catalog.category;

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

/** Categories from the table, deleted ones left out. */
@ApplicationScoped
public class FindCategories {
    private final Transactions transactions;
    private final CategoryRepository categories;

    FindCategories(Transactions transactions, CategoryRepository categories) {
        this.transactions = transactions;
        this.categories = categories;
    }

    /** Those of the ids that are categories; they cannot be deleted before this transaction ends. */
    public Uni<Set<UUID>> existing(Tx tx, Collection<UUID> ids) {
        return categories.hold(tx, ids);
    }

    Uni<Category> one(TenantId tenant, UUID id) {
        return transactions
                .inTenant(tenant, tx -> categories.find(tx, id))
                .map(found -> Problems.present(found, "category"));
    }

    Uni<Page<Category>> page(TenantId tenant, @Nullable String cursor, Limit limit) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(tenant, tx -> categories.page(tx, after, limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())));
    }
}
