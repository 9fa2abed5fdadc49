package io.souk.orders.reference;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.orders.price.FindVariants;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Goes over what a tenant's orders name of the catalogue, a bounded part with each call, while the shop is open. */
@ApplicationScoped
class VerifyReferences {
    /**
     * As a rule three questions to the catalogue; with a hundred lines each, a hundred, and 2,500 more where all were
     * deleted.
     */
    private static final int ORDERS_AT_ONCE = 25;

    private final Transactions transactions;
    private final ReferenceRepository references;
    private final FindVariants findVariants;

    VerifyReferences(Transactions transactions, ReferenceRepository references, FindVariants findVariants) {
        this.transactions = transactions;
        this.references = references;
        this.findVariants = findVariants;
    }

    /**
     * The part behind {@code cursor}, the first one without; {@code next} leads on until everything was seen. 503 when
     * the catalogue does not answer.
     *
     * @param authorization the header of the admin on whose behalf the catalogue is asked
     */
    Uni<ReferenceReport> verify(TenantId tenant, @Nullable String cursor, String authorization) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(tenant, tx -> references.next(tx, after, ORDERS_AT_ONCE))
                .chain(part -> {
                    var sold =
                            part.lines().stream().map(OrderedVariant::variant).toList();
                    return findVariants.existing(sold, authorization).map(existing -> {
                        var findings = part.lines().stream()
                                .filter(line ->
                                        !existing.contains(line.variant().variantId()))
                                .map(ReferenceFinding::of)
                                .toList();
                        return new ReferenceReport(
                                part.orders().size(), part.lines().size(), findings, part.confirmed(), next(part));
                    });
                });
    }

    private static @Nullable String next(ReferenceRepository.Part part) {
        return part.orders().size() < ORDERS_AT_ONCE
                ? null
                : Cursor.encode(part.orders().getLast());
    }
}
