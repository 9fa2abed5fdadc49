package io.souk.inventory.reservation;

import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Need;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A cart that takes part in its batch.
 *
 * @param needs its lines as variants and locations
 * @param replaced what makes room for it, locked and open; null for nothing
 */
record Wanted(Cart cart, List<Need> needs, @Nullable Replaced replaced) {
    /** @param heldSince since when its owner holds something, by itself and by what it replaced */
    record Replaced(Reservation reservation, Instant heldSince, List<Hold> holds) {
        /** When a customer's next one in its place ends at the latest: who works for the tenant may have let it hold longer. */
        Instant endsBy(Duration longest) {
            var bound = heldSince.plus(longest);
            return bound.isBefore(reservation.expiresAt()) ? reservation.expiresAt() : bound;
        }
    }

    /** What it makes free if it is served. */
    List<Hold> giving() {
        return replaced == null ? List.of() : replaced.holds();
    }
}
