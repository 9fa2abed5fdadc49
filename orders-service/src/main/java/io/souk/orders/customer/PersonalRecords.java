package io.souk.orders.customer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

/** What a feature keeps of a person: a bean for each feature that keeps anything. */
public interface PersonalRecords {
    /**
     * Forgets a person, in the transaction that erases the customer and under the lock of the person and of the customer's row. What has
     * to stay is from now on of {@code nobody}. Locks of its own are taken in the order of ids. False when there is more than one
     * transaction should do: then it is asked again, in the next one.
     *
     * @param subject of the person's token
     * @param nobody a name that leads nowhere and that no token bears
     */
    Uni<Boolean> forget(Tx tx, String subject, String nobody);

    /** Features whose rows are locked first come first; the same order as everywhere else: orders, wishlists, carts. */
    int place();
}
