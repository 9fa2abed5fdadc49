package io.souk.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

/** The gateway's own questions to the services: short, bounded, and never following where a service points. */
final class Origins {
    /** What came back. */
    record Reply(int status, Buffer body) {}

    private final Vertx vertx;
    private final Dialer dialer;
    private final GatewayConfig config;

    Origins(Vertx vertx, Dialer dialer, GatewayConfig config) {
        this.vertx = vertx;
        this.dialer = dialer;
        this.config = config;
    }

    /** Fails when the service does not answer in time, or with more than it may. */
    Future<Reply> get(String service, String uri, long timeoutMillis, int maxBytes) {
        var origin = config.origin(service);
        var options = new RequestOptions()
                .setHost(origin.host())
                .setPort(origin.port())
                .setURI(uri);
        var whole = Promise.<Reply>promise();
        dialer.request(options)
                .compose(request -> {
                    long timer = vertx.setTimer(timeoutMillis, _ -> request.reset());
                    whole.future().onComplete(_ -> vertx.cancelTimer(timer));
                    return request.send();
                })
                .onSuccess(response -> collect(response, maxBytes, whole))
                .onFailure(whole::tryFail);
        return whole.future();
    }

    private static void collect(HttpClientResponse response, int maxBytes, Promise<Reply> whole) {
        var body = Buffer.buffer();
        response.handler(piece -> {
            body.appendBuffer(piece);
            if (body.length() > maxBytes) {
                whole.tryFail("more than " + maxBytes + " bytes");
                response.request().reset();
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(_ -> whole.tryComplete(new Reply(response.statusCode(), body)));
    }
}
