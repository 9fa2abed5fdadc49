package io.souk.inventory.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

import static io.souk.kit.problem.KitProblem.INVALID;

/** What people may correct of a lot, as a merge patch. */
@RegisterForReflection
@Schema(name = "LotEdit", examples = """
    {"expiresOn": "2027-01-31"}
    """)
record LotEdit(@Nullable LocalDate expiresOn) {
    /** 422 without one. */
    LocalDate day() {
        if (expiresOn == null) {
            throw INVALID.because("A lot has a last day").at("/expiresOn", "is missing");
        }
        return expiresOn;
    }
}
