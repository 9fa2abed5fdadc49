package io.souk.orders.wishlist;

import java.time.Instant;
import java.util.UUID;

import static io.souk.orders.OrdersProblem.WISHLIST_FULL;

/**
 * A list as it stands at one version; what lies on it is read by pages.
 *
 * @param items how many
 */
record Wishlist(UUID id, long version, String name, int items, Instant createdAt, Instant updatedAt) {
    static final int MAX_NAME = 100;

    /** As many as ten pages of a shop show; beyond that a list is none that anybody reads. */
    static final int MAX_ITEMS = 200;

    /** Of one customer. */
    static final int MAX_LISTS = 20;

    static Wishlist create(UUID id, String name, Instant now) {
        return new Wishlist(id, 1, name, 0, now, now);
    }

    Wishlist named(String wanted, Instant now) {
        return wanted.equals(name) ? this : new Wishlist(id, version + 1, wanted, items, createdAt, now);
    }

    /** With one item more; {@code WISHLIST_FULL} beyond what a list holds. */
    Wishlist more(Instant now) {
        if (items == MAX_ITEMS) {
            throw WISHLIST_FULL.because("A wishlist holds at most " + MAX_ITEMS + " variants");
        }
        return new Wishlist(id, version + 1, name, items + 1, createdAt, now);
    }

    Wishlist fewer(Instant now) {
        return new Wishlist(id, version + 1, name, items - 1, createdAt, now);
    }
}
