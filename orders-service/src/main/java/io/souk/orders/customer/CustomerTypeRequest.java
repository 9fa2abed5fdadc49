package io.souk.orders.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.INVALID;

/** What the shop says of a customer. */
@RegisterForReflection
@Schema(name = "CustomerTypeRequest", examples = """
                {"type": "wholesale"}""")
record CustomerTypeRequest(
        @Schema(
                maxLength = CustomerType.MAX_LENGTH,
                description = "A code of the shop's own: a-z, 0-9 and dashes. Null: none in particular.")
        @Nullable
        String type) {
    /** 422 for what is no code. */
    CustomerTypeRequest checked() {
        if (type != null && !CustomerType.isCode(type)) {
            throw INVALID.because("The customer breaks a rule")
                    .at("/type", "must be 1 to 32 of a-z, 0-9 and dashes, not starting with a dash");
        }
        return this;
    }
}
