package io.souk.orders.tax;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * Says what taxes an order bears. A bean of this type takes the place of the shop's own table of rates. Asked before the
 * order is stored and outside of any transaction; must not block, and sets its own time limit.
 */
public interface TaxProvider {
    /**
     * One entry for each line, in their order; empty for a line that bears no tax. Fails with a problem that names
     * {@code /shipTo} or a field of it when it has to know more of where the order goes.
     */
    Uni<List<Optional<LineTax>>> taxes(TenantId tenant, @Nullable Destination shipTo, List<TaxableLine> lines);
}
