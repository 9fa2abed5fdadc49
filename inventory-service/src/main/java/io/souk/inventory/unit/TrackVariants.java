package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.BookUnits;
import io.souk.inventory.stock.StockLevel;
import io.souk.inventory.variant.AwaitVariants;
import io.souk.inventory.variant.TrackByUnit;
import io.souk.inventory.variant.TrackByUnit.Tracking;
import io.souk.inventory.variant.UnknownVariants;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.inventory.InventoryProblem.STOCK_NOT_EMPTY;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/**
 * Says of which variants each unit is known. That changes only while there is nothing of the variant, on hand (and so nothing
 * reserved) or on its way: what is there would be counted in two ways.
 */
@ApplicationScoped
class TrackVariants {
    private final AwaitVariants awaitVariants;
    private final Transactions transactions;
    private final TrackByUnit trackByUnit;
    private final BookUnits bookUnits;
    private final UnitRepository units;

    TrackVariants(
            AwaitVariants awaitVariants,
            Transactions transactions,
            TrackByUnit trackByUnit,
            BookUnits bookUnits,
            UnitRepository units) {
        this.awaitVariants = awaitVariants;
        this.transactions = transactions;
        this.trackByUnit = trackByUnit;
        this.bookUnits = bookUnits;
        this.units = units;
    }

    /** From now on each of its units is known. 404 for one that the catalogue does not have, {@code STOCK_NOT_EMPTY} while there is stock. */
    Uni<Tracking> track(TenantId tenant, UUID variant) {
        return awaitVariants.in(
                () -> transactions.inTenant(
                        tenant,
                        tx -> trackByUnit
                                .find(tx, variant)
                                .invoke(found -> {
                                    if (!found.live()) {
                                        throw new UnknownVariants(List.of());
                                    }
                                })
                                .call(() -> set(tx, variant, true))),
                _ -> absent(variant));
    }

    /** From now on they are only counted. 404 for one that is not tracked, {@code STOCK_NOT_EMPTY} while there is stock. */
    Uni<Void> stop(TenantId tenant, UUID variant) {
        return transactions.inTenant(
                tenant,
                tx -> trackByUnit
                        .find(tx, variant)
                        .invoke(TrackVariants::requireTracked)
                        .chain(() -> set(tx, variant, false)));
    }

    private Uni<Void> set(Tx tx, UUID variant, boolean byUnit) {
        return trackByUnit
                .lock(tx, variant)
                .chain(present -> present == byUnit
                        ? Uni.createFrom().voidItem()
                        : requireNone(tx, variant).chain(() -> trackByUnit.set(tx, variant, byUnit)));
    }

    private Uni<Void> requireNone(Tx tx, UUID variant) {
        return bookUnits
                .lockAllOf(tx, variant)
                .invoke(levels -> {
                    long onHand = levels.stream().mapToLong(StockLevel::onHand).sum();
                    if (onHand > 0) {
                        throw notEmpty(onHand + " units of it are on hand");
                    }
                })
                .chain(() -> units.hasAwaited(tx, variant))
                .invoke(awaited -> {
                    if (awaited) {
                        throw notEmpty("Units of it are on their way");
                    }
                })
                .replaceWithVoid();
    }

    /** 404 for one that is not tracked. */
    Uni<Tracking> one(TenantId tenant, UUID variant) {
        return transactions.inTenant(tenant, tx -> trackByUnit.find(tx, variant).invoke(TrackVariants::requireTracked));
    }

    /** By id. */
    Uni<Page<Tracking>> list(TenantId tenant, Limit limit, @Nullable String cursor) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(tenant, tx -> trackByUnit.list(tx, after, limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.variantId())));
    }

    private static void requireTracked(Tracking found) {
        if (!found.byUnit()) {
            throw absent(found.variantId());
        }
    }

    private static Problem absent(UUID variant) {
        return NOT_FOUND.because("There is no such variant: " + variant);
    }

    private static Problem notEmpty(String why) {
        return STOCK_NOT_EMPTY.because(why);
    }
}
