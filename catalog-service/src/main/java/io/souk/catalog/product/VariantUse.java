package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What there is of variants, so that they cannot be deleted. Features that come after this one know it. */
public interface VariantUse {
    /**
     * What there is of one.
     *
     * @param units on hand, free or reserved, as far as is known
     * @param doubted whether that is not certain: there may be other units, or none
     */
    record Use(long units, boolean doubted) {}

    /**
     * Of each variant of which units are on hand, or may be. The levels that are known stay as they are until the transaction ends;
     * one that is told for the first time meanwhile is not waited for.
     */
    Uni<Map<UUID, Use>> of(Tx tx, Collection<UUID> variants);
}
