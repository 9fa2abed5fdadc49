package io.souk.inventory.unit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.UUID;

/** Units after a booking; the ledger names it by its {@code id}. */
@RegisterForReflection
@Schema(name = "UnitBooking")
record UnitBookingView(UUID id, List<UnitView> units) {
    static UnitBookingView of(UUID booking, List<Unit> units) {
        return new UnitBookingView(booking, units.stream().map(UnitView::of).toList());
    }
}
