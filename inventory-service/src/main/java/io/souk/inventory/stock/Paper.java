package io.souk.inventory.stock;

import io.souk.inventory.location.Reach;
import io.souk.kit.id.Ids;
import io.souk.kit.token.Caller;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What a booking is written under.
 *
 * @param id of the booking; its movements name it as their cause
 * @param bookedBy the subject of the token
 * @param reason of an adjustment
 * @param reference the caller's own
 * @param reach whose stock it may change
 */
public record Paper(
        UUID id,
        String bookedBy,
        @Nullable AdjustmentReason reason,
        @Nullable String reference,
        Reach reach) {
    public static final int MAX_REFERENCE = 200;

    /** 403 for a merchant without a vendor. */
    public static Paper of(Caller caller, @Nullable String reference) {
        return new Paper(Ids.next(), caller.subject(), null, reference, Reach.of(caller));
    }

    public Paper because(AdjustmentReason why) {
        return new Paper(id, bookedBy, why, reference, reach);
    }
}
