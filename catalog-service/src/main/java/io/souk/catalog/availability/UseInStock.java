package io.souk.catalog.availability;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.product.VariantUse;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What the inventory has told of variants. */
@ApplicationScoped
class UseInStock implements VariantUse {
    private final AvailabilityRepository availability;

    UseInStock(AvailabilityRepository availability) {
        this.availability = availability;
    }

    @Override
    public Uni<Map<UUID, Use>> of(Tx tx, Collection<UUID> variants) {
        return availability.onHand(tx, variants);
    }
}
