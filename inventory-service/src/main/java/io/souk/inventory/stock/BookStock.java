package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.purchase.Bought;
import io.souk.inventory.purchase.PurchaseTerms;
import io.souk.inventory.purchase.RecordPurchases;
import io.souk.inventory.stock.FindStockKeys.Found;
import io.souk.inventory.variant.UnknownVariants;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.TransactionFailure.Overtaken;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * What people tell of goods, as movements. All lines are booked or none; each failure names the lines: {@code UNKNOWN_GTIN},
 * {@link UnknownVariants}, {@code UNKNOWN_SKU}, {@code UNKNOWN_LOCATION}, {@code LOCATION_CLOSED}, {@code UNKNOWN_LOT},
 * {@code TOO_MUCH_STOCK}, {@code STOCK_PROMISED}.
 */
@ApplicationScoped
class BookStock {
    private final FindStockKeys findStockKeys;
    private final StockRepository levels;
    private final BookMovements bookMovements;
    private final RecordPurchases recordPurchases;

    BookStock(
            FindStockKeys findStockKeys,
            StockRepository levels,
            BookMovements bookMovements,
            RecordPurchases recordPurchases) {
        this.findStockKeys = findStockKeys;
        this.levels = levels;
        this.bookMovements = bookMovements;
        this.recordPurchases = recordPurchases;
    }

    /** Goods that arrived. */
    Uni<BookingView> receive(Tx tx, Paper paper, List<StockLine> lines) {
        return findStockKeys
                .of(tx, paper.reach(), lines, BookingRules.MOVED)
                .chain(found -> book(tx, paper, found, MovementKind.RECEIPT));
    }

    /** Goods that arrived and were bought: each line is a purchase, too. */
    Uni<BookingView> buy(
            Tx tx, Paper paper, List<StockLine> lines, PurchaseTerms terms, IntFunction<@Nullable Money> unitCost) {
        return recordPurchases
                .admit(tx, terms)
                .chain(admitted -> findStockKeys
                        .of(tx, paper.reach(), lines, BookingRules.MOVED)
                        .chain(found -> book(tx, paper, found, MovementKind.RECEIPT)
                                .call(() -> recordPurchases.record(
                                        tx,
                                        paper.id(),
                                        admitted,
                                        found.stream()
                                                .map(line -> new Bought(
                                                        line.line().line(),
                                                        line.key().variant(),
                                                        line.units(),
                                                        unitCost.apply(
                                                                line.line().line())))
                                                .toList()))));
    }

    /** There is more, or less, than was thought: by so many units; of a variant that is gone, only less. */
    Uni<BookingView> adjust(Tx tx, Paper paper, List<StockLine> lines) {
        return findStockKeys
                .ofAnyLeft(tx, paper.reach(), lines, BookingRules.ADJUSTED)
                .invoke(found -> requireLessOfGone(found, Found::units))
                .chain(found -> book(tx, paper, found, MovementKind.ADJUSTMENT));
    }

    private Uni<BookingView> book(Tx tx, Paper paper, List<Found> found, MovementKind kind) {
        return bookMovements.book(
                tx,
                paper,
                found,
                _ -> found.stream().map(line -> line.entry(kind, line.units())).toList());
    }

    /** Goods go from one location to another: out of the one and into the other at the same moment. A lot stays a lot. */
    Uni<BookingView> transfer(Tx tx, Paper paper, List<StockLine> out, String to) {
        return findStockKeys
                .of(tx, paper.reach(), out, BookingRules.MOVED)
                .chain(from -> levels.findLots(tx, from.stream().map(Found::key).toList())
                        .chain(days -> findStockKeys.of(
                                tx,
                                paper.reach(),
                                from.stream()
                                        .map(line -> line.line().to(to, days.get(line.key())))
                                        .toList(),
                                BookingRules.MOVED))
                        .chain(in -> bookMovements.book(
                                tx,
                                paper,
                                Stream.concat(from.stream(), in.stream()).toList(),
                                locked -> transferred(from, in, locked))));
    }

    /** Fails with {@link Overtaken} when the last day of a lot was corrected before it was locked. */
    private static List<Entry> transferred(List<Found> from, List<Found> to, LockedLevels locked) {
        var entries = new ArrayList<Entry>(2 * from.size());
        for (int i = 0; i < from.size(); i++) {
            var lot = locked.of(from.get(i).key()).lot();
            if (lot != null && !lot.expiresOn().equals(to.get(i).key().expiresOn())) {
                throw new Overtaken();
            }
            long quantity = from.get(i).units();
            entries.add(from.get(i).entry(MovementKind.TRANSFER_OUT, -quantity));
            entries.add(to.get(i).entry(MovementKind.TRANSFER_IN, quantity));
        }
        return entries;
    }

    /**
     * So many were counted: what the ledger thought otherwise is booked; of a variant that is gone, only less. A level is
     * counted once.
     */
    Uni<BookingView> count(Tx tx, Paper paper, List<StockLine> lines) {
        return findStockKeys
                .ofAnyLeft(tx, paper.reach(), lines, BookingRules.COUNTED)
                .chain(found -> {
                    requireOnce(found);
                    return bookMovements.book(
                            tx,
                            paper,
                            found,
                            locked -> counted(
                                    found,
                                    line -> line.units() - locked.of(line.key()).onHand()));
                });
    }

    private static List<Entry> counted(List<Found> found, ToLongFunction<Found> difference) {
        requireLessOfGone(found, difference);
        return found.stream()
                .map(line -> line.entry(MovementKind.COUNT, difference.applyAsLong(line)))
                .filter(entry -> entry.quantity() != 0)
                .toList();
    }

    /** Refused at once: the catalogue announced these long ago, so there is nothing to wait for. */
    private static void requireLessOfGone(List<Found> found, ToLongFunction<Found> quantity) {
        var more = found.stream()
                .filter(line -> line.gone() && quantity.applyAsLong(line) > 0)
                .map(line -> line.line().variantField())
                .toList();
        if (!more.isEmpty()) {
            throw new UnknownVariants(more).asProblem();
        }
    }

    private static void requireOnce(List<Found> found) {
        var problem = INVALID.because("Each variant is counted once at a location");
        var seen = new HashSet<StockKey>();
        found.stream()
                .filter(line -> !seen.add(line.key()))
                .forEach(line -> problem.at(line.line().pointer(), "was counted by an earlier line"));
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }
}
