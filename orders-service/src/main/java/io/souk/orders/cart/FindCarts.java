package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;
import java.util.function.BiPredicate;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Reads carts. What is not the bearer's does not exist, but for staff who may look. */
@ApplicationScoped
public class FindCarts {
    private final Transactions transactions;
    private final CartRepository carts;

    FindCarts(Transactions transactions, CartRepository carts) {
        this.transactions = transactions;
        this.carts = carts;
    }

    /** A cart that the bearer may see; 404 for any other. */
    Uni<Cart> find(Bearer bearer, UUID id) {
        return find(bearer, id, Bearer::maySee);
    }

    /** A cart that the bearer may change; 404 for any other. */
    public Uni<Cart> findOwn(Bearer bearer, UUID id) {
        return find(bearer, id, Bearer::owns);
    }

    private Uni<Cart> find(Bearer bearer, UUID id, BiPredicate<Bearer, Cart> may) {
        return transactions
                .inTenant(bearer.caller().tenant(), tx -> carts.find(tx, id))
                .map(found -> found.filter(cart -> may.test(bearer, cart)).orElseThrow(() -> noSuch(id)));
    }

    static Problem noSuch(UUID id) {
        return NOT_FOUND.because("There is no cart " + id);
    }
}
