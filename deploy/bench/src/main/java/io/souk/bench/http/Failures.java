package io.souk.bench.http;

import org.jspecify.annotations.Nullable;

/**
 * Answers other than 200, and requests without one.
 *
 * @param first the first one's status and body, or why there was no answer; null when there are none
 */
public record Failures(long count, @Nullable String first) {
    static final Failures NONE = new Failures(0, null);

    Failures and(String one) {
        return new Failures(count + 1, first == null ? one : first);
    }

    Failures and(Failures others) {
        return new Failures(count + others.count, first == null ? others.first : first);
    }
}
