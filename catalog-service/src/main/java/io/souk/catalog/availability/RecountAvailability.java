package io.souk.catalog.availability;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.availability.AvailabilityRepository.Counted;
import io.souk.catalog.availability.AvailabilityRepository.Counting;
import io.souk.kit.event.Change;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Counts products' stock anew, and publishes those whose numbers moved. */
@ApplicationScoped
class RecountAvailability {
    private final AvailabilityRepository availability;
    private final Outbox outbox;

    RecountAvailability(AvailabilityRepository availability, Outbox outbox) {
        this.availability = availability;
        this.outbox = outbox;
    }

    /**
     * The rows are locked before anything is counted: of two transactions that move one product's stock, the second counts
     * what the first has committed.
     */
    Uni<Void> of(Tx tx, Collection<UUID> productIds) {
        if (productIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return availability
                .lockAndCount(tx, new TreeSet<>(productIds))
                .map(RecountAvailability::moved)
                .chain(moved -> publish(tx, moved));
    }

    /** A version, and what of it moved. */
    private record Moved(Availability availability, Set<String> changed) {}

    private static List<Moved> moved(Counting counting) {
        var moved = new ArrayList<Moved>();
        counting.locked().forEach((product, stored) -> {
            var counted = counting.counted().getOrDefault(product, Counted.NOTHING);
            var before = stored.availability();
            var after = before.replace(counted.variants(), counted.doubted());
            if (after.version() != before.version() && !stored.deleted()) {
                moved.add(new Moved(after, after.changedSince(before)));
            }
        });
        return moved;
    }

    private Uni<Void> publish(Tx tx, List<Moved> changed) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        changed.sort(Comparator.comparing(moved -> moved.availability().productId()));
        var changes = changed.stream().map(RecountAvailability::change).toList();
        return Uni.combine() // sent together, executed one after the other
                .all()
                .unis(
                        availability.update(
                                tx, changed.stream().map(Moved::availability).toList()),
                        outbox.appendAll(tx, changes))
                .discardItems();
    }

    private static Change change(Moved moved) {
        var availability = moved.availability();
        return Change.changed(
                CatalogAggregates.AVAILABILITY,
                availability.productId(),
                availability.version(),
                AvailabilityState.of(availability, moved.changed()));
    }
}
