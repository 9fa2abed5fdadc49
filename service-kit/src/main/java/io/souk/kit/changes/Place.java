package io.souk.kit.changes;

import org.jspecify.annotations.Nullable;

/**
 * How far somebody has read.
 *
 * @param positions what a cursor says; not changed by anybody
 * @param window the log's end in memory in which it was read, if it was
 * @param seq what comes next in that window
 */
record Place(Positions positions, @Nullable Recent window, long seq) {
    static Place at(Positions positions) {
        return new Place(positions, null, 0);
    }
}
