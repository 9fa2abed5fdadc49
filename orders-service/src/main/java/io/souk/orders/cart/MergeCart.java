package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Brings a guest's cart along when the guest logs in. */
@ApplicationScoped
class MergeCart {
    private final Transactions transactions;
    private final CartRepository carts;
    private final OpenCart openCart;
    private final Clock clock;

    MergeCart(Transactions transactions, CartRepository carts, OpenCart openCart, Clock clock) {
        this.transactions = transactions;
        this.carts = carts;
        this.openCart = openCart;
        this.clock = clock;
    }

    /**
     * The customer's cart with the guest's lines: units add up, at most to what a line holds, and the price that was
     * shown last counts. Merging again gives the same cart and adds nothing. 404 for a guest's cart whose token the
     * bearer does not have; refused, and nothing moved, while one of them is checked out, when their currencies differ,
     * or when together they are more than a cart holds.
     */
    Uni<Cart> merge(Bearer bearer, UUID guest) {
        return transactions.inTenant(
                bearer.caller().tenant(),
                tx -> carts.find(tx, guest).chain(found -> {
                    var theirs = found.filter(bearer::owns).orElseThrow(() -> FindCarts.noSuch(guest));
                    return theirs.owner() instanceof CartOwner.Customer
                            ? Uni.createFrom().item(theirs)
                            : openCart.own(tx, bearer.caller(), theirs.currency())
                                    .chain(opened -> merge(tx, opened.cart().id(), guest));
                }));
    }

    private Uni<Cart> merge(Tx tx, UUID customers, UUID guests) {
        return carts.lock(tx, List.of(customers, guests)).chain(locked -> {
            var own = of(locked, customers);
            var guest = of(locked, guests);
            if (guest.state() instanceof CartState.Merged(var into) && into.equals(own.id())) {
                return Uni.createFrom().item(own);
            }
            guest.requireOpen();
            own.requireOpen();
            var now = clock.instant();
            var merged = guest.lines().isEmpty() ? own : own.merge(guest, now);
            var written = merged.equals(own) ? Uni.createFrom().voidItem() : carts.update(tx, merged);
            return written.chain(() -> carts.merged(tx, guest.id(), own.id(), now))
                    .replaceWith(merged);
        });
    }

    /** Gone when the sweep was faster. */
    private static Cart of(List<Cart> locked, UUID id) {
        return locked.stream().filter(cart -> cart.id().equals(id)).findFirst().orElseThrow(() -> FindCarts.noSuch(id));
    }
}
