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
        @Schema(description = "Required where the shop charges taxes, unless an address is named.")
        OrderRequest.@Nullable ShipTo shipTo,

        @Schema(
                description =
                        "One of the customer's own addresses: the order takes a copy, and taxes go by it. Not beside `shipTo`.")
        @JsonInclude(JsonInclude.Include.NON_NULL) // a key's request stays the same for who names none
        @Nullable
        UUID shippingAddressId,

        @Schema(
                description =
                        "What the customer holds by an own reservation (POST /v1/reservations): the order takes its place, and it is"
                                + " released if the order's stock can be reserved with its units, else stays as it is. A merchant's token holds"
                                + " nothing: 403")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        UUID reservationId,

        @NotNull @Valid OrderRequest.Payment payment) {}
