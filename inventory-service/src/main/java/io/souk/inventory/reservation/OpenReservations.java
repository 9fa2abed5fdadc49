package io.souk.inventory.reservation;

import io.souk.inventory.reservation.Wanted.Replaced;
import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static io.souk.inventory.InventoryProblem.TOO_MANY_RESERVATIONS;

/**
 * The open reservations of the customers of a batch, whoever made them, and those that this batch makes: a place is taken by each
 * cart as if all before it were served. Mutable, for the one transaction.
 */
final class OpenReservations {
    private final Map<String, Integer> byOwner;
    private final Set<UUID> replaced = new HashSet<>();
    private final int most;

    OpenReservations(Map<String, Integer> byOwner, int most) {
        this.byOwner = new HashMap<>(byOwner);
        this.most = most;
    }

    /**
     * Whether there was a place for the cart. It takes that of the reservation which it replaces, unless another one has.
     *
     * @param present open; null for none
     */
    boolean take(Cart.OfOwner cart, @Nullable Replaced present) {
        if (present != null && replaced.add(present.reservation().id())) {
            return true;
        }
        if (byOwner.getOrDefault(cart.owner(), 0) >= most) {
            return false;
        }
        byOwner.merge(cart.owner(), 1, Integer::sum);
        return true;
    }

    Problem refusal() {
        return TOO_MANY_RESERVATIONS
                .because("A customer has at most " + most
                        + " open reservations: release one, or name it as `replaces`, or order what it holds")
                .with("most", most);
    }
}
