package io.souk.orders.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A customer as it sees itself, and as the shop's admin sees it; {@code version} is what If-Match takes. */
@Schema(name = "Customer")
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record CustomerView(
        UUID id,
        long version,
        @Nullable String displayName,
        @Nullable String email,

        @Schema(description = "A code of the shop's own; missing: none in particular.") @Nullable
        String type,

        List<AddressEntry> addresses,
        @Nullable UUID defaultShippingAddressId,
        @Nullable UUID defaultBillingAddressId,
        Instant createdAt,
        Instant updatedAt) {

    /** An address of a customer. */
    @Schema(name = "CustomerAddress")
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AddressEntry(
            UUID id,
            @Nullable String label,
            String recipient,
            List<String> lines,
            @Nullable String postalCode,
            String city,
            @Nullable String region,
            String country,
            @Nullable String phone) {}

    static CustomerView of(Customer customer) {
        var profile = customer.profile();
        return new CustomerView(
                customer.id(),
                customer.version(),
                profile.displayName(),
                profile.email(),
                customer.type(),
                customer.addresses().stream().map(CustomerView::entry).toList(),
                profile.defaultShipping(),
                profile.defaultBilling(),
                customer.createdAt(),
                customer.updatedAt());
    }

    static AddressEntry entry(Address address) {
        var postal = address.postal();
        return new AddressEntry(
                address.id(),
                address.label(),
                postal.recipient(),
                postal.lines(),
                postal.postalCode(),
                postal.city(),
                postal.region(),
                postal.country(),
                postal.phone());
    }
}
