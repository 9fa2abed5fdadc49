package io.souk.orders.order;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * A line that inventory could not serve.
 *
 * @param line its place in the order, from 0
 * @param available units that it could have had when it was refused
 * @param reason why these were no more; null when inventory did not say, or said what we do not know
 */
public record Refusal(
        int line,
        String sku,
        long requested,
        long available,

        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL) @Nullable
        Reason reason) {

    public enum Reason {
        /** They were all that was free. */
        TOO_FEW,

        /** They were all in the lots and locations from which one line is served at most; others may have had more. */
        SCATTERED
    }

    boolean isScattered() {
        return reason == Reason.SCATTERED;
    }
}
