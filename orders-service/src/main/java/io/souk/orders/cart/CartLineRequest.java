package io.souk.orders.cart;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.sku.Sku;
import io.souk.orders.order.OrderLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Units that are to be added to a cart. */
@RegisterForReflection
@Schema(name = "CartLineRequest", examples = """
                {"sku": "MAN-CHAL-500", "quantity": 2}""")
record CartLineRequest(
        @Schema(maxLength = Sku.MAX_LENGTH) @NotNull String sku,

        @NotNull @Min(1) @Max(OrderLine.MAX_QUANTITY) Integer quantity) {
    /** 422 for what is no SKU. */
    CartLineRequest checked() {
        var fault = Sku.fault(sku);
        if (fault != null) {
            throw INVALID.because("The line cannot be added").at("/sku", fault);
        }
        return this;
    }
}
