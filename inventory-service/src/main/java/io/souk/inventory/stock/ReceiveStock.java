package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.FindLocations;
import io.souk.inventory.location.Location;
import io.souk.inventory.variant.FindVariants;
import io.souk.inventory.variant.NamedVariants;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.TOO_MUCH_STOCK;
import static io.souk.inventory.InventoryProblem.UNKNOWN_LOCATION;

/** Books goods that arrived: all lines or none. */
@ApplicationScoped
class ReceiveStock {
    private final FindVariants findVariants;
    private final FindLocations findLocations;
    private final StockRepository levels;
    private final MovementRepository movements;
    private final MoveStock moveStock;

    ReceiveStock(
            FindVariants findVariants,
            FindLocations findLocations,
            StockRepository levels,
            MovementRepository movements,
            MoveStock moveStock) {
        this.findVariants = findVariants;
        this.findLocations = findLocations;
        this.levels = levels;
        this.movements = movements;
        this.moveStock = moveStock;
    }

    /**
     * Fails, with nothing changed, with {@link UnknownVariants}, {@code UNKNOWN_LOCATION} or {@code TOO_MUCH_STOCK}, each
     * naming the lines.
     */
    Uni<ReceiptView> receive(Tx tx, String receivedBy, List<ReceiptLine> lines) {
        return resolve(tx, lines).chain(resolved -> book(tx, receivedBy, resolved));
    }

    private Uni<List<Resolved>> resolve(Tx tx, List<ReceiptLine> lines) {
        var codes = lines.stream().map(ReceiptLine::location).collect(Collectors.toUnmodifiableSet());
        return findVariants
                .named(tx, lines.stream().map(ReceiptLine::variant).toList())
                .invoke(variants -> requireAll(lines, variants))
                .chain(variants ->
                        findLocations.byCode(tx, codes).map(locations -> resolved(lines, variants, locations)));
    }

    private static void requireAll(List<ReceiptLine> lines, NamedVariants variants) {
        var unknown = lines.stream()
                .filter(line -> variants.find(line.variant()) == null)
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnknownVariants(unknown);
        }
    }

    private static List<Resolved> resolved(
            List<ReceiptLine> lines, NamedVariants variants, Map<String, Location> locations) {
        var problem = UNKNOWN_LOCATION.because("The tenant has no such location");
        var resolved = new ArrayList<Resolved>(lines.size());
        for (var line : lines) {
            var location = locations.get(line.location());
            if (location == null) {
                problem.at("/lines/" + line.line() + "/location", "is not a location's code");
            } else {
                resolved.add(new Resolved(line, new StockKey(variants.require(line.variant()), location.id())));
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return resolved;
    }

    private Uni<ReceiptView> book(Tx tx, String receivedBy, List<Resolved> lines) {
        var receipt = Ids.next();
        var keys = lines.stream().map(Resolved::key).distinct().sorted().toList();
        return levels.open(tx, keys)
                .chain(() -> levels.lockByKey(tx, keys))
                .map(locked -> locked.stream().collect(Collectors.toMap(ReceiveStock::placeOf, Function.identity())))
                .chain(locked -> moveStock
                        .move(tx, changes(lines, locked), MoveStock.RECEIVED, null)
                        .call(() -> movements.bookReceipt(tx, receipt, receivedBy, movements(lines, locked))))
                .map(after -> view(receipt, lines, after));
    }

    private static List<LevelChange> changes(List<Resolved> lines, Map<Place, StockLevel> locked) {
        var problem = TOO_MUCH_STOCK.because("A stock level counts up to " + StockLevel.MAX_UNITS + " units");
        var units = new LinkedHashMap<UUID, Long>();
        for (var line : lines) {
            var level = level(locked, line);
            long sum = units.merge(level.id(), line.asked().quantity(), Math::addExact);
            if (sum > StockLevel.MAX_UNITS - level.onHand()) {
                problem.at(
                        "/lines/" + line.asked().line() + "/quantity", "would make " + level.sku() + " more than that");
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return units.entrySet().stream()
                .map(level -> new LevelChange(level.getKey(), level.getValue(), 0))
                .toList();
    }

    private static List<MovementRepository.ReceiptMovement> movements(
            List<Resolved> lines, Map<Place, StockLevel> locked) {
        return lines.stream()
                .map(line -> new MovementRepository.ReceiptMovement(
                        line.asked().line(),
                        level(locked, line).id(),
                        line.asked().quantity()))
                .toList();
    }

    private static ReceiptView view(UUID receipt, List<Resolved> lines, List<StockLevel> after) {
        var levels = after.stream().collect(Collectors.toMap(ReceiveStock::placeOf, Function.identity()));
        return new ReceiptView(
                receipt,
                lines.stream().map(line -> line.view(level(levels, line))).toList());
    }

    private static StockLevel level(Map<Place, StockLevel> levels, Resolved line) {
        return Objects.requireNonNull(levels.get(Place.of(line.key())), "a level that was just locked");
    }

    private static Place placeOf(StockLevel level) {
        return new Place(level.variantId(), level.locationId());
    }

    private record Place(UUID variantId, UUID locationId) {
        static Place of(StockKey key) {
            return new Place(key.variant().id(), key.locationId());
        }
    }

    private record Resolved(ReceiptLine asked, StockKey key) {
        ReceiptView.Line view(StockLevel level) {
            return new ReceiptView.Line(
                    asked.line(),
                    level.variantId(),
                    level.sku(),
                    asked.location(),
                    asked.quantity(),
                    level.onHand(),
                    level.available());
        }
    }
}
