package io.souk.inventory.location;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Locations, told once more. */
@ApplicationScoped
class LocationRows implements RetoldRows {
    private final LocationRepository locations;

    LocationRows(LocationRepository locations) {
        this.locations = locations;
    }

    @Override
    public AggregateType aggregate() {
        return Topics.LOCATION;
    }

    @Override
    public String table() {
        return "location";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return locations
                .lockById(tx, ids)
                .map(found -> found.stream().map(LocationRows::change).toList());
    }

    private static Change change(Location location) {
        return Change.changed(Topics.LOCATION, location.id(), location.version(), LocationState.unchanged(location));
    }
}
