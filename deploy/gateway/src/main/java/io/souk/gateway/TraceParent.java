package io.souk.gateway;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The header of W3C Trace Context that ties the work of all services for one request together. */
record TraceParent(String header) {
    /** Version ff is forbidden; later versions than 00 may append fields, which are passed on as they are. */
    private static final Pattern VALID = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]{1,200})?");

    /** The client's own trace where it sent a valid one, else null. */
    static @Nullable TraceParent of(@Nullable String header) {
        return header != null && VALID.matcher(header).matches() ? new TraceParent(header) : null;
    }

    /** A new trace, sampled with the given probability: services follow the decision that was taken at the door. */
    static TraceParent start(double sampledRatio) {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return new TraceParent("00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + "-"
                + hex.toHexDigits(random.nextLong() | 1) + "-" + (random.nextDouble() < sampledRatio ? "01" : "00"));
    }

    String traceId() {
        return header.substring(3, 35);
    }
}
