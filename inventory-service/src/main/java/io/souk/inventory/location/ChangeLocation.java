package io.souk.inventory.location;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.event.Change;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.inventory.InventoryProblem.LOCATION_NOT_EMPTY;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Names a location, moves it in the order in which orders take stock, closes it and opens it again; each with its event. */
@ApplicationScoped
class ChangeLocation {
    /** Of what keeps it from being closed, so many of each kind are named. */
    static final int MOST_NAMED = 10;

    private final Transactions transactions;
    private final LocationRepository locations;
    private final Instance<LocationUse> uses;
    private final Outbox outbox;
    private final ObjectMapper json;

    ChangeLocation(
            Transactions transactions,
            LocationRepository locations,
            Instance<LocationUse> uses,
            Outbox outbox,
            ObjectMapper json) {
        this.transactions = transactions;
        this.locations = locations;
        this.uses = uses;
        this.outbox = outbox;
        this.json = json;
    }

    /**
     * As far as somebody reaches. The same once more is no new version. 412 with the present location when it is not at the version
     * seen; fails with {@code LOCATION_NOT_EMPTY} when it would be closed although goods lie there, or are on their way.
     */
    Uni<Location> change(Reach reach, UUID id, long seen, JsonNode patch) {
        return transactions.inTenant(
                reach.tenant(),
                tx -> locations
                        .lock(tx, id)
                        .map(found -> present(found, reach, id))
                        .invoke(before -> Preconditions.requireVersion(
                                seen, before.version(), "location", () -> LocationView.of(before)))
                        .chain(before -> save(tx, before, patched(reach, before, patch))));
    }

    private static Location present(@Nullable Location found, Reach reach, UUID id) {
        if (found == null || !reach.covers(found)) {
            throw NOT_FOUND.because("There is no location " + id);
        }
        return found;
    }

    private Location patched(Reach reach, Location before, JsonNode patch) {
        return MergePatch.apply(json, LocationEdit.of(before), patch, LocationEdit.class)
                .of(reach, before);
    }

    private Uni<Location> save(Tx tx, Location before, Location wanted) {
        if (wanted.equals(before)) {
            return Uni.createFrom().item(before);
        }
        var mayBe = before.isOpen() && !wanted.isOpen()
                ? requireEmpty(tx, before)
                : Uni.createFrom().voidItem();
        return mayBe.chain(() -> locations.update(tx, wanted)).call(after -> outbox.append(tx, change(before, after)));
    }

    /** It is locked, so nothing comes meanwhile. */
    private Uni<Void> requireEmpty(Tx tx, Location location) {
        return Multi.createFrom()
                .iterable(uses)
                .onItem()
                .transformToUniAndConcatenate(use -> use.listAt(tx, location.id(), MOST_NAMED))
                .collect()
                .asList()
                .invoke(goods -> requireNone(
                        location, goods.stream().flatMap(List::stream).toList()))
                .replaceWithVoid();
    }

    private static void requireNone(Location location, List<String> goods) {
        var problem = LOCATION_NOT_EMPTY.because("Bring away what is at %s first".formatted(location.code()));
        goods.forEach(some -> problem.at("/status", "cannot be CLOSED: " + some));
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }

    private static Change change(Location before, Location after) {
        return Change.changed(Topics.LOCATION, after.id(), after.version(), LocationState.changed(before, after));
    }
}
