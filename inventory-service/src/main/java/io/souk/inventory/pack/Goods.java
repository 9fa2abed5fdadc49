package io.souk.inventory.pack;

import io.souk.inventory.variant.Variant;
import io.souk.kit.gtin.Gtin;
import org.jspecify.annotations.Nullable;

/**
 * So many units of a variant.
 *
 * @param said the packs that they were said as; null when they were said as units
 */
public record Goods(Variant variant, long units, @Nullable Packed said) {

    /**
     * Packs as they were said.
     *
     * @param unitsPerPack what one was when it was said
     */
    public record Packed(Gtin gtin, long packs, int unitsPerPack) {}
}
