package io.souk.catalog.product;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.kit.event.Change;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Comparator;
import java.util.List;

/** The one way in which products reach the tables: rows, events and followers, in the caller's transaction. */
@ApplicationScoped
public class SaveProducts {
    private final CheckRemovals removals;
    private final ProductRepository products;
    private final Outbox outbox;
    private final List<ProductFollower> followers;

    SaveProducts(
            CheckRemovals removals, ProductRepository products, Outbox outbox, @All List<ProductFollower> followers) {
        this.removals = removals;
        this.products = products;
        this.outbox = outbox;
        this.followers = followers;
    }

    /**
     * Writes what changed, with one event per changed product; revisions that made no new version are passed over.
     *
     * <p>The products that were there before are locked by this transaction. Fails with 409 when a SKU, GTIN or slug was
     * taken between the caller's check and the write; the transaction can then only be rolled back. And with 409, before anything is
     * written, when a variant that would go has units on hand.
     */
    public Uni<Void> save(Tx tx, List<Revision> revisions) {
        var real = revisions.stream()
                .filter(revision -> !revision.nothing())
                .sorted(Comparator.comparing(Revision::id))
                .toList();
        if (real.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return removals.check(tx, real)
                .chain(() -> products.write(tx, real))
                .chain(() -> outbox.appendAll(
                        tx, real.stream().map(SaveProducts::change).toList()))
                .chain(() -> tellFollowers(tx, real));
    }

    private Uni<Void> tellFollowers(Tx tx, List<Revision> revisions) {
        return Multi.createFrom()
                .iterable(followers)
                .onItem()
                .transformToUniAndConcatenate(follower -> follower.changed(tx, revisions))
                .onItem()
                .ignoreAsUni();
    }

    private static Change change(Revision revision) {
        var before = revision.before();
        var after = revision.after();
        if (after == null) {
            return Change.deleted(CatalogAggregates.PRODUCT, revision.id(), before == null ? 1 : before.version() + 1);
        }
        return Change.changed(
                CatalogAggregates.PRODUCT,
                after.id(),
                after.version(),
                ProductState.of(after, after.changedSince(before)));
    }
}
