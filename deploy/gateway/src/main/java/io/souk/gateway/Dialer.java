package io.souk.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;

/**
 * Asks for a connection to a service and waits for it only so long. The client must have no such time of its own: a wait that
 * it ends may be given a connection all the same, which then is nobody's and lost to its pool for ever (vert.x issue 6169).
 *
 * <p>Used on one event loop.
 */
final class Dialer {
    private final Vertx vertx;
    private final HttpClient client;
    private final long patienceMillis;

    Dialer(Vertx vertx, HttpClient client, long patienceMillis) {
        this.vertx = vertx;
        this.client = client;
        this.patienceMillis = patienceMillis;
    }

    /** Fails when the service cannot be reached in time. */
    Future<HttpClientRequest> request(RequestOptions options) {
        var answer = Promise.<HttpClientRequest>promise();
        long timer = vertx.setTimer(patienceMillis, _ -> answer.tryFail("no connection was free in time"));
        client.request(options).onComplete(connected -> {
            vertx.cancelTimer(timer);
            if (connected.failed()) {
                answer.tryFail(connected.cause());
            } else if (!answer.tryComplete(connected.result())) {
                connected.result().reset(); // gives the connection back
            }
        });
        return answer.future();
    }
}
