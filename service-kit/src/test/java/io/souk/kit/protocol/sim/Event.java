package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;

/**
 * One change of one aggregate, in the outbox and in the log.
 *
 * @param state the aggregate after it
 * @param undecodable whether readers cannot decode its state
 */
record Event(int key, Order order, Kind kind, State state, long validUntil, long occurredAt, boolean undecodable) {
    enum Kind {
        LIVE,
        DELETED,
        PURGED
    }

    @Override
    public String toString() {
        return "%s %d:%d.%d %s%s".formatted(kind, key, order.epoch(), order.version(), state, undecodable ? "?" : "");
    }
}
