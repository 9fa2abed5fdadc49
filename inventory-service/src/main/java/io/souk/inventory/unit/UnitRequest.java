package io.souk.inventory.unit;

import io.souk.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.Objects;

import static io.souk.kit.problem.KitProblem.INVALID;

/** What a unit is, all of it: without a {@code cost} it has none. */
@Schema(name = "UnitDetails", examples = """
    {"serialNumber": "PSA-48113967", "condition": "LIKE_NEW", "cost": {"amount": 21500, "currency": "USD"},
     "acquiredOn": "2026-11-02"}
    """)
record UnitRequest(
        @Nullable String serialNumber,
        @Nullable UnitCondition condition,
        @Nullable Money cost,
        @Nullable LocalDate acquiredOn) {

    record Valid(
            String serialNumber,
            UnitCondition condition,
            @Nullable Money cost,
            LocalDate acquiredOn) {}

    /** 422 naming each bad field. */
    Valid valid() {
        var problem = INVALID.because("The unit breaks a rule");
        SerialNumber.check(serialNumber, "/serialNumber", problem);
        if (condition == null) {
            problem.at("/condition", "is missing");
        }
        if (acquiredOn == null) {
            problem.at("/acquiredOn", "is missing");
        }
        Acquired.check(acquiredOn, "/acquiredOn", problem);
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return new Valid(
                Objects.requireNonNull(serialNumber),
                Objects.requireNonNull(condition),
                cost,
                Objects.requireNonNull(acquiredOn));
    }
}
