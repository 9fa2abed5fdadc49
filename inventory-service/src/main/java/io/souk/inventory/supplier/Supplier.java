package io.souk.inventory.supplier;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody of whom goods are bought.
 *
 * @param code what people call it; it never changes
 * @param accountNumber the shop's number with it
 */
public record Supplier(
        UUID id,
        String code,
        String name,
        @Nullable String accountNumber,
        Contact contact,
        SupplierStatus status,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    public boolean isActive() {
        return status == SupplierStatus.ACTIVE;
    }
}
