package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.Reach;
import io.souk.inventory.variant.FindVariants;
import io.souk.inventory.variant.Variant;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** What moved. */
@ApplicationScoped
class FindMovements {
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final Transactions transactions;
    private final FindVariants findVariants;
    private final StockRepository levels;
    private final MovementRepository movements;

    FindMovements(
            Transactions transactions,
            FindVariants findVariants,
            StockRepository levels,
            MovementRepository movements) {
        this.transactions = transactions;
        this.findVariants = findVariants;
        this.levels = levels;
        this.movements = movements;
    }

    /** Newest first, as far as somebody reaches; of the variants with these SKUs, or of all when the list is empty. */
    Uni<Page<MovementView>> list(Reach reach, List<Sku> skus, Limit limit, @Nullable String cursor) {
        var before = cursor == null ? AFTER_ALL : Cursor.id(Cursor.decode(cursor, 1), 0);
        return transactions
                .inTenant(
                        reach.tenant(),
                        tx -> skus.isEmpty()
                                ? movements.list(tx, reach.vendor(), before, limit.probe())
                                : levelsOf(tx, reach, skus)
                                        .chain(of -> movements.listOfLevels(tx, of, before, limit.probe())))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())));
    }

    private Uni<List<UUID>> levelsOf(Tx tx, Reach reach, List<Sku> skus) {
        return findVariants
                .bySkuKey(tx, skus.stream().map(Sku::key).distinct().toList())
                .chain(found -> levels.listByVariant(
                        tx,
                        reach.vendor(),
                        found.values().stream().map(Variant::id).toList()))
                .map(found -> found.stream().map(StockLevel::id).toList());
    }
}
