package io.souk.inventory.stock;

import io.souk.kit.id.Ids;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What a booking is written under.
 *
 * @param id of the booking; its movements name it as their cause
 * @param bookedBy the subject of the token
 * @param reason of an adjustment
 * @param reference the caller's own
 */
record Paper(
        UUID id,
        String bookedBy,
        @Nullable AdjustmentReason reason,
        @Nullable String reference) {
    static final int MAX_REFERENCE = 200;

    static Paper of(String bookedBy, @Nullable String reference) {
        return new Paper(Ids.next(), bookedBy, null, reference);
    }

    static Paper because(AdjustmentReason reason, String bookedBy, @Nullable String reference) {
        return new Paper(Ids.next(), bookedBy, reason, reference);
    }
}
