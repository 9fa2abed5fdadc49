package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.pack.PackUse;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells by the ledger whether a pack was used. */
@ApplicationScoped
class BookedPacks implements PackUse {
    private final MovementRepository movements;

    BookedPacks(MovementRepository movements) {
        this.movements = movements;
    }

    @Override
    public Uni<Boolean> isBooked(Tx tx, Gtin gtin) {
        return movements.isBooked(tx, gtin);
    }
}
