package io.souk.orders.hold;

import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.Problem;
import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import io.souk.orders.peer.Peer;
import io.souk.orders.peer.PeerFailures;
import io.souk.orders.peer.PeerRefusal;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Optional;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.orders.OrdersProblem.RESERVATION_CLOSED;

/** Whether an order may take the place of a hold, as the inventory says at this moment. */
@ApplicationScoped
public class FindHolds {
    private static final int NOT_FOUND = 404;
    private static final String POINTER = "/reservationId";

    private final AskInventory inventory;
    private final PeerFailures failures;

    FindHolds(AskInventory inventory, PeerFailures failures) {
        this.inventory = inventory;
        this.failures = failures;
    }

    /**
     * Comes back when the caller holds it. 403 for a merchant, who holds nothing, 422 for what is no hold of the caller, {@code
     * RESERVATION_CLOSED} for one that is not open any more; else fails as {@link PeerFailures} says. It may still end before the
     * order is served, and then the inventory passes over it.
     *
     * @param bearer the Authorization header of the request on whose behalf is asked
     */
    public Uni<Void> requireOpen(Caller caller, UUID id, String bearer) {
        // The inventory would refuse as well, and that would look as if the two services disagreed about tokens.
        return caller.actsForVendor() ? Uni.createFrom().failure(ofMerchant()) : ask(caller, id, bearer);
    }

    private static Problem ofMerchant() {
        return FORBIDDEN
                .because("A merchant acts for one vendor, and holds nothing that an order could take the place of")
                .at(POINTER, "is not for a merchant's token");
    }

    private Uni<Void> ask(Caller caller, UUID id, String bearer) {
        return inventory
                .byId(id, bearer)
                .map(Optional::of)
                .onFailure(failure -> failure instanceof PeerRefusal refusal && refusal.status() == NOT_FOUND)
                .recoverWithItem(Optional.empty())
                .onFailure()
                .transform(failure -> failures.told(Peer.INVENTORY, failure))
                .invoke(found -> requireOpen(caller, found))
                .replaceWithVoid();
    }

    private static void requireOpen(Caller caller, Optional<HeldStock> found) {
        var hold = found.filter(one -> isFor(caller, one))
                .orElseThrow(() -> INVALID.because("The order cannot be placed as it is")
                        .at(POINTER, "is none of the customer's reservations"));
        if (!hold.isOpen()) {
            throw RESERVATION_CLOSED
                    .because("An order takes the place of an open reservation only")
                    .at(POINTER, "is " + hold.status());
        }
    }

    /** Who works for the tenant may take any owner's; who may read everything takes no more for it than its own. An order's is nobody's. */
    private static boolean isFor(Caller caller, HeldStock hold) {
        return hold.owner() != null
                && (caller.has(Roles.ADMIN)
                        || caller.has(Roles.SERVICE)
                        || hold.owner().equals(caller.subject()));
    }
}
