package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.Entry;

/**
 * A change as the scripts take it.
 *
 * @param truth what the entry stands for, whatever is in it
 */
record Version<B>(int key, Order order, Entry<B> entry, B truth) {
    @Override
    public String toString() {
        return "%s %d:%d.%d %s".formatted(entry.getClass().getSimpleName(), key, order.epoch(), order.version(), truth);
    }
}
