package io.souk.orders.checkout;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** How a cart is to be paid. */
@RegisterForReflection
@Schema(name = "CartCheckoutRequest", examples = """
                {"shipTo": {"country": "US", "region": "NY"}, "payment": {"provider": "sandbox", "token": "tok_ok"}}""")
record CartCheckoutRequest(
        @Schema(description = OrderRequest.SHIP_TO) OrderRequest.@Nullable ShipTo shipTo,

        @Schema(description = OrderRequest.ADDRESS)
        @JsonInclude(JsonInclude.Include.NON_NULL) // a key's request stays the same for who names none
        @Nullable
        UUID shippingAddressId,

        @Schema(description = OrderRequest.HOLD) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        UUID reservationId,

        @NotNull @Valid OrderRequest.Payment payment) {}
