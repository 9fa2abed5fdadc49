package io.souk.orders.cart;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.orders.order.OrderLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many units a line is to have. */
@RegisterForReflection
@Schema(name = "CartQuantityRequest", examples = """
                {"quantity": 3}""")
record CartQuantityRequest(
        @NotNull @Min(1) @Max(OrderLine.MAX_QUANTITY) Integer quantity) {}
