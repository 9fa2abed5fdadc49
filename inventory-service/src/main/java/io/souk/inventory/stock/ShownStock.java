package io.souk.inventory.stock;

import java.util.List;

/**
 * What there is of a variant, as far as one list shows it.
 *
 * @param onHand of all its levels, as the two that follow
 * @param first some of them, by location and lot
 * @param levels how many there are to show
 */
record ShownStock(long onHand, long reserved, long available, List<StockLevel> first, long levels) {
    static final ShownStock NONE = new ShownStock(0, 0, 0, List.of(), 0);

    boolean isWhole() {
        return first.size() == levels;
    }
}
