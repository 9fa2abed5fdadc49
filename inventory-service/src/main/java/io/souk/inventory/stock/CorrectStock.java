package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Makes levels what the books prove, in the caller's transaction: the one way to change on hand without a movement. */
@ApplicationScoped
public class CorrectStock {
    private static final List<String> CORRECTED = List.of("onHand", "reserved", "available");

    private final StockRepository levels;
    private final MoveStock moveStock;

    CorrectStock(StockRepository levels, MoveStock moveStock) {
        this.levels = levels;
        this.moveStock = moveStock;
    }

    /** What is proven of a level: {@code 0 <= reserved <= onHand}. */
    public record Correction(UUID levelId, long onHand, long reserved) {}

    /** To be called before the books are looked at: until the transaction ends, nobody else moves these levels. */
    public Uni<Void> lock(Tx tx, Collection<UUID> levelIds) {
        return levels.lockById(tx, levelIds);
    }

    /** Of locked levels; each is told. */
    public Uni<Void> correct(Tx tx, List<Correction> corrections) {
        return corrections.isEmpty()
                ? Uni.createFrom().voidItem()
                : levels.correct(tx, corrections).chain(corrected -> moveStock.publish(tx, corrected, CORRECTED, null));
    }
}
