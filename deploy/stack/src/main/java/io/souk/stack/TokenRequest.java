package io.souk.stack;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;

/**
 * What a token shall say.
 *
 * @param tenant null only for an operator
 * @param vendor the vendor that a merchant acts for
 */
public record TokenRequest(
        @Nullable String tenant,
        Set<String> roles,
        String subject,
        @Nullable String vendor,
        Duration lifetime) {
    public TokenRequest {
        roles = Set.copyOf(roles);
        if (subject.isBlank()) {
            throw new IllegalArgumentException("a token needs a subject");
        }
    }
}
