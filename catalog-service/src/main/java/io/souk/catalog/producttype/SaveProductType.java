package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.CatalogProblem;
import io.souk.kit.event.Change;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * Makes, edits and deletes a tenant's own product type, each with its event. A changed schema holds for every write from
 * then on; products that were written before stay as they are until they are edited.
 */
@ApplicationScoped
public class SaveProductType {
    private final Transactions transactions;
    private final FindProductTypes find;
    private final ProductTypeRepository types;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final ProductTypeUse use;

    SaveProductType(
            Transactions transactions,
            FindProductTypes find,
            ProductTypeRepository types,
            Outbox outbox,
            ObjectMapper json,
            ProductTypeUse use) {
        this.transactions = transactions;
        this.find = find;
        this.types = types;
        this.outbox = outbox;
        this.json = json;
        this.use = use;
    }

    /** 409 when the name is taken, by a shipped type too. */
    Uni<ProductType> create(TenantId tenant, ProductTypeRequest request) {
        var type = request.checked(Ids.next());
        if (find.isShipped(type.name())) {
            throw CatalogProblem.DUPLICATE_NAME
                    .because("A shipped product type has this name")
                    .at("/name", "belongs to a shipped product type");
        }
        return transactions
                .inTenant(tenant, tx -> types.insert(tx, type).chain(() -> outbox.append(tx, changed(null, type))))
                .replaceWith(type);
    }

    /** 412 when the type has moved on; nothing changed is no new version; the name stays. */
    Uni<ProductType> edit(TenantId tenant, UUID id, long seen, JsonNode patch) {
        return transactions.inTenant(
                tenant,
                tx -> locked(tx, id, seen).chain(before -> {
                    var wanted = patched(before, patch);
                    var after = before.edit(wanted.title(), wanted.schema());
                    return after.version() == before.version()
                            ? Uni.createFrom().item(before)
                            : types.update(tx, after)
                                    .chain(() -> outbox.append(tx, changed(before, after)))
                                    .replaceWith(after);
                }));
    }

    private ProductType patched(ProductType before, JsonNode patch) {
        var wanted = MergePatch.apply(json, ProductTypeRequest.of(before), patch, ProductTypeRequest.class)
                .checked(before.id());
        if (!wanted.name().equals(before.name())) {
            throw INVALID.because("Products refer to a type by its name").at("/name", "cannot be changed");
        }
        return wanted;
    }

    /** 409 while products are of this type. */
    Uni<Void> delete(TenantId tenant, UUID id, long seen) {
        return transactions.inTenant(
                tenant,
                tx -> locked(tx, id, seen)
                        .call(type -> refuseWhileUsed(tx, type.name()))
                        .call(type -> types.delete(tx, type.id()))
                        .chain(type -> outbox.append(
                                tx, Change.deleted(CatalogAggregates.PRODUCT_TYPE, type.id(), type.version() + 1))));
    }

    private Uni<Void> refuseWhileUsed(Tx tx, String name) {
        return use.productTypeInUse(tx, name)
                .invoke(used -> {
                    if (used) {
                        throw CatalogProblem.IN_USE.because("Products are of this type");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<ProductType> locked(Tx tx, UUID id, long seen) {
        if (find.shipped(id) != null) {
            throw FORBIDDEN.because("A shipped product type cannot be changed; make one of your own");
        }
        return types.lock(tx, id)
                .map(found -> Problems.present(found, "product type"))
                .invoke(type -> Preconditions.requireVersion(
                        seen, type.version(), "product type", () -> ProductTypeView.of(type)));
    }

    private static Change changed(@Nullable ProductType before, ProductType after) {
        return Change.changed(
                CatalogAggregates.PRODUCT_TYPE, after.id(), after.version(), ProductTypeState.of(before, after));
    }
}
