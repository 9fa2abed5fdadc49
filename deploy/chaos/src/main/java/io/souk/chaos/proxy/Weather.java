package io.souk.chaos.proxy;

import java.time.Duration;

/** How a {@link TcpProxy} treats what it carries. */
public sealed interface Weather {
    /** Everything passes as it comes. */
    record Clear() implements Weather {}

    /**
     * Every piece waits for {@code latency} in each direction, and then trickles.
     *
     * @param bytesPerSecond at most this many in each direction of each connection; positive
     */
    record Slow(Duration latency, int bytesPerSecond) implements Weather {
        public Slow {
            if (latency.isNegative() || bytesPerSecond <= 0) {
                throw new IllegalArgumentException("latency " + latency + ", bytes per second " + bytesPerSecond);
            }
        }
    }

    /** Open connections are reset, and so is every new one at once. */
    record Cut() implements Weather {}

    /** Connections are accepted and stay open, and what is sent in this direction does not arrive until the weather changes. */
    record Silent(Direction direction) implements Weather {}

    /** Seen from the client. */
    enum Direction {
        REQUESTS,
        ANSWERS,
        BOTH
    }
}
