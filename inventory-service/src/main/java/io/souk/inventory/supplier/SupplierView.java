package io.souk.inventory.supplier;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

@RegisterForReflection
@Schema(name = "Supplier")
record SupplierView(
        UUID id,
        String code,
        String name,
        @Nullable String accountNumber,
        Contact contact,
        SupplierStatus status,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    static SupplierView of(Supplier supplier) {
        return new SupplierView(
                supplier.id(),
                supplier.code(),
                supplier.name(),
                supplier.accountNumber(),
                supplier.contact(),
                supplier.status(),
                supplier.version(),
                supplier.createdAt(),
                supplier.updatedAt());
    }
}
