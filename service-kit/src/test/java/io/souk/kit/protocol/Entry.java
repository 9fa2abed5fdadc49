package io.souk.kit.protocol;

import io.souk.kit.event.Order;

/**
 * What the cache holds of one aggregate (the protocol, section 1).
 *
 * @param <B> what is served
 */
public sealed interface Entry<B> {
    AsOf asOf();

    /** Whether it is at least as new as the order that a caller's token names. */
    boolean isAtLeast(Order token);

    /**
     * There is something to serve.
     *
     * @param validUntilMicros the moment from which the bytes are wrong though nothing was written; {@link Freshness#FOR_EVER}
     */
    record Live<B>(Order order, AsOf asOf, long validUntilMicros, B body) implements Entry<B> {
        @Override
        public boolean isAtLeast(Order token) {
            return order.compareTo(token) >= 0;
        }
    }

    /** It was deleted, and no read needs to ask the database. */
    record Tombstone<B>(Order order, AsOf asOf) implements Entry<B> {
        @Override
        public boolean isAtLeast(Order token) {
            return order.compareTo(token) >= 0;
        }
    }

    /** There was no row. It has no order, so it never satisfies a token. */
    record Absent<B>(AsOf asOf) implements Entry<B> {
        @Override
        public boolean isAtLeast(Order token) {
            return false;
        }
    }
}
