package io.souk.inventory;

import io.souk.inventory.location.LocationState;
import io.souk.inventory.pack.PackState;
import io.souk.inventory.reservation.ReservationState;
import io.souk.inventory.stock.StockState;
import io.souk.inventory.unit.UnitState;
import io.souk.kit.event.AggregateType;
import io.souk.testing.schema.EventSchemaContract;

import java.util.Map;
import java.util.stream.Collectors;

class EventSchemasTest extends EventSchemaContract {
    EventSchemasTest() {
        super(
                "inventory",
                new Topics().types().stream().map(AggregateType::name).collect(Collectors.toSet()),
                Map.of(
                        "location", LocationState.class,
                        "pack", PackState.class,
                        "stock", StockState.class,
                        "unit", UnitState.class,
                        "reservation", ReservationState.class));
    }
}
