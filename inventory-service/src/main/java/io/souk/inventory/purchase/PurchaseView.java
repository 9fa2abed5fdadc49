package io.souk.inventory.purchase;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Goods that came of a supplier: a line of the receipt {@code receiptId}; of the order {@code orderId}, if there was one. */
@RegisterForReflection
@Schema(name = "Purchase")
record PurchaseView(
        UUID id,
        UUID receiptId,
        int line,
        @Nullable UUID orderId,
        UUID variantId,
        String sku,
        long quantity,
        @Nullable Money unitCost,
        @Nullable LocalDate orderedOn,
        @Nullable LocalDate expectedOn,
        LocalDate receivedOn,
        Instant bookedAt) {}
