package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.Reach;
import io.souk.inventory.variant.FindVariants;
import io.souk.inventory.variant.VariantName;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Looks units up. */
@ApplicationScoped
class FindUnits {
    private final Transactions transactions;
    private final FindVariants findVariants;
    private final UnitRepository units;

    FindUnits(Transactions transactions, FindVariants findVariants, UnitRepository units) {
        this.transactions = transactions;
        this.findVariants = findVariants;
        this.units = units;
    }

    /** Which units a list has. */
    sealed interface Wanted {
        record All() implements Wanted {}

        record InStatus(UnitStatus status) implements Wanted {}

        /** In whatever status for a null one; none of a variant that is not known. */
        record OfVariant(VariantName variant, @Nullable UnitStatus status) implements Wanted {}

        record OfReservation(UUID reservation) implements Wanted {}

        /** Of whatever variants. */
        record WithSerial(String serialNumber) implements Wanted {}
    }

    /** 404 when there is none as far as somebody reaches. */
    Uni<Unit> one(Reach reach, UUID id) {
        return transactions.inTenant(reach.tenant(), tx -> one(tx, reach.vendor(), id));
    }

    /** Of the tenant, wherever it is. */
    Uni<Unit> one(Tx tx, UUID id) {
        return one(tx, null, id);
    }

    private Uni<Unit> one(Tx tx, @Nullable String vendor, UUID id) {
        return units.find(tx, List.of(id), vendor).map(found -> {
            if (found.isEmpty()) {
                throw NOT_FOUND.because("There is no unit " + id);
            }
            return found.getFirst();
        });
    }

    /** In the order in which they were made, as far as somebody reaches. */
    Uni<Page<Unit>> list(Reach reach, Wanted wanted, Limit limit, @Nullable String cursor) {
        var after = Cursor.afterId(cursor);
        return transactions
                .inTenant(reach.tenant(), tx -> list(tx, reach.vendor(), wanted, after, limit.probe()))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())));
    }

    private Uni<List<Unit>> list(Tx tx, @Nullable String vendor, Wanted wanted, UUID after, int rows) {
        return switch (wanted) {
            case Wanted.All _ ->
                vendor == null ? units.list(tx, after, rows) : units.listOfVendor(tx, vendor, null, null, after, rows);
            case Wanted.InStatus(var status) ->
                vendor == null
                        ? units.listByStatus(tx, status, after, rows)
                        : units.listOfVendor(tx, vendor, null, status, after, rows);
            case Wanted.OfReservation(var reservation) -> units.listOfReservation(tx, reservation, vendor, after, rows);
            case Wanted.WithSerial(var serialNumber) ->
                units.listBySerial(tx, SerialNumber.key(serialNumber), vendor, after, rows);
            case Wanted.OfVariant(var variant, var status) ->
                findVariants.named(tx, Set.of(variant)).chain(found -> {
                    var known = found.find(variant);
                    return known == null
                            ? Uni.createFrom().item(List.of())
                            : ofVariant(tx, vendor, known.id(), status, after, rows);
                });
        };
    }

    private Uni<List<Unit>> ofVariant(
            Tx tx, @Nullable String vendor, UUID variant, @Nullable UnitStatus status, UUID after, int rows) {
        return vendor == null
                ? units.listOfVariant(tx, variant, status, after, rows)
                : units.listOfVendor(tx, vendor, variant, status, after, rows);
    }
}
