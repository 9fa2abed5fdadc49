package io.souk.inventory.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.UUID;

/** What was booked; {@code onHand} and {@code available} are the level's after the whole receipt. */
@RegisterForReflection
@Schema(name = "BookedReceipt")
record ReceiptView(UUID id, List<Line> lines) {

    @RegisterForReflection
    @Schema(name = "BookedReceiptLine")
    record Line(int line, UUID variantId, String sku, String location, long quantity, long onHand, long available) {}
}
