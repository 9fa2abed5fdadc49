package io.souk.orders.checkout;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.problem.Problem;
import io.souk.orders.order.Fulfilment;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.INVALID;

/** How the goods of a whole order were sent. */
@RegisterForReflection
@Schema(name = "FulfilmentRequest", examples = """
                {"carrier": "UPS", "trackingNumber": "1Z999AA10123456784"}""")
record FulfilmentRequest(
        @Nullable @Size(max = Fulfilment.MAX_TEXT) String carrier,
        @Nullable @Size(max = Fulfilment.MAX_TEXT) String trackingNumber) {

    static FulfilmentRequest of(Fulfilment fulfilment) {
        return new FulfilmentRequest(fulfilment.carrier(), fulfilment.trackingNumber());
    }

    /** 422 naming what is no text that can be shown. */
    Fulfilment fulfilment() {
        var problem = INVALID.because("It cannot be told so");
        check(problem, "/carrier", carrier);
        check(problem, "/trackingNumber", trackingNumber);
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return new Fulfilment(carrier, trackingNumber);
    }

    private static void check(Problem problem, String field, @Nullable String text) {
        if (text != null && (text.isBlank() || text.chars().anyMatch(Character::isISOControl))) {
            problem.at(field, "must be one line of text, and not blank");
        } else if (text != null && text.length() > Fulfilment.MAX_TEXT) {
            problem.at(field, "must have at most " + Fulfilment.MAX_TEXT + " characters");
        }
    }
}
