package io.souk.inventory.stock;

import io.souk.inventory.location.LocationCode;
import io.souk.inventory.variant.VariantName;

/** One line of a receipt. */
record ReceiptLine(int line, VariantName variant, long quantity, String location) {

    static ReceiptLine of(int line, ReceiptRequest.Line asked) {
        return new ReceiptLine(
                line,
                VariantName.of(asked.sku(), asked.variantId()),
                asked.quantity() == null ? 0 : asked.quantity(),
                asked.location() == null ? LocationCode.MAIN : asked.location());
    }

    /** Where in the request it names its variant. */
    String pointer() {
        return "/lines/" + line + "/" + variant.field();
    }
}
