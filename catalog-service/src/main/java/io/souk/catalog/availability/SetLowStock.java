package io.souk.catalog.availability;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.product.FindProducts;
import io.souk.catalog.product.Product;
import io.souk.kit.http.Preconditions;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Says for one variant from how many units down it is low. */
@ApplicationScoped
class SetLowStock {
    private final Transactions transactions;
    private final FindProducts products;
    private final LowStockRepository lowStock;
    private final RecountAvailability recount;

    SetLowStock(
            Transactions transactions,
            FindProducts products,
            LowStockRepository lowStock,
            RecountAvailability recount) {
        this.transactions = transactions;
        this.products = products;
        this.lowStock = lowStock;
        this.recount = recount;
    }

    /** 404 for a variant that the product does not have. */
    Uni<LowStock> find(TenantId tenant, UUID product, UUID variant) {
        return products.find(tenant, product)
                .invoke(found -> requireVariant(Problems.present(found, "product"), variant))
                .chain(() -> transactions.inTenant(tenant, tx -> lowStock.find(tx, variant)));
    }

    /**
     * What the product's availability says follows in the same transaction.
     *
     * @param seen the version that the caller has seen, 0 for none; 412 with the present one when it is another
     * @param units null for as many as the tenant says
     */
    Uni<LowStock> set(TenantId tenant, UUID product, UUID variant, long seen, @Nullable Long units) {
        return transactions.inTenant(
                tenant,
                tx -> products.locked(tx, product)
                        .invoke(found -> requireVariant(found, variant))
                        .chain(() -> lowStock.find(tx, variant))
                        .invoke(present -> Preconditions.requireVersion(
                                seen, present.version(), "low stock", () -> LowStockView.of(present)))
                        .chain(present -> present.version() > 0 && Objects.equals(present.own(), units)
                                ? Uni.createFrom().item(present)
                                : save(tx, product, variant, units)));
    }

    private Uni<LowStock> save(Tx tx, UUID product, UUID variant, @Nullable Long units) {
        return lowStock.save(tx, variant, units)
                .chain(() -> recount.of(tx, Set.of(product)))
                .chain(() -> lowStock.find(tx, variant));
    }

    private static void requireVariant(Product product, UUID variant) {
        boolean has =
                product.content().variants().stream().anyMatch(one -> one.id().equals(variant));
        Problems.present(has ? variant : null, "variant");
    }
}
