package io.souk.orders.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order's payment with its whole history. */
@Schema(name = "Payment")
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaymentView(
        UUID id,
        UUID orderId,
        long version,
        String provider,
        PaymentStatus status,

        @Schema(description = "What is, or is to be, authorised.")
        Money amount,

        Money captured,
        Money refunded,

        @Schema(description = "The provider's name for the authorisation.") @Nullable
        String reference,

        @Schema(description = "Captures and refunds, newest first; at most 100.")
        List<MovementView> movements,

        @Schema(
                description =
                        "Every call of the provider, oldest first; calls that ended alike are one entry that counts them.")
        List<Call> transactions) {

    /** Calls that ended alike while the payment stood at one version. */
    @Schema(name = "PaymentTransaction")
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Call(
            CallKind kind,
            CallOutcome outcome,
            Money amount,
            @Nullable String detail,
            int calls,
            Instant at,
            Instant lastAt) {}

    static PaymentView of(PaymentRow payment, List<ProviderCall> history) {
        var funds = payment.funds();
        return new PaymentView(
                funds.payment(),
                payment.orderId(),
                funds.version(),
                payment.provider(),
                funds.status(),
                payment.money(funds.authorised()),
                payment.money(funds.captured()),
                payment.money(funds.refunded()),
                payment.reference(),
                payment.movements().stream()
                        .map(moved -> MovementView.of(moved, funds.currency()))
                        .toList(),
                history.stream().map(call -> call(payment, call)).toList());
    }

    private static Call call(PaymentRow payment, ProviderCall call) {
        var amount = call.amountMinor();
        return new Call(
                call.kind(),
                call.outcome(),
                payment.money(amount == null ? payment.funds().authorised() : amount),
                call.detail(),
                call.calls(),
                call.at(),
                call.lastAt());
    }
}
