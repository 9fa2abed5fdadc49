package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.verify.ReferenceRepository.SeenPack;
import io.souk.kit.page.Cursor;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Goes over what a tenant's packs name of the catalogue, a bounded part with each call, while the shop is open. */
@ApplicationScoped
class VerifyReferences {
    private static final int PACKS_AT_ONCE = 500;

    private final Transactions transactions;
    private final ReferenceRepository references;

    VerifyReferences(Transactions transactions, ReferenceRepository references) {
        this.transactions = transactions;
        this.references = references;
    }

    /** The part behind {@code cursor}, the first one without; {@code next} leads on until everything was seen. */
    Uni<ReferenceReport> verify(TenantId tenant, @Nullable String cursor) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(tenant, tx -> references.next(tx, after, PACKS_AT_ONCE))
                .map(VerifyReferences::report);
    }

    private static ReferenceReport report(List<SeenPack> seen) {
        var findings = seen.stream()
                .filter(pack -> pack.used() && !pack.live())
                .map(pack -> ReferenceFinding.noVariant(pack.id(), pack.gtin(), pack.variantId(), pack.sku()))
                .toList();
        @Nullable
        String next = seen.size() < PACKS_AT_ONCE
                ? null
                : Cursor.encode(seen.getLast().id());
        return new ReferenceReport(seen.size(), findings, next);
    }
}
