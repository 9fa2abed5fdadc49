package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.FindLocations;
import io.souk.inventory.location.Location;
import io.souk.inventory.variant.FindVariants;
import io.souk.inventory.variant.NamedVariants;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.UNKNOWN_LOCATION;

/** Which levels the lines of a booking mean. */
@ApplicationScoped
class FindStockKeys {
    private final FindVariants findVariants;
    private final FindLocations findLocations;

    FindStockKeys(FindVariants findVariants, FindLocations findLocations) {
        this.findVariants = findVariants;
        this.findLocations = findLocations;
    }

    /** A line that is resolved. */
    record Found(StockLine line, StockKey key) {
        Entry entry(MovementKind kind, long quantity) {
            return entry(kind, quantity, "quantity");
        }

        Entry entry(MovementKind kind, long quantity, String field) {
            return new Entry(line.line(), key, line.location(), kind, quantity, line.pointer() + "/" + field);
        }
    }

    /** In the order of the lines. Fails with {@link UnknownVariants} or {@code UNKNOWN_LOCATION}, each naming the lines. */
    Uni<List<Found>> of(Tx tx, List<StockLine> lines) {
        var codes = lines.stream().map(StockLine::location).collect(Collectors.toUnmodifiableSet());
        return findVariants
                .named(tx, lines.stream().map(StockLine::variant).toList())
                .invoke(variants -> requireAll(lines, variants))
                .chain(variants -> findLocations.byCode(tx, codes).map(locations -> found(lines, variants, locations)));
    }

    private static void requireAll(List<StockLine> lines, NamedVariants variants) {
        var unknown = lines.stream()
                .filter(line -> variants.find(line.variant()) == null)
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnknownVariants(unknown);
        }
    }

    private static List<Found> found(List<StockLine> lines, NamedVariants variants, Map<String, Location> locations) {
        var problem = UNKNOWN_LOCATION.because("The tenant has no such location");
        var found = new ArrayList<Found>(lines.size());
        for (var line : lines) {
            var location = locations.get(line.location());
            if (location == null) {
                problem.at(line.locationField(), "is not a location's code");
            } else {
                found.add(new Found(line, line.key(variants.require(line.variant()), location.id())));
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return found;
    }
}
