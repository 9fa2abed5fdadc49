package io.souk.inventory.location;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks locations up. */
@ApplicationScoped
public class FindLocations {
    private static final int BEFORE_ALL = -1;
    private static final UUID NIL = new UUID(0, 0);

    private final Transactions transactions;
    private final LocationRepository locations;
    private final CreateLocation createLocation;

    FindLocations(Transactions transactions, LocationRepository locations, CreateLocation createLocation) {
        this.transactions = transactions;
        this.locations = locations;
        this.createLocation = createLocation;
    }

    /** By code; {@code main} is made if it is asked for and missing. Any other that is missing is not in the answer. */
    public Uni<Map<String, Location>> byCode(Tx tx, Collection<String> codes) {
        return locations
                .findByCode(tx, codes)
                .map(found -> index(found, Location::code))
                .chain(found -> codes.contains(LocationCode.MAIN) && !found.containsKey(LocationCode.MAIN)
                        ? withMain(tx, found)
                        : Uni.createFrom().item(found));
    }

    /** By code, as far as somebody reaches; of a vendor's nothing is made. */
    public Uni<Map<String, Location>> byCode(Tx tx, Collection<String> codes, Reach reach) {
        return reach.isWhole()
                ? byCode(tx, codes)
                : locations
                        .findByCode(tx, codes)
                        .map(found -> index(found.stream().filter(reach::covers).toList(), Location::code));
    }

    public Uni<Map<UUID, Location>> byId(Tx tx, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : locations.findById(tx, ids).map(found -> index(found, Location::id));
    }

    Uni<Optional<Location>> find(Reach reach, UUID id) {
        return transactions.inTenant(
                reach.tenant(),
                tx -> locations
                        .findById(tx, List.of(id))
                        .map(found -> found.stream().filter(reach::covers).findFirst()));
    }

    Uni<Page<Location>> list(Reach reach, Limit limit, @Nullable String cursor) {
        var after = cursor == null ? new Place(BEFORE_ALL, NIL) : Place.of(cursor);
        return transactions
                .inTenant(
                        reach.tenant(),
                        tx -> locations.listAfter(tx, reach.vendor(), after.position(), after.id(), limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.position(), last.id())));
    }

    private Uni<Map<String, Location>> withMain(Tx tx, Map<String, Location> found) {
        return createLocation
                .createMainIfAbsent(tx)
                .map(created -> created.map(List::of).orElse(List.of()))
                // Empty: someone else has made it since we looked, and has committed.
                .chain(created -> created.isEmpty()
                        ? locations.findByCode(tx, List.of(LocationCode.MAIN))
                        : Uni.createFrom().item(created))
                .map(main -> {
                    var all = new HashMap<>(found);
                    main.forEach(location -> all.put(location.code(), location));
                    return all;
                });
    }

    private static <K> Map<K, Location> index(List<Location> found, Function<Location, K> key) {
        return found.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }

    private record Place(int position, UUID id) {
        static Place of(String cursor) {
            var key = Cursor.decode(cursor, 2);
            return new Place(Math.clamp(Cursor.number(key, 0), BEFORE_ALL, Integer.MAX_VALUE), Cursor.id(key, 1));
        }
    }
}
