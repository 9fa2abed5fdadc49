package io.souk.kit.protocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What one command found at one moment of one node (the protocol, section 6).
 *
 * @param positions of the partitions that vouch for the view: the aggregate's own one, or all of them for a list; null when
 *     any of them is missing
 */
public record Found<B>(
        @Nullable List<Position> positions, @Nullable Entry<B> entry) {
    /**
     * As the command answered.
     *
     * @param positions with nulls for those that are missing
     */
    public static <B> Found<B> of(List<@Nullable Position> positions, @Nullable Entry<B> entry) {
        var present = new ArrayList<Position>(positions.size());
        for (var position : positions) {
            if (position == null) {
                return new Found<>(null, entry);
            }
            present.add(position);
        }
        return new Found<>(present, entry);
    }
}
