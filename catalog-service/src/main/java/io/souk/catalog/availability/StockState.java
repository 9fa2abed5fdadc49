package io.souk.catalog.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** What the catalogue reads of {@code souk.inventory.stock.changed.v1}. */
@RegisterForReflection
record StockState(
        @Nullable UUID variantId,
        @Nullable Long onHand,
        @Nullable Long available) {}
