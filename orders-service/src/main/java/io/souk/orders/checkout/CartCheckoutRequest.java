package io.souk.orders.checkout;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a cart is to be paid. */
@RegisterForReflection
@Schema(name = "CartCheckoutRequest", examples = """
                {"shipTo": {"country": "US", "region": "NY"}, "payment": {"provider": "sandbox", "token": "tok_ok"}}""")
record CartCheckoutRequest(
        @Schema(description = "Required where the shop charges taxes.")
        OrderRequest.@Nullable ShipTo shipTo,

        @NotNull @Valid OrderRequest.Payment payment) {}
