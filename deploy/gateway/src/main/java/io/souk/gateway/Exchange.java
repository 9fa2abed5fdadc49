package io.souk.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * One request on its way through: counts its body, and cuts it when neither side moves a byte for the route's time. Lives on
 * one event loop.
 */
final class Exchange {
    /** RFC 7240; the services cap the wait at 30 s, so a longer one is not waited for here either. */
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,9})\"?(?=$|[,;\\s])");

    private static final long MAX_WAIT_SECONDS = 30;
    private static final Duration WAIT_MARGIN = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Route route;
    private final TraceParent trace;
    private final HttpServerRequest fromClient;
    private long timeoutMillis;
    private @Nullable HttpClientRequest toOrigin;
    private long received;
    private long movedAt;
    private long timer = -1;
    private boolean tooLarge;
    private boolean stalled;

    Exchange(Vertx vertx, Route route, TraceParent trace, HttpServerRequest request) {
        this.vertx = vertx;
        this.route = route;
        this.trace = trace;
        this.fromClient = request;
        this.timeoutMillis = timeoutMillis(route, request);
    }

    /** The route's time; with {@code Prefer: wait} at least that wait and a margin. */
    static long timeoutMillis(Route route, HttpServerRequest request) {
        long timeout = route.timeout().toMillis();
        for (var prefer : request.headers().getAll("prefer")) {
            var wait = WAIT.matcher(prefer);
            if (wait.find()) {
                long seconds = Math.min(Long.parseLong(wait.group(1)), MAX_WAIT_SECONDS);
                timeout = Math.max(timeout, WAIT_MARGIN.plusSeconds(seconds).toMillis());
            }
        }
        return timeout;
    }

    Route route() {
        return route;
    }

    TraceParent trace() {
        return trace;
    }

    void connected(HttpClientRequest request) {
        toOrigin = request;
        request.exceptionHandler(_ -> {}); // the failure is met where the answer was waited for
        movedAt = System.nanoTime();
        timer = vertx.setTimer(timeoutMillis, _ -> checkMovement());
    }

    /** The answer has begun. That it is a stream of events is for the service to say: what a client accepts buys no time. */
    void answering(@Nullable String mediaType) {
        movedAt = System.nanoTime();
        if (mediaType != null && mediaType.startsWith("text/event-stream")) {
            timeoutMillis = Math.max(timeoutMillis, route.streamTimeout().toMillis());
        }
    }

    @Nullable
    Throwable requestPassing(int bytes) {
        movedAt = System.nanoTime();
        received += bytes;
        tooLarge = received > route.bodyLimitBytes();
        return tooLarge ? new IllegalStateException("more than " + route.bodyLimitBytes() + " bytes") : null;
    }

    @Nullable
    Throwable responsePassing(int bytes) {
        movedAt = System.nanoTime();
        return null;
    }

    void finished() {
        vertx.cancelTimer(timer);
    }

    /** Why the exchange brought no answer. */
    Problem explain() {
        if (tooLarge) {
            return Problem.tooLarge(route.bodyLimitBytes());
        }
        if (stalled) {
            return Problem.timeout(route.service(), timeoutMillis);
        }
        return toOrigin == null
                ? Problem.unavailable("The " + route.service() + " service cannot be reached")
                : Problem.badGateway(route.service());
    }

    private void checkMovement() {
        long left = timeoutMillis - (System.nanoTime() - movedAt) / 1_000_000;
        if (left > 0) {
            timer = vertx.setTimer(left, _ -> checkMovement());
        } else if (toOrigin != null) {
            stalled = true;
            toOrigin.reset(0, new TimeoutException(route.path() + " stood still"));
            HangUp.on(toOrigin.connection());
            if (fromClient.response().headWritten()) {
                HangUp.on(fromClient.connection());
            }
        }
    }
}
