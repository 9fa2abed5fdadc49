package io.souk.inventory.pack;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How much a line may say: the same for units and for packs, and again for the units that packs are.
 *
 * @param nothing whether 0 will do where it lies between the two
 */
public record Bounds(long least, long most, boolean nothing) {
    /** At least and at most so much. */
    public static Bounds between(long least, long most) {
        return new Bounds(least, most, true);
    }

    /** So many more or less; nothing at all would be no change. */
    public static Bounds upToEitherWay(long most) {
        return new Bounds(-most, most, false);
    }

    boolean contain(long size) {
        return size >= least && size <= most && (nothing || size != 0);
    }

    void check(@Nullable Long size, String field, Problem problem) {
        if (size == null || !contain(size)) {
            problem.at(field, "must be " + this);
        }
    }

    @Override
    public String toString() {
        return "between " + least + " and " + most + (nothing ? "" : ", and not 0");
    }
}
