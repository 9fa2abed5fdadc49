package io.souk.orders.tax;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * Says what taxes an order bears. A bean of this type, of which there may be one, takes the place of the shops' own tables of
 * rates. Asked before the order is stored and outside of any transaction, again for the same order if its customer comes
 * again; must not block. The caller sets the time limit ({@code souk.tax.time-limit}): with one that is late, fails or makes
 * no sense, no order is placed.
 */
public interface TaxProvider {
    /**
     * One entry for each line, in their order, in its currency and at most its amount; empty for a line that bears no tax. Fails
     * with {@code INVALID} naming {@code /shipTo} or a field of it when it has to know more of where the order goes. Any other
     * failure is the provider's own.
     */
    Uni<List<Optional<LineTax>>> taxes(TenantId tenant, @Nullable Destination shipTo, List<TaxableLine> lines);
}
