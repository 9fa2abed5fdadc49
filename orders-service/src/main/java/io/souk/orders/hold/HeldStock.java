package io.souk.orders.hold;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * The part of the inventory's answer that an order needs.
 *
 * @param owner the subject of whom it was made for; null for an order's
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record HeldStock(@Nullable String owner, String status) {
    boolean isOpen() {
        return status.equals("OPEN");
    }
}
