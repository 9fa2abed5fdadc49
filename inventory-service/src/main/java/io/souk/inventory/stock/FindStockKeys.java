package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.FindLocations;
import io.souk.inventory.location.Location;
import io.souk.inventory.location.NamedLocation;
import io.souk.inventory.location.Reach;
import io.souk.inventory.pack.Amount;
import io.souk.inventory.pack.Bounds;
import io.souk.inventory.pack.FindGoods;
import io.souk.inventory.pack.Goods;
import io.souk.inventory.pack.NamedGoods;
import io.souk.inventory.variant.UnknownVariants;
import io.souk.inventory.variant.Variant;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.UNKNOWN_LOCATION;

/** Which levels the lines of a booking mean, and how many units. */
@ApplicationScoped
class FindStockKeys {
    private final FindGoods findGoods;
    private final FindLocations findLocations;
    private final ShownStockRepository levels;

    FindStockKeys(FindGoods findGoods, FindLocations findLocations, ShownStockRepository levels) {
        this.findGoods = findGoods;
        this.findLocations = findLocations;
        this.levels = levels;
    }

    /**
     * A line that is resolved.
     *
     * @param gone whether the catalogue does not have its variant any more: goods of it can only leave
     */
    record Found(StockLine line, StockKey key, Goods goods, boolean gone) {
        long units() {
            return goods.units();
        }

        Entry entry(MovementKind kind, long quantity) {
            return new Entry(
                    line.line(),
                    key,
                    new NamedLocation(line.location(), line.locationField()),
                    kind,
                    quantity,
                    line.sizeField(),
                    goods.said());
        }
    }

    /**
     * In the order of the lines, as far as somebody reaches. Fails with {@code UNKNOWN_GTIN}, {@link UnknownVariants} or
     * {@code UNKNOWN_LOCATION}, or with {@code INVALID} for packs of more units than the bounds allow, each naming the lines.
     */
    Uni<List<Found>> of(Tx tx, Reach reach, List<StockLine> lines, Bounds bounds) {
        return held(tx, lines).chain(goods -> found(tx, reach, lines, bounds, goods, Map.of()));
    }

    /**
     * As {@link #of}, and what the catalogue does not have any more may be named by its id: of that, levels are what is
     * left, and say what it was. Whoever books asks for {@link Found#gone}: of such there is only less.
     */
    Uni<List<Found>> ofAnyLeft(Tx tx, Reach reach, List<StockLine> lines, Bounds bounds) {
        return held(tx, lines).chain(goods -> {
            var unknown = lines.stream()
                    .filter(line -> goods.find(line.amount()) == null)
                    .map(line -> variantId(line.amount()))
                    .filter(Objects::nonNull)
                    .collect(Collectors.toUnmodifiableSet());
            return unknown.isEmpty()
                    ? found(tx, reach, lines, bounds, goods, Map.of())
                    : levels.findWithLevel(tx, reach.vendor(), unknown)
                            .chain(gone -> found(tx, reach, lines, bounds, goods.and(gone), gone));
        });
    }

    private static @Nullable UUID variantId(Amount amount) {
        return amount instanceof Amount.OfVariant units ? units.variant().id() : null;
    }

    private Uni<NamedGoods> held(Tx tx, List<StockLine> lines) {
        return findGoods.held(tx, lines.stream().map(StockLine::amount).toList());
    }

    private Uni<List<Found>> found(
            Tx tx, Reach reach, List<StockLine> lines, Bounds bounds, NamedGoods goods, Map<UUID, Variant> gone) {
        requireAll(lines, goods, bounds);
        var codes = lines.stream().map(StockLine::location).collect(Collectors.toUnmodifiableSet());
        return findLocations.byCode(tx, codes, reach).map(locations -> found(lines, goods, gone, locations));
    }

    private static void requireAll(List<StockLine> lines, NamedGoods goods, Bounds bounds) {
        var fault = goods.faultOfPacks(lines, bounds);
        if (fault != null) {
            throw fault;
        }
        var unknown = lines.stream()
                .filter(line -> goods.find(line.amount()) == null)
                .map(StockLine::variantField)
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnknownVariants(unknown);
        }
    }

    private static List<Found> found(
            List<StockLine> lines, NamedGoods named, Map<UUID, Variant> gone, Map<String, Location> locations) {
        var problem = UNKNOWN_LOCATION.because("The tenant has no such location");
        var found = new ArrayList<Found>(lines.size());
        for (var line : lines) {
            var location = locations.get(line.location());
            if (location == null) {
                problem.at(line.locationField(), "is not a location's code");
            } else {
                var goods = named.require(line.amount());
                var variant = goods.variant();
                found.add(new Found(line, line.key(variant, location.id()), goods, gone.containsKey(variant.id())));
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return found;
    }
}
