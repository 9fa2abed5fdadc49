package io.souk.orders.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who wants to be forgotten. In a body: addresses are written down by many. */
@RegisterForReflection
@Schema(name = "ErasureRequest", examples = """
                {"subject": "ada@example.org"}""")
record ErasureRequest(
        @Schema(description = "Of the person's token (`sub`).") @NotBlank @Size(max = MAX_SUBJECT)
        String subject) {
    static final int MAX_SUBJECT = 1_000;
}
