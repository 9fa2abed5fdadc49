package io.souk.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A refusal as RFC 9457 has it; the services answer theirs in the same form. */
record Problem(
        int status,
        String slug,
        String title,
        String detail,
        @Nullable Integer retryAfterSeconds) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem malformed(String detail) {
        return new Problem(400, "malformed", "The request cannot be read", detail, null);
    }

    static Problem notFound(String path) {
        return new Problem(404, "not-found", "There is nothing here", "No service answers " + path, null);
    }

    static Problem methodNotAllowed(String path) {
        return new Problem(405, "method-not-allowed", "The method is not allowed here", path + " is read only", null);
    }

    static Problem tooLarge(long limitBytes) {
        return new Problem(
                413, "too-large", "The body is too large", "At most " + limitBytes + " bytes are taken here", null);
    }

    static Problem badGateway(String service) {
        return new Problem(
                502,
                "bad-gateway",
                "The service broke off",
                "The " + service + " service ended the exchange without a whole answer; what it did is not known",
                1);
    }

    static Problem unavailable(String detail) {
        return new Problem(503, "unavailable", "The service is not available now", detail, 1);
    }

    static Problem timeout(String service, long millis) {
        return new Problem(
                504,
                "timeout",
                "The service took too long",
                "The " + service + " service did not move for " + millis + " ms; what it did is not known",
                null);
    }

    Buffer body(@Nullable String instance, @Nullable String traceId) {
        var json = new JsonObject()
                .put("type", "https://souk.example/problems/" + slug)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        if (instance != null) {
            json.put("instance", instance);
        }
        if (traceId != null) {
            json.put("traceId", traceId);
        }
        return json.toBuffer();
    }

    /** Answers a request that was not passed on. */
    void send(HttpServerRequest request) {
        var response = request.response().setStatusCode(status).putHeader("content-type", MEDIA_TYPE);
        if (retryAfterSeconds != null) {
            response.putHeader("retry-after", retryAfterSeconds.toString());
        }
        response.end(body(request.path(), null));
    }
}
