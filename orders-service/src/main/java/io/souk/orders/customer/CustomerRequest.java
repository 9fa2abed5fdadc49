package io.souk.orders.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** What customers say of themselves; each part may be missing. */
@RegisterForReflection
@Schema(name = "CustomerRequest", examples = """
                {"displayName": "Ada", "email": "ada@example.org"}""")
record CustomerRequest(
        @Schema(maxLength = MAX_NAME) @Nullable String displayName,

        @Schema(maxLength = Email.MAX_LENGTH, description = "Not verified.") @Nullable
        String email,

        @Schema(description = "One of the customer's addresses.") @Nullable
        UUID defaultShippingAddressId,

        @Schema(description = "One of the customer's addresses.") @Nullable
        UUID defaultBillingAddressId) {
    static final int MAX_NAME = 200;

    static CustomerRequest of(Customer.Profile profile) {
        return new CustomerRequest(
                profile.displayName(), profile.email(), profile.defaultShipping(), profile.defaultBilling());
    }

    /** 422 naming each bad field. */
    Customer.Profile checked() {
        var problem = INVALID.because("The customer breaks a rule");
        Texts.check(displayName, MAX_NAME, "/displayName", problem);
        Texts.check(email, Email::fault, "/email", problem);
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return new Customer.Profile(displayName, email, defaultShippingAddressId, defaultBillingAddressId);
    }
}
