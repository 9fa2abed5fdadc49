package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.customer.PersonalRecords;
import jakarta.enterprise.context.ApplicationScoped;

/** A person's cart goes; a guest's is nobody's anyway. */
@ApplicationScoped
class PersonalCarts implements PersonalRecords {
    private final CartRepository carts;

    PersonalCarts(CartRepository carts) {
        this.carts = carts;
    }

    @Override
    public Uni<Boolean> forget(Tx tx, String subject, String nobody) {
        return carts.removeOfCustomer(tx, subject).replaceWith(true);
    }

    @Override
    public int place() {
        return 2;
    }
}
