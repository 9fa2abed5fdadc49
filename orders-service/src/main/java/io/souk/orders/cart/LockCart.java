package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Keeps a cart as it was while it is an order under way. */
@ApplicationScoped
public class LockCart {
    private final CartRepository carts;
    private final Clock clock;

    LockCart(CartRepository carts, Clock clock) {
        this.carts = carts;
        this.clock = clock;
    }

    /**
     * Locks the cart for an order, in the transaction that places it. 404 unless it is the bearer's, {@code CART_CHECKED_OUT}
     * for one that is locked, 412 when it is not at that version.
     */
    public Uni<Void> checkOut(Tx tx, Bearer bearer, UUID id, long seen, UUID order) {
        return carts.lockFor(tx, bearer.caller().subject(), List.of(id)).chain(found -> {
            var cart = found.stream().filter(bearer::owns).findFirst().orElseThrow(() -> FindCarts.noSuch(id));
            require(cart, seen);
            return carts.checkOut(tx, id, order, clock.instant());
        });
    }

    /** Refuses what {@link #checkOut} would refuse of a cart that the bearer owns. */
    public void require(Cart cart, long seen) {
        cart.requireOpen();
        Preconditions.requireVersion(seen, cart.version(), "cart", () -> CartView.of(cart));
    }

    /**
     * Unlocks the order's cart, in the transaction that ends the order: as it was, or emptied when the order succeeded.
     * Harmless for an order without a cart, and when it comes twice.
     */
    public Uni<Void> ended(Tx tx, UUID order, boolean succeeded) {
        return carts.unlock(tx, order, succeeded, clock.instant());
    }
}
