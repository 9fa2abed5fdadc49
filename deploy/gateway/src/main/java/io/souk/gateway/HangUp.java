package io.souk.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends a connection without waiting for the other side. */
final class HangUp {
    private HangUp() {}

    /**
     * Closes the channel beneath Vert.x. Vert.x's own {@code close} first flushes what is still to be written, and so never ends
     * on a peer that has stopped reading.
     */
    static void on(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            var _ = base.channelHandlerContext().close();
        } else {
            connection.close();
        }
    }
}
