package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Products from the tables, deleted ones left out. */
@ApplicationScoped
public class FindProducts {
    private final Transactions transactions;
    private final ProductRepository products;

    FindProducts(Transactions transactions, ProductRepository products) {
        this.transactions = transactions;
        this.products = products;
    }

    /** Locked until the transaction ends; 404 when there is none. */
    public Uni<Product> locked(Tx tx, UUID id) {
        return products.lock(tx, Set.of(id)).map(found -> Problems.present(found.get(id), "product"));
    }

    /** Those that are there, locked until the transaction ends. */
    public Uni<Map<UUID, Product>> lockedAll(Tx tx, Collection<UUID> ids) {
        return products.lock(tx, ids);
    }

    /** Kept from being changed until the transaction ends, though others may hold it too; 404 when there is none. */
    public Uni<Product> held(Tx tx, UUID id) {
        return products.hold(tx, Set.of(id)).map(found -> Problems.present(found.get(id), "product"));
    }

    /** As the tables have it now; null when there is none. */
    public Uni<@Nullable Product> find(TenantId tenant, UUID id) {
        return transactions
                .inTenant(tenant, tx -> products.list(tx, Set.of(id)))
                .map(stored -> stored.isEmpty() ? null : stored.getFirst().product());
    }

    /** 404 for a product that is not there, or that only the tenant's staff may see. */
    public Uni<Product> visible(TenantId tenant, UUID id, boolean unpublishedToo) {
        return find(tenant, id).map(found -> {
            var product = Problems.present(found, "product");
            boolean seen = unpublishedToo || product.status() == ProductStatus.PUBLISHED;
            return Problems.present(seen ? product : null, "product");
        });
    }

    /** The products that have these SKU keys. */
    public Uni<Map<String, UUID>> idsBySku(TenantId tenant, Collection<String> keys) {
        return transactions.inTenant(tenant, tx -> products.ownersOfSkus(tx, keys));
    }

    /** The products that have these GTINs of 14 digits. */
    public Uni<Map<String, UUID>> idsByGtin(TenantId tenant, Collection<String> gtins) {
        return transactions.inTenant(tenant, tx -> products.ownersOfGtins(tx, gtins));
    }

    /** At most {@code rows} ids of products in these states, in the order of their making, after an id. */
    public Uni<List<UUID>> page(TenantId tenant, Set<ProductStatus> statuses, UUID after, int rows) {
        return transactions.inTenant(tenant, tx -> products.page(tx, statuses, after, rows));
    }
}
