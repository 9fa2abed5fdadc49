package io.souk.catalog.category;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

import java.util.UUID;

/** A feature that refers to categories, and can tell whether it refers to this one. */
public interface CategoryUse {
    Uni<Boolean> categoryInUse(Tx tx, UUID category);
}
