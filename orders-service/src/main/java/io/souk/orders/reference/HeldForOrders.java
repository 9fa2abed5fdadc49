package io.souk.orders.reference;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.UUID;

/** What inventory says that it holds for orders. */
@RegisterForReflection
@Schema(name = "HeldForOrders", examples = """
                {"reservations": [{"id": "0198c5d2-0000-7000-8000-000000000000",
                                   "orderId": "0198c5d2-0000-7000-8000-000000000001", "status": "CONFIRMED"}]}""")
record HeldForOrders(@NotNull @Size(max = MAX_RESERVATIONS) List<@NotNull @Valid Held> reservations) {
    /** As many as a part of inventory's verification. */
    static final int MAX_RESERVATIONS = 500;

    @RegisterForReflection
    @Schema(name = "HeldForOrder")
    record Held(
            @NotNull UUID id,
            @NotNull UUID orderId,
            @NotNull Status status) {}

    /** Of reservations that live. */
    enum Status {
        OPEN,
        CONFIRMED
    }
}
