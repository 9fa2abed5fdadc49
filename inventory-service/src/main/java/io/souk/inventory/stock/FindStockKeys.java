package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.FindLocations;
import io.souk.inventory.location.Location;
import io.souk.inventory.location.Reach;
import io.souk.inventory.pack.Bounds;
import io.souk.inventory.pack.FindGoods;
import io.souk.inventory.pack.Goods;
import io.souk.inventory.pack.NamedGoods;
import io.souk.inventory.variant.UnknownVariants;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.UNKNOWN_LOCATION;

/** Which levels the lines of a booking mean, and how many units. */
@ApplicationScoped
class FindStockKeys {
    private final FindGoods findGoods;
    private final FindLocations findLocations;

    FindStockKeys(FindGoods findGoods, FindLocations findLocations) {
        this.findGoods = findGoods;
        this.findLocations = findLocations;
    }

    /** A line that is resolved. */
    record Found(StockLine line, StockKey key, Goods goods) {
        long units() {
            return goods.units();
        }

        Entry entry(MovementKind kind, long quantity) {
            return new Entry(line.line(), key, line.location(), kind, quantity, line.sizeField(), goods.said());
        }
    }

    /**
     * In the order of the lines, as far as somebody reaches. Fails with {@code UNKNOWN_GTIN}, {@link UnknownVariants} or {@code UNKNOWN_LOCATION}, or with
     * {@code INVALID} for packs of more units than the bounds allow, each naming the lines.
     */
    Uni<List<Found>> of(Tx tx, Reach reach, List<StockLine> lines, Bounds bounds) {
        var codes = lines.stream().map(StockLine::location).collect(Collectors.toUnmodifiableSet());
        return findGoods
                .held(tx, lines.stream().map(StockLine::amount).toList())
                .invoke(goods -> requireAll(lines, goods, bounds))
                .chain(goods ->
                        findLocations.byCode(tx, codes, reach).map(locations -> found(lines, goods, locations)));
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

    private static List<Found> found(List<StockLine> lines, NamedGoods named, Map<String, Location> locations) {
        var problem = UNKNOWN_LOCATION.because("The tenant has no such location");
        var found = new ArrayList<Found>(lines.size());
        for (var line : lines) {
            var location = locations.get(line.location());
            if (location == null) {
                problem.at(line.locationField(), "is not a location's code");
            } else {
                var goods = named.require(line.amount());
                found.add(new Found(line, line.key(goods.variant(), location.id()), goods));
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return found;
    }
}
