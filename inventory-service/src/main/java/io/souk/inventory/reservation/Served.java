package io.souk.inventory.reservation;

import io.souk.inventory.reservation.Wanted.Replaced;
import io.souk.inventory.stock.Allocation;
import io.souk.inventory.stock.FreeStock;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Shortage;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a cart got.
 *
 * @param gone the reservation that gave up its units for it; null for none
 */
record Served(Cart cart, Allocation allocation, @Nullable Replaced gone) {

    /**
     * Serves the carts in their order, each of them wholly or not at all. A reservation gives up its units only for a cart
     * that gets all it wants with them; for one that is refused it stays as it was.
     */
    static List<Served> of(List<Wanted> carts, FreeStock stock) {
        var gone = new HashSet<UUID>();
        var served = new ArrayList<Served>(carts.size());
        for (var wanted : carts) {
            served.add(of(wanted, stock, gone));
        }
        return served;
    }

    private static Served of(Wanted wanted, FreeStock stock, Set<UUID> gone) {
        var replaced = wanted.replaced();
        // Of two carts that want the same one gone, the first one that is served had its units.
        if (replaced == null || gone.contains(replaced.reservation().id())) {
            return new Served(wanted.cart(), stock.take(wanted.needs()), null);
        }
        stock.giveBack(replaced.holds());
        return switch (stock.take(wanted.needs())) {
            case Allocation.Held held -> {
                gone.add(replaced.reservation().id());
                yield new Served(wanted.cart(), held, replaced);
            }
            case Allocation.Refused refused -> {
                stock.takeBack(replaced.holds());
                yield new Served(wanted.cart(), refused, null);
            }
        };
    }

    boolean isHeld() {
        return allocation instanceof Allocation.Held;
    }

    List<Hold> holds() {
        return allocation instanceof Allocation.Held(var holds) ? holds : List.of();
    }

    List<Shortage> shortages() {
        return allocation instanceof Allocation.Refused refused ? refused.lines() : List.of();
    }

    /** Whatever may have changed for it: its reservation and the one that is gone, and their levels. */
    Set<UUID> aggregates() {
        var ids = new HashSet<UUID>();
        ids.add(cart.reservation());
        holds().forEach(hold -> ids.add(hold.levelId()));
        if (gone != null) {
            ids.add(gone.reservation().id());
            gone.holds().forEach(hold -> ids.add(hold.levelId()));
        }
        return ids;
    }
}
