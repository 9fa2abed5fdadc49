package io.souk.orders.wishlist;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.orders.order.OrderLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/** Where an item is to go, and how many units of it. */
@RegisterForReflection
@Schema(name = "WishlistMoveRequest", examples = """
                {"cartId": "01a1fef4-f2b0-7d31-8c05-2f6a4b7c8d90", "quantity": 1}""")
record WishlistMoveRequest(
        @Schema(description = "The customer's own cart.") @NotNull
        UUID cartId,

        @NotNull @Min(1) @Max(OrderLine.MAX_QUANTITY) Integer quantity) {}
