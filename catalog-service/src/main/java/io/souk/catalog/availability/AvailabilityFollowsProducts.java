package io.souk.catalog.availability;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.product.ProductFollower;
import io.souk.catalog.product.Revision;
import io.souk.catalog.product.Variant;
import io.souk.kit.event.Change;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Counts anew when a product's variants change: stock may have been heard of before its variant. */
@ApplicationScoped
class AvailabilityFollowsProducts implements ProductFollower {
    private final AvailabilityRepository availability;
    private final RecountAvailability recount;
    private final Outbox outbox;

    AvailabilityFollowsProducts(AvailabilityRepository availability, RecountAvailability recount, Outbox outbox) {
        this.availability = availability;
        this.recount = recount;
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> changed(Tx tx, List<Revision> revisions) {
        return withKnownStock(tx, revisions)
                .chain(concerned -> recount.of(tx, concerned))
                .chain(() -> delete(tx, revisions));
    }

    /** Products that lost, renamed or moved a variant, and those whose new variants have stock already. */
    private Uni<Set<UUID>> withKnownStock(Tx tx, List<Revision> revisions) {
        var concerned = new HashSet<UUID>();
        var added = new HashSet<UUID>();
        for (var revision : revisions) {
            if (!revision.deletes() && revision.before() != null && variantsMoved(revision)) {
                concerned.add(revision.id());
            }
            revision.added().forEach(variant -> added.add(variant.id()));
        }
        if (added.isEmpty()) {
            return Uni.createFrom().item(concerned);
        }
        return availability.known(tx, added).map(known -> {
            for (var revision : revisions) {
                if (revision.added().stream().map(Variant::id).anyMatch(known::contains)) {
                    concerned.add(revision.id());
                }
            }
            return concerned;
        });
    }

    private static boolean variantsMoved(Revision revision) {
        var was = revision.variantsBefore().stream().map(Variant::id).toList();
        var is = revision.variantsAfter().stream().map(Variant::id).toList();
        return !revision.renamed().isEmpty()
                || !is.subList(0, Math.min(was.size(), is.size())).equals(was);
    }

    private Uni<Void> delete(Tx tx, List<Revision> revisions) {
        var deleted = new TreeSet<UUID>();
        revisions.stream().filter(Revision::deletes).forEach(revision -> deleted.add(revision.id()));
        if (deleted.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return availability.lock(tx, deleted).chain(locked -> {
            // also where nothing was told yet: the row takes a version, and no version may be missing in the log
            var gone = locked.values().stream()
                    .filter(stored -> !stored.deleted())
                    .map(AvailabilityRepository.Stored::availability)
                    .toList();
            return availability
                    .delete(tx, deleted)
                    .chain(() -> outbox.appendAll(
                            tx,
                            gone.stream()
                                    .map(last -> Change.deleted(
                                            CatalogAggregates.AVAILABILITY, last.productId(), last.version() + 1))
                                    .toList()));
        });
    }
}
