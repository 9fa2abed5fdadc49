package io.souk.inventory.stock;

import io.souk.inventory.location.LocationCode;
import io.souk.kit.sku.Sku;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** One line of a receipt; it names its variant by SKU or by id. */
record ReceiptLine(int line, @Nullable Sku sku, @Nullable UUID variantId, long quantity, String location) {

    static ReceiptLine of(int line, ReceiptRequest.Line asked) {
        return new ReceiptLine(
                line,
                asked.sku() == null ? null : new Sku(asked.sku()),
                asked.variantId(),
                asked.quantity() == null ? 0 : asked.quantity(),
                asked.location() == null ? LocationCode.MAIN : asked.location());
    }

    /** Where in the request it names its variant. */
    String pointer() {
        return "/lines/" + line + (sku == null ? "/variantId" : "/sku");
    }
}
