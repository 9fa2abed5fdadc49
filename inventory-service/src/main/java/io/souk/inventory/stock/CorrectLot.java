package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.FindLocations;
import io.souk.inventory.location.Reach;
import io.souk.inventory.stock.VariantStock.Level;
import io.souk.kit.http.Preconditions;
import io.souk.kit.tenant.TransactionFailure.Overtaken;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Corrects the last day of a lot that was mistyped. Who holds units of it keeps them, whatever the day. */
@ApplicationScoped
class CorrectLot {
    private final Transactions transactions;
    private final StockRepository levels;
    private final MoveStock moveStock;
    private final FindLocations findLocations;

    CorrectLot(Transactions transactions, StockRepository levels, MoveStock moveStock, FindLocations findLocations) {
        this.transactions = transactions;
        this.levels = levels;
        this.moveStock = moveStock;
        this.findLocations = findLocations;
    }

    /**
     * The level of the lot, once it and all others of the lot that have its day have the other; as far as somebody reaches. The same
     * day once more is no new version. 404 for a level without a lot, 412 with the present level when it is not at the version seen.
     */
    Uni<Level> to(Reach reach, UUID level, long seen, LocalDate day) {
        return transactions.inTenant(
                reach.tenant(),
                tx -> levels.find(tx, reach.vendor(), level)
                        .map(found -> present(found, level))
                        .chain(found -> lockLot(tx, reach, found))
                        .chain(lot -> correct(tx, lot, find(lot, level), seen, day)));
    }

    private static StockLevel present(@Nullable StockLevel found, UUID level) {
        if (found == null || found.lot() == null) {
            throw NOT_FOUND.because("There is no lot at a stock level " + level);
        }
        return found;
    }

    /** Fails with {@link Overtaken} when the lot was brought to a new level while these were not yet locked. */
    private Uni<List<StockLevel>> lockLot(Tx tx, Reach reach, StockLevel one) {
        return lot(tx, reach, one)
                .chain(seen -> levels.lockById(tx, seen))
                .call(locked -> lot(tx, reach, one).invoke(there -> {
                    if (there.size() != locked.size()) {
                        throw new Overtaken();
                    }
                }));
    }

    private Uni<List<UUID>> lot(Tx tx, Reach reach, StockLevel one) {
        return levels.listByVariant(tx, reach.vendor(), List.of(one.variantId()))
                .map(found -> found.stream()
                        .filter(level -> Objects.equals(level.lotCode(), one.lotCode()))
                        .map(StockLevel::id)
                        .toList());
    }

    private Uni<Level> correct(Tx tx, List<StockLevel> lot, StockLevel named, long seen, LocalDate day) {
        return findLocations
                .byId(tx, List.of(named.locationId()))
                .invoke(locations -> Preconditions.requireVersion(
                        seen, named.version(), "stock level", () -> Level.of(named, locations)))
                .chain(locations -> correct(tx, lot, named, day).map(after -> Level.of(after, locations)));
    }

    private Uni<StockLevel> correct(Tx tx, List<StockLevel> lot, StockLevel named, LocalDate day) {
        if (lastDay(named).equals(day)) {
            return Uni.createFrom().item(named);
        }
        var mistyped = lot.stream()
                .filter(level -> lastDay(level).equals(lastDay(named)))
                .map(StockLevel::id)
                .toList();
        return levels.correctDay(tx, mistyped, day)
                .call(corrected -> moveStock.publish(tx, corrected, null))
                .map(corrected -> find(corrected.stream().map(MovedLevel::after).toList(), named.id()));
    }

    private static StockLevel find(List<StockLevel> lot, UUID level) {
        return lot.stream().filter(one -> one.id().equals(level)).findFirst().orElseThrow();
    }

    private static LocalDate lastDay(StockLevel level) {
        return Objects.requireNonNull(level.lot(), "a lot that was looked for").expiresOn();
    }
}
