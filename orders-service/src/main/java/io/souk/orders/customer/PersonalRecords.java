package io.souk.orders.customer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

/** What a feature keeps of a person: a bean for each feature that keeps anything. */
public interface PersonalRecords {
    /** What the name of nobody begins with, which stands where an erased customer stood. */
    String NOBODY = "erased:";

    /**
     * Forgets a person, in the transaction that erases the customer and under its row's lock. What has to stay is from now on of
     * {@code nobody}. Locks of its own are taken in the order of ids.
     *
     * @param subject of the person's token
     * @param nobody a name that leads nowhere and that no token bears
     */
    Uni<Void> forget(Tx tx, String subject, String nobody);

    /** Features whose rows are locked first come first; the same order as everywhere else: orders, wishlists, carts. */
    int place();
}
