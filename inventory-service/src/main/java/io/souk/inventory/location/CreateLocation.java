package io.souk.inventory.location;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.event.Change;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Optional;

import static io.souk.inventory.InventoryProblem.LOCATION_CODE_TAKEN;

/** Adds a location to a tenant. */
@ApplicationScoped
class CreateLocation {
    private static final String MAIN_NAME = "Main";

    private final Transactions transactions;
    private final LocationRepository locations;
    private final Outbox outbox;

    CreateLocation(Transactions transactions, LocationRepository locations, Outbox outbox) {
        this.transactions = transactions;
        this.locations = locations;
        this.outbox = outbox;
    }

    /**
     * A vendor's comes behind {@code main}, which is made first where it is missing. Fails with {@code LOCATION_CODE_TAKEN} when the
     * tenant has one with this code.
     */
    Uni<Location> create(TenantId tenant, LocationRequest.Valid wanted) {
        return transactions.inTenant(
                tenant,
                tx -> (wanted.vendor() == null
                                ? Uni.createFrom().voidItem()
                                : createMainIfAbsent(tx).replaceWithVoid())
                        .chain(() -> createIfAbsent(tx, wanted))
                        .map(created -> created.orElseThrow(() -> taken(wanted.code()))));
    }

    /** The tenant's own; empty, with nothing changed, when it is there. */
    Uni<Optional<Location>> createMainIfAbsent(Tx tx) {
        return createIfAbsent(tx, new LocationRequest.Valid(LocationCode.MAIN, MAIN_NAME, null, null));
    }

    /** Empty, with nothing changed, when the code is taken. */
    private Uni<Optional<Location>> createIfAbsent(Tx tx, LocationRequest.Valid wanted) {
        return locations.insert(tx, Ids.next(), wanted).call(created -> publish(tx, created));
    }

    private Uni<Void> publish(Tx tx, Optional<Location> created) {
        return created.map(location -> outbox.append(tx, event(location)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static Change event(Location location) {
        return Change.changed(Topics.LOCATION, location.id(), location.version(), LocationState.created(location));
    }

    private static RuntimeException taken(String code) {
        return LOCATION_CODE_TAKEN.because("A location " + code + " exists").at("/code", "is taken");
    }
}
