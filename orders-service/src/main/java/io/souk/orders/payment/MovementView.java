package io.souk.orders.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** A capture or a refund. */
@Schema(name = "PaymentMovement")
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record MovementView(
        UUID id,

        @Schema(description = "CAPTURE or REFUND") CallKind kind,

        Money amount,

        @Schema(description = "PENDING until the provider has answered; a provider that is silent is asked again.")
        MovementStatus status,

        @Schema(description = "Why it was refused.") @Nullable
        String reason) {

    static MovementView of(PaymentRow.MovementRow movement, String currency) {
        return new MovementView(
                movement.id(),
                movement.kind(),
                new Money(movement.amount(), currency),
                movement.status(),
                movement.reason());
    }
}
