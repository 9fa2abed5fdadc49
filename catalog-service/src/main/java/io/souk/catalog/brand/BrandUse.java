package io.souk.catalog.brand;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

import java.util.UUID;

/** A feature that refers to brands, and can tell whether it refers to this one. */
public interface BrandUse {
    Uni<Boolean> brandInUse(Tx tx, UUID brand);
}
