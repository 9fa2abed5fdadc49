package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.MovementRepository.Movement;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Makes levels what the books prove, in the caller's transaction: the one way to change on hand other than by a movement. */
@ApplicationScoped
public class CorrectStock {
    private static final String VERIFICATION = "verification";

    private final StockRepository levels;
    private final MovementRepository movements;
    private final MoveStock moveStock;

    CorrectStock(StockRepository levels, MovementRepository movements, MoveStock moveStock) {
        this.levels = levels;
        this.movements = movements;
        this.moveStock = moveStock;
    }

    /**
     * What is proven of a level: {@code 0 <= reserved <= onHand}.
     *
     * @param unbooked how many more are there than the ledger has
     */
    public record Correction(UUID levelId, long onHand, long reserved, long unbooked) {}

    /** To be called before the books are looked at: until the transaction ends, nobody else moves these levels. */
    public Uni<Void> lock(Tx tx, Collection<UUID> levelIds) {
        return levels.lockById(tx, levelIds).replaceWithVoid();
    }

    /**
     * Of locked levels; each is told. What the ledger does not have becomes a count in it.
     *
     * @param by who asks for it
     */
    public Uni<Void> correct(Tx tx, Caller by, List<Correction> corrections) {
        return corrections.isEmpty()
                ? Uni.createFrom().voidItem()
                : levels.correct(tx, corrections)
                        .call(() -> book(tx, by, corrections))
                        .chain(corrected -> moveStock.publish(tx, corrected, null));
    }

    private Uni<Void> book(Tx tx, Caller by, List<Correction> corrections) {
        var unbooked = corrections.stream().filter(one -> one.unbooked() != 0).toList();
        return unbooked.isEmpty()
                ? Uni.createFrom().voidItem()
                : movements.book(
                        tx,
                        Paper.of(by, VERIFICATION),
                        unbooked.stream()
                                .map(one -> new Movement(
                                        unbooked.indexOf(one), one.levelId(), MovementKind.COUNT, one.unbooked(), null))
                                .toList());
    }
}
