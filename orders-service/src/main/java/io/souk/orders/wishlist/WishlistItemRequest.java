package io.souk.orders.wishlist;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.sku.Sku;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import static io.souk.kit.problem.KitProblem.INVALID;

/** A variant that is to be added to a list. */
@RegisterForReflection
@Schema(name = "WishlistItemRequest", examples = """
                {"sku": "MAN-CHAL-500"}""")
record WishlistItemRequest(
        @Schema(maxLength = Sku.MAX_LENGTH) @NotNull String sku) {
    /** 422 for what is no SKU. */
    Sku checked() {
        var fault = Sku.fault(sku);
        if (fault != null) {
            throw INVALID.because("The variant cannot be added").at("/sku", fault);
        }
        return new Sku(sku);
    }
}
