package io.souk.gateway;

import java.time.Duration;

/**
 * Where the requests under one path go.
 *
 * @param path the prefix; it matches itself and everything below it, segment by segment
 * @param timeout how long an exchange may stand still, in either direction, before it is cut
 * @param streamTimeout the same for an answer that is a stream of events, in which silence is usual
 */
record Route(String path, String service, long bodyLimitBytes, Duration timeout, Duration streamTimeout) {
    Route {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException("a route starts with a slash and does not end with one: " + path);
        }
        if (bodyLimitBytes <= 0 || !timeout.isPositive() || !streamTimeout.isPositive()) {
            throw new IllegalArgumentException("limits are positive: " + path);
        }
    }

    boolean matches(String requestPath) {
        return requestPath.startsWith(path)
                && (requestPath.length() == path.length() || requestPath.charAt(path.length()) == '/');
    }
}
