package io.souk.inventory.reservation;

import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Need;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A cart that takes part in its batch.
 *
 * @param needs its lines as variants and locations
 * @param replaced what makes room for it, locked and open; null for nothing
 */
record Wanted(Cart cart, List<Need> needs, @Nullable Replaced replaced) {
    record Replaced(Reservation reservation, List<Hold> holds) {}

    /** Whose levels must be locked before it is served. */
    Stream<UUID> variants() {
        var given = replaced == null
                ? Stream.<UUID>empty()
                : replaced.holds().stream().map(Hold::variantId);
        return Stream.concat(needs.stream().map(Need::variantId), given);
    }
}
