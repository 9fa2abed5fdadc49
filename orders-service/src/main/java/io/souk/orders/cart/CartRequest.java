package io.souk.orders.cart;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.INVALID;

/** A cart that is to be opened. */
@RegisterForReflection
@Schema(name = "CartRequest", examples = """
                {"currency": "USD"}""")
record CartRequest(
        @Schema(description = "ISO 4217; all prices in the cart are in it. A cart that has lines keeps its own.")
        @NotNull
        String currency,

        @Schema(description = "True: a guest's cart, even for a customer. Without the role customer it always is.")
        @Nullable
        Boolean guest) {
    /** 422 for what is no currency. */
    CartRequest checked() {
        if (!Money.isCurrency(currency)) {
            throw INVALID.because("The cart cannot be opened").at("/currency", "is not an ISO 4217 code such as USD");
        }
        return this;
    }
}
