package io.souk.inventory.location;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.LOCATION_CLOSED;

/**
 * Sees to it that goods come only to locations that are open.
 *
 * <p>A location may be held before levels are locked or after: who holds one waits for nobody else who does, and whoever locks one
 * to close it waits for no level.
 */
@ApplicationScoped
public class OpenLocations {
    private final LocationRepository locations;

    OpenLocations(LocationRepository locations) {
        this.locations = locations;
    }

    /**
     * Where something comes to is open, and stays so until the transaction ends. Fails with {@code LOCATION_CLOSED}, naming the
     * fields. The main one is never closed, so it is not held: most goods come there.
     */
    public Uni<Void> hold(Tx tx, List<NamedLocation> coming) {
        var codes = coming.stream()
                .map(NamedLocation::code)
                .filter(code -> !code.equals(LocationCode.MAIN))
                .collect(Collectors.toUnmodifiableSet());
        return codes.isEmpty()
                ? Uni.createFrom().voidItem()
                : locations
                        .holdByCode(tx, codes)
                        .invoke(held -> requireOpen(held, coming))
                        .replaceWithVoid();
    }

    private static void requireOpen(List<Location> held, List<NamedLocation> coming) {
        var closed = held.stream()
                .filter(location -> !location.isOpen())
                .map(Location::code)
                .collect(Collectors.toUnmodifiableSet());
        var problem = LOCATION_CLOSED.because("Open it first, or bring the goods elsewhere");
        coming.stream()
                .filter(one -> closed.contains(one.code()))
                .distinct() // one field may be where several lines bring goods
                .forEach(one -> problem.at(one.field(), "would come to %s, which is closed".formatted(one.code())));
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }
}
