package io.souk.kit.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** A body of which the rest is on its way and nobody wants it. */
public final class UnwantedBody {
    private static final long LINGER_MILLIS = 1_000;

    private UnwantedBody() {}

    /**
     * Gives the connection up after the answer, which is yet to be sent: what still arrives is thrown away until the client has
     * sent all, or for a second. Not at once, since closing with bytes unread resets the connection, and a reset throws away
     * an answer that the client has not read yet (RFC 9112, section 9.6). On the request's event loop.
     */
    public static void closeAfterAnswer(Vertx vertx, HttpServerRequest request) {
        request.handler(_ -> {}).endHandler(_ -> request.connection().close());
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE).endHandler(_ -> {
            request.resume();
            vertx.setTimer(LINGER_MILLIS, _ -> request.connection().close());
        });
    }
}
