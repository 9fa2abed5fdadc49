package io.souk.catalog.availability;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.availability.AvailabilityRepository.Sum;
import io.souk.catalog.product.FindProducts;
import io.souk.catalog.product.VariantKey;
import io.souk.kit.event.Change;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Counts products' stock anew, and publishes those whose numbers moved. */
@ApplicationScoped
class RecountAvailability {
    private final AvailabilityRepository availability;
    private final FindProducts products;
    private final Outbox outbox;

    RecountAvailability(AvailabilityRepository availability, FindProducts products, Outbox outbox) {
        this.availability = availability;
        this.products = products;
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
        var ids = new TreeSet<>(productIds);
        return availability
                .lock(tx, ids)
                .chain(locked -> products.variants(tx, ids).chain(variants -> recount(tx, locked, variants)));
    }

    private Uni<Void> recount(
            Tx tx, Map<UUID, AvailabilityRepository.Stored> locked, Map<UUID, List<VariantKey>> variants) {
        var all = variants.values().stream()
                .flatMap(List::stream)
                .map(VariantKey::id)
                .toList();
        return availability.sums(tx, all).chain(sums -> {
            var changed = new ArrayList<Availability>();
            locked.forEach((product, stored) -> {
                var own = variants.getOrDefault(product, List.of());
                var after = stored.availability().replace(counted(own, sums), isDoubted(own, sums));
                if (after.version() != stored.availability().version() && !stored.deleted()) {
                    changed.add(after);
                }
            });
            return publish(tx, changed);
        });
    }

    private static boolean isDoubted(List<VariantKey> variants, Map<UUID, Sum> sums) {
        return variants.stream().map(variant -> sums.get(variant.id())).anyMatch(sum -> sum != null && sum.doubted());
    }

    private static List<Availability.OfVariant> counted(List<VariantKey> variants, Map<UUID, Sum> sums) {
        var counted = new ArrayList<Availability.OfVariant>();
        for (var variant : variants) {
            var sum = sums.get(variant.id());
            if (sum != null) {
                counted.add(new Availability.OfVariant(variant.id(), variant.sku(), sum.available()));
            }
        }
        return counted;
    }

    private Uni<Void> publish(Tx tx, List<Availability> changed) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        changed.sort(Comparator.comparing(Availability::productId));
        return availability
                .update(tx, changed)
                .chain(() -> outbox.appendAll(
                        tx, changed.stream().map(RecountAvailability::change).toList()));
    }

    private static Change change(Availability availability) {
        return Change.changed(
                CatalogAggregates.AVAILABILITY,
                availability.productId(),
                availability.version(),
                AvailabilityState.of(availability));
    }
}
