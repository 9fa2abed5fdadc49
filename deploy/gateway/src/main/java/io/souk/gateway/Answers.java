package io.souk.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** What the gateway answers out of itself. */
final class Answers {
    private Answers() {}

    static void json(HttpServerRequest request, int status, Buffer body) {
        send(request, status, "application/json", body);
    }

    static void send(HttpServerRequest request, int status, String mediaType, Buffer body) {
        var response = request.response().setStatusCode(status).putHeader("content-type", mediaType);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("content-length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }
}
