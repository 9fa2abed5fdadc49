package io.souk.kit.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;

/**
 * How long the caller would like to wait for the outcome (RFC 7240).
 *
 * @param waitTime zero when it did not say, at most {@link #MAX_WAIT}
 */
public record Prefer(Duration waitTime) {
    /** Longer than any step of an order takes, shorter than the 60 s after which a proxy usually hangs up. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private static final Prefer NOTHING = new Prefer(Duration.ZERO);

    /** Preferences that are unknown or cannot be read are ignored, as the RFC asks. */
    public static Prefer of(@Nullable String header) {
        if (header == null) {
            return NOTHING;
        }
        for (var preference : header.split("[,;]", 32)) {
            var pair = preference.strip().toLowerCase(Locale.ROOT).split("=", 2);
            if (pair.length == 2 && pair[0].strip().equals("wait")) {
                return seconds(pair[1].strip().replace("\"", ""));
            }
        }
        return NOTHING;
    }

    private static Prefer seconds(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return NOTHING;
        }
        return digits.length() > 2
                ? new Prefer(MAX_WAIT)
                : new Prefer(Duration.ofSeconds(Math.min(MAX_WAIT.toSeconds(), Long.parseLong(digits))));
    }

    public boolean waits() {
        return waitTime.isPositive();
    }

    /** The {@code Preference-Applied} header for an answer that waited. */
    public String applied() {
        return "wait=" + waitTime.toSeconds();
    }
}
