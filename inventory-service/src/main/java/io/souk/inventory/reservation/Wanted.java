package io.souk.inventory.reservation;

import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Need;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A cart that takes part in its batch.
 *
 * @param needs its lines as variants and locations
 * @param replaced what makes room for it, locked and open; null for nothing
 */
record Wanted(Cart cart, List<Need> needs, @Nullable Replaced replaced) {
    record Replaced(Reservation reservation, List<Hold> holds) {}

    /** What it makes free if it is served. */
    List<Hold> giving() {
        return replaced == null ? List.of() : replaced.holds();
    }
}
