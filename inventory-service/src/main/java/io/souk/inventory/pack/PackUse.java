package io.souk.inventory.pack;

import io.smallrye.mutiny.Uni;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.tenant.Tx;

/** The feature that books under packs, and can tell whether it ever did under this one. */
public interface PackUse {
    Uni<Boolean> isBooked(Tx tx, Gtin gtin);
}
