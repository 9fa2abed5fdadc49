package io.souk.orders.wishlist;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.customer.PersonalRecords;
import jakarta.enterprise.context.ApplicationScoped;

/** A person's lists go. */
@ApplicationScoped
class PersonalWishlists implements PersonalRecords {
    private final WishlistRepository wishlists;

    PersonalWishlists(WishlistRepository wishlists) {
        this.wishlists = wishlists;
    }

    @Override
    public Uni<Boolean> forget(Tx tx, String subject, String nobody) {
        return wishlists.removeOfCustomer(tx, subject).replaceWith(true);
    }

    @Override
    public int place() {
        return 1;
    }
}
