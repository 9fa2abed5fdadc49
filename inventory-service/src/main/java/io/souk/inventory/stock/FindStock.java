package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.FindLocations;
import io.souk.inventory.location.Reach;
import io.souk.inventory.variant.FindVariants;
import io.souk.inventory.variant.Variant;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** What there is. */
@ApplicationScoped
class FindStock {
    private static final UUID NIL = new UUID(0, 0);

    private final Transactions transactions;
    private final FindVariants findVariants;
    private final FindLocations findLocations;
    private final ShownStockRepository levels;

    FindStock(
            Transactions transactions,
            FindVariants findVariants,
            FindLocations findLocations,
            ShownStockRepository levels) {
        this.transactions = transactions;
        this.findVariants = findVariants;
        this.findLocations = findLocations;
        this.levels = levels;
    }

    /**
     * Of the variants with these SKUs, in the order asked for; a SKU that is not known is left out, and so
     * is one of which the vendor has no level, as in its {@link #list}.
     */
    Uni<Page<VariantStock>> of(Reach reach, List<Sku> skus) {
        var keys = skus.stream().map(Sku::key).distinct().toList();
        return transactions.inTenant(
                reach.tenant(),
                tx -> findVariants
                        .bySkuKey(tx, keys)
                        .map(found -> keys.stream()
                                .filter(found::containsKey)
                                .map(found::get)
                                .toList())
                        .chain(variants -> seenBy(tx, reach, variants))
                        .chain(variants -> stockOf(tx, reach, variants))
                        .map(items -> new Page<>(items, null)));
    }

    private Uni<List<Variant>> seenBy(Tx tx, Reach reach, List<Variant> variants) {
        if (reach.vendor() == null) {
            return Uni.createFrom().item(variants);
        }
        var ids = variants.stream().map(Variant::id).collect(Collectors.toUnmodifiableSet());
        return levels.findWithLevel(tx, reach.vendor(), ids)
                .map(seen -> variants.stream()
                        .filter(variant -> seen.containsKey(variant.id()))
                        .toList());
    }

    /**
     * Of all live variants, by SKU; of a vendor, those of which it has a level, by their ids: so one range of an index has
     * them, however much others have.
     */
    Uni<Page<VariantStock>> list(Reach reach, Limit limit, @Nullable String cursor) {
        return reach.vendor() == null ? ofAll(reach, limit, cursor) : ofVendor(reach, reach.vendor(), limit, cursor);
    }

    private Uni<Page<VariantStock>> ofVendor(Reach reach, String vendor, Limit limit, @Nullable String cursor) {
        var after = cursor == null ? NIL : Cursor.id(Cursor.decode(cursor, 1), 0);
        return transactions.inTenant(
                reach.tenant(),
                tx -> levels.variantsAfter(tx, vendor, after, limit.probe())
                        .map(variants -> Page.of(variants, limit, last -> Cursor.encode(last.id())))
                        .chain(page -> stockOf(tx, reach, page.items()).map(items -> new Page<>(items, page.next()))));
    }

    private Uni<Page<VariantStock>> ofAll(Reach reach, Limit limit, @Nullable String cursor) {
        var after = cursor == null ? new Place("", NIL) : Place.of(cursor);
        return transactions.inTenant(
                reach.tenant(),
                tx -> findVariants
                        .after(tx, after.skuKey(), after.id(), limit.probe())
                        .map(variants -> Page.of(variants, limit, FindStock::cursorAt))
                        .chain(page -> stockOf(tx, reach, page.items()).map(items -> new Page<>(items, page.next()))));
    }

    /**
     * All levels of a variant by location and lot, empty ones too; of a vendor, its own. 404 for what the catalogue does not have,
     * or not yet, unless there are levels: what is left of a variant that is gone can be booked out, and so is seen.
     */
    Uni<Page<VariantStock.Level>> levels(Reach reach, UUID variant, Limit limit, @Nullable String cursor) {
        var after = cursor == null ? new Shelf(NIL, "") : Shelf.of(cursor);
        return transactions.inTenant(
                reach.tenant(),
                tx -> isThere(tx, reach, variant).chain(there -> {
                    if (!there) {
                        throw NOT_FOUND.because("There is no variant " + variant);
                    }
                    return levels.after(tx, reach.vendor(), variant, after.location(), after.lot(), limit.probe())
                            .map(rows -> Page.of(rows, limit, FindStock::cursorAt))
                            .chain(page -> findLocations
                                    .byId(tx, locationsOf(page.items()))
                                    .map(locations -> new Page<>(
                                            page.items().stream()
                                                    .map(level -> VariantStock.Level.of(level, locations))
                                                    .toList(),
                                            page.next())));
                }));
    }

    private Uni<Boolean> isThere(Tx tx, Reach reach, UUID variant) {
        return findVariants
                .find(tx, variant)
                .chain(live -> live.isPresent()
                        ? Uni.createFrom().item(true)
                        : levels.findWithLevel(tx, reach.vendor(), Set.of(variant))
                                .map(left -> !left.isEmpty()));
    }

    private Uni<List<VariantStock>> stockOf(Tx tx, Reach reach, List<Variant> variants) {
        return levels.first(
                        tx, reach.vendor(), variants.stream().map(Variant::id).toList(), VariantStock.MAX_LEVELS)
                .chain(found -> findLocations
                        .byId(
                                tx,
                                locationsOf(found.values().stream()
                                        .flatMap(stock -> stock.first().stream())
                                        .toList()))
                        .map(locations -> variants.stream()
                                .map(variant -> VariantStock.of(
                                        variant, found.getOrDefault(variant.id(), ShownStock.NONE), locations))
                                .toList()));
    }

    private static Collection<UUID> locationsOf(List<StockLevel> levels) {
        return levels.stream().map(StockLevel::locationId).collect(Collectors.toUnmodifiableSet());
    }

    private static String cursorAt(StockLevel last) {
        return Cursor.encode(last.locationId(), last.lotCode() == null ? "" : last.lotCode());
    }

    private record Shelf(UUID location, String lot) {
        static Shelf of(String cursor) {
            var key = Cursor.decode(cursor, 2);
            return new Shelf(Cursor.id(key, 0), Cursor.text(key, 1));
        }
    }

    private static String cursorAt(Variant last) {
        return Cursor.encode(Sku.key(last.sku()), last.id());
    }

    private record Place(String skuKey, UUID id) {
        static Place of(String cursor) {
            var key = Cursor.decode(cursor, 2);
            return new Place(Cursor.text(key, 0), Cursor.id(key, 1));
        }
    }
}
