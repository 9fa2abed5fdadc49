package io.souk.inventory.stock;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One line of the ledger; {@code bookingId} is the receipt, adjustment, transfer or count that it is a line of, or the
 * reservation that was shipped, whose {@code reference} is the order that it was for. Where packs were said they are told as
 * they were said, and how many units one was then.
 */
@Schema(name = "Movement")
record MovementView(
        UUID id,
        MovementKind kind,
        UUID variantId,
        String sku,
        String location,
        @Nullable String lot,
        long quantity,
        @Nullable AdjustmentReason reason,
        @Nullable String reference,
        UUID bookingId,
        int line,
        String bookedBy,
        Instant bookedAt,
        @Nullable String gtin,
        @Nullable Long packs,
        @Nullable Integer unitsPerPack) {}
