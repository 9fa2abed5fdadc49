package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.verify.ReferenceRepository.Seen;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Goes over what a tenant's inventory names of the catalogue, a bounded part with each call, while the shop is open. */
@ApplicationScoped
class VerifyReferences {
    private final Transactions transactions;
    private final ReferenceRepository references;

    VerifyReferences(Transactions transactions, ReferenceRepository references) {
        this.transactions = transactions;
        this.references = references;
    }

    /** The part behind {@code cursor}, the first one without; {@code next} leads on until everything was seen. */
    Uni<ReferenceReport> verify(TenantId tenant, @Nullable String cursor) {
        var place = Place.of(cursor, Referrer.class);
        return transactions
                .inTenant(tenant, tx -> references.next(tx, place.part(), place.after()))
                .map(seen -> report(place.part(), seen));
    }

    private static ReferenceReport report(Referrer referrer, List<Seen> seen) {
        var findings = seen.stream()
                .filter(Seen::missing)
                .map(one -> ReferenceFinding.noVariant(one.id(), one.sku(), referrer.missing(one)))
                .toList();
        int referrers = (int) seen.stream().map(Seen::id).distinct().count();
        var next = referrers < referrer.atOnce()
                ? first(referrer.next())
                : Place.behind(referrer, seen.getLast().id());
        return new ReferenceReport(referrers, findings, next);
    }

    private static @Nullable String first(@Nullable Referrer referrer) {
        return referrer == null ? null : Place.first(referrer);
    }
}
