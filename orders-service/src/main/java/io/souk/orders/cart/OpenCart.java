package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Gives customers their cart, and guests a new one. */
@ApplicationScoped
class OpenCart {
    private final Transactions transactions;
    private final CartRepository carts;
    private final Clock clock;
    private final SecureRandom chance = new SecureRandom();

    OpenCart(Transactions transactions, CartRepository carts, Clock clock) {
        this.transactions = transactions;
        this.carts = carts;
        this.clock = clock;
    }

    /**
     * A cart that was opened.
     *
     * @param made whether it is new
     * @param token of a guest's cart; told now and never again
     */
    record Opened(Cart cart, boolean made, @Nullable String token) {}

    /**
     * A customer has one cart: the one that is there, or a new one. One without lines takes the currency, any other keeps its
     * own. A guest gets a new one each time.
     */
    Uni<Opened> open(Caller caller, String currency, boolean guest) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> guest || !caller.has(Roles.CUSTOMER) ? ofGuest(tx, currency) : inCurrency(tx, caller, currency));
    }

    private Uni<Opened> ofGuest(Tx tx, String currency) {
        var token = CartOwner.Guest.newToken(chance);
        var cart = Cart.open(Ids.next(), CartOwner.Guest.bearing(token), currency, clock.instant());
        return carts.insert(tx, cart).replaceWith(new Opened(cart, true, token));
    }

    private Uni<Opened> inCurrency(Tx tx, Caller caller, String currency) {
        return own(tx, caller, currency)
                .chain(opened -> opened.cart().currency().equals(currency)
                        ? Uni.createFrom().item(opened)
                        : exchange(tx, opened.cart().id(), currency).map(cart -> new Opened(cart, false, null)));
    }

    private Uni<Cart> exchange(Tx tx, UUID id, String currency) {
        return carts.lock(tx, List.of(id)).chain(locked -> {
            var cart = locked.stream().findFirst().orElseThrow(() -> FindCarts.noSuch(id));
            var exchanged = cart.in(currency, clock.instant());
            return exchanged.equals(cart)
                    ? Uni.createFrom().item(cart)
                    : carts.update(tx, exchanged).replaceWith(exchanged);
        });
    }

    /** The customer's cart, whatever its currency, in the caller's transaction. */
    Uni<Opened> own(Tx tx, Caller caller, String currency) {
        var customer = new CartOwner.Customer(caller.subject());
        var cart = Cart.open(Ids.next(), customer, currency, clock.instant());
        return carts.insert(tx, cart)
                .chain(made -> made
                        ? Uni.createFrom().item(new Opened(cart, true, null))
                        : carts.findOfCustomer(tx, customer.subject())
                                .map(present -> new Opened(present.orElseThrow(), false, null)));
    }
}
