package io.souk.inventory.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * Why a line was refused: it asks for more than it can have.
 *
 * @param available what it could have had
 * @param reason why that is no more; null for one of before reasons were kept
 */
@RegisterForReflection
public record Shortage(
        int line,
        String sku,
        long requested,
        long available,
        @Nullable Reason reason) {

    public enum Reason {
        /** It is all that is free, over all locations. */
        TOO_FEW,

        /**
         * It is what is free in the first {@link FreeStock#LEVELS_OF_A_LINE} lots and locations, from which one line is held at most: others
         * may have more.
         */
        SCATTERED
    }
}
