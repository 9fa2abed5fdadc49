package io.souk.inventory.reservation;

import io.souk.inventory.location.LocationCode;
import io.souk.inventory.pack.AmountFields;
import io.souk.inventory.pack.Bounds;
import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * What a client wants to be held.
 *
 * @param owner whoever may renew and release it: a user, a cart; without one, the token's subject
 * @param ttlSeconds for how long; without it, as long as orders have
 * @param replaces an open reservation of the same owner, whose units are free for this one; it is released if, and only if,
 *     this one is made
 */
@Schema(name = "NewReservation", examples = """
    {"lines": [{"sku": "DD1391-100-EU41", "quantity": 2}, {"sku": "DD1391-100-EU42", "quantity": 1, "location": "main"}],
     "owner": "cart-4711", "ttlSeconds": 600}
    """)
record ReservationRequest(
        @Nullable List<@Nullable Line> lines,
        @Nullable String owner,
        @Nullable Long ttlSeconds,
        @Nullable UUID replaces) {
    static final int MAX_LINES = 100;
    static final long MAX_QUANTITY = 1_000_000_000;
    static final Bounds HELD = Bounds.between(1, MAX_QUANTITY);
    private static final int MAX_OWNER = 200;

    /**
     * Either {@code sku} or {@code variantId} and a {@code quantity} of units, or {@code gtin} and so many {@code packs}; without a
     * {@code location}, from wherever it is.
     */
    @Schema(name = "NewReservationLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long quantity,
            @Nullable String location,
            @Nullable String gtin,
            @Nullable Long packs) {
        AmountFields fields() {
            return new AmountFields(sku, variantId, quantity, "quantity", gtin, packs);
        }
    }

    /** The lines once the request is known to be good; 422 naming each bad field otherwise. */
    List<CartLine> valid(Duration longest) {
        var problem = INVALID.because("The reservation breaks a rule");
        if (owner != null && (owner.isBlank() || owner.length() > MAX_OWNER)) {
            problem.at("/owner", "must have 1 to " + MAX_OWNER + " characters");
        }
        checkTime(ttlSeconds, longest, problem);
        if (lines == null || lines.isEmpty() || lines.size() > MAX_LINES) {
            throw problem.at("/lines", "must have 1 to " + MAX_LINES + " lines");
        }
        var valid = new ArrayList<CartLine>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line == null) {
                problem.at("/lines/" + i, "must not be null");
            } else {
                check(line, "/lines/" + i, problem);
                if (problem.errors().isEmpty()) {
                    valid.add(new CartLine(i, line.fields().amount(), line.location()));
                }
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return valid;
    }

    static void checkTime(@Nullable Long ttlSeconds, Duration longest, Problem problem) {
        if (ttlSeconds != null && (ttlSeconds < 1 || ttlSeconds > longest.toSeconds())) {
            problem.at("/ttlSeconds", "must be between 1 and " + longest.toSeconds());
        }
    }

    private static void check(Line line, String pointer, Problem problem) {
        line.fields().check(pointer, HELD, problem);
        if (line.location() != null && !LocationCode.isValid(line.location())) {
            problem.at(pointer + "/location", "is not a location's code");
        }
    }
}
