package io.souk.catalog.brand;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.CatalogProblem;
import io.souk.kit.event.Change;
import io.souk.kit.http.Preconditions;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;

/** Makes, renames and deletes a brand, each with its event. */
@ApplicationScoped
public class SaveBrand {
    private final Transactions transactions;
    private final BrandRepository brands;
    private final Outbox outbox;
    private final BrandUse use;

    SaveBrand(Transactions transactions, BrandRepository brands, Outbox outbox, BrandUse use) {
        this.transactions = transactions;
        this.brands = brands;
        this.outbox = outbox;
        this.use = use;
    }

    /** 409 when another brand has the name. */
    Uni<Brand> create(TenantId tenant, String name) {
        var brand = new Brand(Ids.next(), 1, name);
        return transactions.inTenant(tenant, tx -> insert(tx, List.of(brand))).replaceWith(brand);
    }

    Uni<Void> insert(Tx tx, List<Brand> fresh) {
        return brands.insert(tx, fresh)
                .chain(() -> outbox.appendAll(
                        tx, fresh.stream().map(SaveBrand::changed).toList()));
    }

    /** 412 when the brand has moved on; the same name again is no new version. */
    Uni<Brand> rename(TenantId tenant, UUID id, long seen, String name) {
        return transactions.inTenant(tenant, tx -> locked(tx, id, seen).chain(before -> rename(tx, before, name)));
    }

    private Uni<Brand> rename(Tx tx, Brand before, String name) {
        var after = before.rename(name);
        return after.version() == before.version()
                ? Uni.createFrom().item(before)
                : brands.rename(tx, after)
                        .chain(() -> outbox.append(tx, changed(after)))
                        .replaceWith(after);
    }

    /** 409 while products have it. */
    Uni<Void> delete(TenantId tenant, UUID id, long seen) {
        return transactions.inTenant(
                tenant,
                tx -> locked(tx, id, seen)
                        .call(brand -> refuseWhileUsed(tx, brand))
                        .call(brand -> brands.delete(tx, brand.id()))
                        .chain(brand -> outbox.append(
                                tx, Change.deleted(CatalogAggregates.BRAND, brand.id(), brand.version() + 1))));
    }

    private Uni<Void> refuseWhileUsed(Tx tx, Brand brand) {
        return use.brandInUse(tx, brand.id())
                .invoke(used -> {
                    if (used) {
                        throw CatalogProblem.IN_USE.because("Products have this brand");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Brand> locked(Tx tx, UUID id, long seen) {
        return brands.lock(tx, id)
                .map(found -> Problems.present(found, "brand"))
                .invoke(brand ->
                        Preconditions.requireVersion(seen, brand.version(), "brand", () -> BrandView.of(brand)));
    }

    private static Change changed(Brand brand) {
        return Change.changed(CatalogAggregates.BRAND, brand.id(), brand.version(), BrandState.of(brand));
    }
}
