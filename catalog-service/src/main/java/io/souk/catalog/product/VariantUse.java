package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What there is of variants, so that they cannot be deleted. Features that come after this one know it. */
public interface VariantUse {
    /** How many units of each are on hand, free or reserved, as far as is known; it stays so until the transaction ends. */
    Uni<Map<UUID, Long>> unitsOnHand(Tx tx, Collection<UUID> variants);
}
