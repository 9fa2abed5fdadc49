package io.souk.inventory.reservation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

import static io.souk.kit.problem.KitProblem.INVALID;

/** For how long from now on; without it, as long as orders have. */
@Schema(name = "Renewal", examples = """
    {"ttlSeconds": 600}
    """)
record RenewalRequest(@Nullable Long ttlSeconds) {
    /** 422 naming the field when it is out of bounds. */
    Duration lifetime(ReservationConfig config) {
        var problem = INVALID.because("The renewal breaks a rule");
        ReservationRequest.checkTime(ttlSeconds, config.longestLifetime(), problem);
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return ttlSeconds == null ? config.lifetime() : Duration.ofSeconds(ttlSeconds);
    }
}
