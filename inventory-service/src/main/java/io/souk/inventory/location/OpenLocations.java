package io.souk.inventory.location;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.LOCATION_CLOSED;

/** Sees to it that goods come only to locations that are open. */
@ApplicationScoped
public class OpenLocations {
    private final LocationRepository locations;

    OpenLocations(LocationRepository locations) {
        this.locations = locations;
    }

    /**
     * Something that comes to a location.
     *
     * @param field where the request says so, as a JSON Pointer
     */
    public record Coming(UUID locationId, String field) {}

    /** They are open, and stay so until the transaction ends. Fails with {@code LOCATION_CLOSED}, naming the fields. */
    public Uni<Void> hold(Tx tx, List<Coming> coming) {
        if (coming.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var ids = coming.stream().map(Coming::locationId).collect(Collectors.toUnmodifiableSet());
        return locations
                .holdById(tx, ids)
                .invoke(held -> held.stream()
                        .filter(location -> !location.isOpen())
                        .findFirst()
                        .ifPresent(closed -> refuse(closed, coming)))
                .replaceWithVoid();
    }

    private static void refuse(Location closed, List<Coming> coming) {
        var problem = LOCATION_CLOSED.because("Open %s first, or bring the goods elsewhere".formatted(closed.code()));
        coming.stream()
                .filter(one -> one.locationId().equals(closed.id()))
                .forEach(one -> problem.at(one.field(), "would come to %s, which is closed".formatted(closed.code())));
        throw problem;
    }
}
