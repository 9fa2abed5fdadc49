package io.souk.inventory.pack;

import io.souk.inventory.variant.VariantName;
import io.souk.kit.gtin.Gtin;

/** How much of what, in the words of a request: units of a variant, or packs by their GTIN. */
public sealed interface Amount {
    /** The field that says of what. */
    String nameField();

    /** The field that says how much. */
    String sizeField();

    record OfVariant(VariantName variant, long units, String sizeField) implements Amount {
        @Override
        public String nameField() {
            return variant.field();
        }
    }

    record OfPack(Gtin gtin, long packs) implements Amount {
        @Override
        public String nameField() {
            return "gtin";
        }

        @Override
        public String sizeField() {
            return "packs";
        }
    }
}
