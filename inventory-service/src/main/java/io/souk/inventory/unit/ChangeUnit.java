package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.NamedLocation;
import io.souk.inventory.purchase.Bought;
import io.souk.inventory.purchase.PurchaseTerms;
import io.souk.inventory.purchase.RecordPurchases;
import io.souk.inventory.purchase.RecordPurchases.Admitted;
import io.souk.inventory.stock.AdjustmentReason;
import io.souk.inventory.stock.BookUnits;
import io.souk.inventory.stock.MovementKind;
import io.souk.inventory.stock.Paper;
import io.souk.inventory.stock.StockLevel;
import io.souk.inventory.stock.UnitMovement;
import io.souk.kit.http.Preconditions;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.inventory.InventoryProblem.NOT_TRACKED_BY_UNIT;
import static io.souk.inventory.InventoryProblem.SERIAL_NUMBER_TAKEN;
import static io.souk.inventory.InventoryProblem.UNIT_STATUS;
import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * What people say of one unit. Its level is locked first and its status decides, so each transition happens once, whoever races:
 * other people, a reservation that takes it, a count that misses it. Saying what is so already changes nothing.
 *
 * <p>All fail with 404, and with 412 unless it is at the version that was seen.
 */
@ApplicationScoped
class ChangeUnit {
    private static final String STATUS = "/status";

    private final Transactions transactions;
    private final FindUnits findUnits;
    private final BookUnits bookUnits;
    private final UnitRepository units;
    private final TellUnits tellUnits;
    private final RecordPurchases recordPurchases;

    ChangeUnit(
            Transactions transactions,
            FindUnits findUnits,
            BookUnits bookUnits,
            UnitRepository units,
            TellUnits tellUnits,
            RecordPurchases recordPurchases) {
        this.transactions = transactions;
        this.findUnits = findUnits;
        this.bookUnits = bookUnits;
        this.units = units;
        this.tellUnits = tellUnits;
        this.recordPurchases = recordPurchases;
    }

    /**
     * Fails with {@code UNIT_STATUS} for what cannot be said of it now, with {@code STOCK_PROMISED} when all that is there is promised,
     * and naming what is wrong with the purchase.
     */
    Uni<Unit> to(Caller caller, UUID id, long seen, UnitStatusRequest.Valid wanted) {
        return transactions.inTenant(caller.tenant(), tx -> {
            // Locked before the level; whether that is refused matters only to a unit that is still to arrive.
            var admission = admit(tx, wanted.purchase()).memoize().indefinitely();
            return admission
                    .onFailure(Problem.class)
                    .recoverWithNull()
                    .chain(() -> lock(tx, id))
                    .chain(locked -> {
                        var unit = locked.unit();
                        if (unit.status() == wanted.status()) {
                            return standing(tx, seen, unit, wanted.purchase());
                        }
                        requireVersion(seen, unit);
                        return admission.chain(admitted -> take(tx, caller, locked, wanted, admitted));
                    });
        });
    }

    /** Where it stands already, a purchase can only be the one that was booked as it came there: the request is a repeat then. */
    private Uni<Unit> standing(Tx tx, long seen, Unit unit, @Nullable PurchaseTerms purchase) {
        if (purchase == null) {
            return Uni.createFrom().item(unit);
        }
        return recordPurchases
                .isRecorded(tx, purchase, unit.variantId(), unit.updatedAt())
                .map(recorded -> {
                    if (!recorded || seen == unit.version()) {
                        requireVersion(seen, unit);
                        throw notBought(unit);
                    }
                    return unit;
                });
    }

    private Uni<@Nullable Admitted> admit(Tx tx, @Nullable PurchaseTerms terms) {
        return terms == null
                ? Uni.createFrom().nullItem()
                : recordPurchases.admit(tx, terms).<@Nullable Admitted>map(admitted -> admitted);
    }

    private Uni<Unit> take(
            Tx tx, Caller caller, Locked locked, UnitStatusRequest.Valid wanted, @Nullable Admitted admitted) {
        var unit = locked.unit();
        @Nullable UnitStep step = UnitStep.of(unit.status(), wanted.status());
        if (step == null || !step.isSaidByPeople()) {
            throw refused(unit, wanted.status(), step);
        }
        if (admitted != null && step != UnitStep.ARRIVE) {
            throw notBought(unit);
        }
        var paper = Paper.of(caller, wanted.reference());
        var booked =
                switch (step) {
                    case ARRIVE -> book(tx, paper, locked, MovementKind.RECEIPT, 1);
                    case COME_BACK -> adjust(tx, paper, AdjustmentReason.RETURNED, locked, 1);
                    case FIND -> adjust(tx, paper, AdjustmentReason.FOUND, locked, 1);
                    case WRITE_OFF -> adjust(tx, paper, reason(wanted), locked, -1);
                    case NOTHING, RELABEL, PROMISE, GIVE_BACK, SHIP, DELIVER ->
                        Uni.createFrom().voidItem();
                };
        var next = unit.in(wanted.status());
        return admitted == null
                ? booked.chain(() -> save(tx, unit, next))
                : booked.chain(() -> save(tx, unit, next.costing(admitted.unitCost(unit.variantId(), unit.cost()))))
                        .call(bought -> recordPurchases.record(
                                tx,
                                paper.id(),
                                admitted,
                                List.of(new Bought(0, locked.level().variant(), 1, bought.cost()))));
    }

    private static AdjustmentReason reason(UnitStatusRequest.Valid wanted) {
        return Objects.requireNonNull(wanted.reason(), "a reason for what is CANCELLED");
    }

    private Uni<Void> adjust(Tx tx, Paper paper, AdjustmentReason reason, Locked locked, long quantity) {
        return book(tx, paper.because(reason), locked, MovementKind.ADJUSTMENT, quantity);
    }

    private Uni<Void> book(Tx tx, Paper paper, Locked locked, MovementKind kind, long quantity) {
        var level = locked.level();
        if (!level.byUnit()) {
            throw NOT_TRACKED_BY_UNIT
                    .because("Track the variant by unit first: PUT /v1/tracked-variants/{id}")
                    .at(STATUS, "would change stock that is not tracked by unit");
        }
        var there = new NamedLocation(locked.unit().location(), STATUS);
        return bookUnits.book(
                tx, paper, List.of(level), List.of(new UnitMovement(0, level, there, kind, quantity, STATUS)));
    }

    /** Fails with {@code SERIAL_NUMBER_TAKEN} when another unit of the variant has the serial number. */
    Uni<Unit> describe(Caller caller, UUID id, long seen, UnitRequest.Valid details) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> lock(tx, id).chain(locked -> {
                    var unit = locked.unit();
                    requireVersion(seen, unit);
                    var described = unit.described(details);
                    return described.equals(unit) ? Uni.createFrom().item(unit) : save(tx, unit, described);
                }));
    }

    /** The unit with its level. One that was transferred between the look and the lock has another version than anybody saw. */
    private Uni<Locked> lock(Tx tx, UUID id) {
        return findUnits
                .one(tx, id)
                .chain(seen -> bookUnits
                        .lock(tx, List.of(seen.levelId()))
                        .chain(levels -> findUnits.one(tx, id).map(present -> {
                            if (!present.levelId().equals(seen.levelId())) {
                                requireVersion(seen.version(), present);
                            }
                            return new Locked(present, levels.getFirst());
                        })));
    }

    private record Locked(Unit unit, StockLevel level) {}

    private Uni<Unit> save(Tx tx, Unit before, Unit wanted) {
        return units.update(tx, wanted)
                .map(ChangeUnit::saved)
                .call(after -> tellUnits.all(tx, List.of(UnitState.changed(before, after)), null));
    }

    private static Unit saved(@Nullable Unit after) {
        if (after == null) {
            throw SERIAL_NUMBER_TAKEN
                    .because("Another unit of the variant has it")
                    .at("/serialNumber", "is that of another unit");
        }
        return after;
    }

    private static void requireVersion(long seen, Unit unit) {
        Preconditions.requireVersion(seen, unit.version(), "unit", () -> UnitView.of(unit));
    }

    private static Problem notBought(Unit unit) {
        return INVALID.because("It is " + unit.status()).at(UnitStatusRequest.PURCHASE, UnitStatusRequest.NOT_BOUGHT);
    }

    private static Problem refused(Unit unit, UnitStatus wanted, @Nullable UnitStep step) {
        return UNIT_STATUS
                .because("It is " + unit.status())
                .at(
                        STATUS,
                        step == null
                                ? "cannot be %s after %s".formatted(wanted, unit.status())
                                : "follows from its reservation")
                .with("current", UnitView.of(unit));
    }
}
