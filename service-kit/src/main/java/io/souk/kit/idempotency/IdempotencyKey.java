package io.souk.kit.idempotency;

import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_KEY_REQUIRED;
import static io.souk.kit.problem.KitProblem.MALFORMED;

/** The caller's name for one command: 1 to 255 visible ASCII characters. */
record IdempotencyKey(String value) {
    static final String HEADER = "Idempotency-Key";
    private static final int MAX_CHARS = 255;

    /** 400 when it is missing or cannot be one. */
    static IdempotencyKey of(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            throw IDEMPOTENCY_KEY_REQUIRED
                    .because("Send a key of your own, such as a UUID, and the same one when you send the request again")
                    .parameter(HEADER, "is missing");
        }
        if (header.length() > MAX_CHARS || !header.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw MALFORMED
                    .because("An idempotency key is 1 to " + MAX_CHARS + " visible ASCII characters")
                    .parameter(HEADER, "is not 1 to " + MAX_CHARS + " visible ASCII characters");
        }
        return new IdempotencyKey(header);
    }
}
