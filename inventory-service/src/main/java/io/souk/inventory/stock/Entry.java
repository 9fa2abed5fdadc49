package io.souk.inventory.stock;

import io.souk.inventory.location.NamedLocation;
import io.souk.inventory.pack.Goods.Packed;
import org.jspecify.annotations.Nullable;

/**
 * By how much a line changes what is on hand of a level.
 *
 * @param field where the request says how much, as a JSON Pointer
 * @param quantity in units; never 0
 * @param said the packs that the line says; null when it says units
 */
record Entry(
        int line,
        StockKey key,
        NamedLocation location,
        MovementKind kind,
        long quantity,
        String field,
        @Nullable Packed said) {}
