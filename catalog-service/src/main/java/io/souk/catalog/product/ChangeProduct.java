package io.souk.catalog.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.Now;
import io.souk.catalog.input.Faults;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Changes one product: edit, publish, archive, delete. Each takes the version that its caller has seen: 412, with the
 * present state, when the product has moved on; and makes no version when nothing changes.
 */
@ApplicationScoped
public class ChangeProduct {
    private final Transactions transactions;
    private final FindProducts find;
    private final CheckReferences references;
    private final SaveProducts save;
    private final ObjectMapper json;
    private final Now now;

    ChangeProduct(
            Transactions transactions,
            FindProducts find,
            CheckReferences references,
            SaveProducts save,
            ObjectMapper json,
            Now now) {
        this.transactions = transactions;
        this.find = find;
        this.references = references;
        this.save = save;
        this.json = json;
        this.now = now;
    }

    /** Applies a JSON Merge Patch to what people write; the result must keep every rule that a new product keeps. */
    public Uni<Product> edit(TenantId tenant, UUID id, long seen, JsonNode patch) {
        return transactions.inTenant(
                tenant, tx -> find.locked(tx, id).invoke(at(seen)).chain(before -> edit(tx, before, patch)));
    }

    private Uni<Product> edit(Tx tx, Product before, JsonNode patch) {
        var patched = patched(before, patch);
        var faults = new Faults();
        var content = ProductRules.content(patched, before.id(), before, faults);
        faults.refuse();
        var after = before.edit(content, now.instant());
        if (after.version() == before.version()) {
            return Uni.createFrom().item(before);
        }
        var candidate = new CheckReferences.Candidate(before.id(), content);
        return references
                .check(tx, List.of(candidate))
                .invoke(candidate::refuse)
                .chain(() -> save(tx, before, after));
    }

    private ProductRequest patched(Product before, JsonNode patch) {
        return MergePatch.apply(json, Editable.of(before.content()), patch, ProductRequest.class);
    }

    public Uni<Product> publish(TenantId tenant, UUID id, long seen) {
        return move(tenant, id, seen, product -> product.publish(now.instant()));
    }

    public Uni<Product> archive(TenantId tenant, UUID id, long seen) {
        return move(tenant, id, seen, product -> product.archive(now.instant()));
    }

    private Uni<Product> move(TenantId tenant, UUID id, long seen, Function<Product, Product> step) {
        return transactions.inTenant(
                tenant,
                tx -> find.locked(tx, id).invoke(at(seen)).chain(before -> save(tx, before, step.apply(before))));
    }

    private Uni<Product> save(Tx tx, Product before, Product after) {
        return save.save(tx, List.of(Revision.edited(before, after))).replaceWith(after);
    }

    /** Its SKUs and GTINs become free; the row stays and keeps its version. */
    public Uni<Void> delete(TenantId tenant, UUID id, long seen) {
        return transactions.inTenant(
                tenant,
                tx -> find.locked(tx, id)
                        .invoke(at(seen))
                        .chain(before -> save.save(tx, List.of(Revision.deleted(before)))));
    }

    private static Consumer<Product> at(long seen) {
        return product ->
                Preconditions.requireVersion(seen, product.version(), "product", () -> ProductView.of(product));
    }
}
