package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.Now;
import io.souk.catalog.input.Faults;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Makes a product, as a draft. */
@ApplicationScoped
public class CreateProduct {
    private final Transactions transactions;
    private final CheckReferences references;
    private final SaveProducts save;
    private final Now now;

    CreateProduct(Transactions transactions, CheckReferences references, SaveProducts save, Now now) {
        this.transactions = transactions;
        this.references = references;
        this.save = save;
        this.now = now;
    }

    /** The draft, at version 1. 422 for what breaks a rule, 409 for a SKU, GTIN or slug that another product has. */
    public Uni<Product> create(TenantId tenant, ProductRequest request) {
        var id = Ids.next();
        var faults = new Faults();
        var content = ProductRules.content(request, id, null, faults);
        faults.refuse();
        return transactions.inTenant(tenant, tx -> insert(tx, Product.draft(id, content, now.instant())));
    }

    private Uni<Product> insert(Tx tx, Product draft) {
        var candidate = new CheckReferences.Candidate(draft.id(), draft.content());
        return references
                .check(tx, List.of(candidate))
                .invoke(candidate::refuse)
                .chain(() -> save.save(tx, List.of(Revision.created(draft))))
                .replaceWith(draft);
    }
}
