package io.souk.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A refusal as RFC 9457 has it; the services answer theirs in the same form. */
record Problem(Kind kind, String detail, @Nullable Integer retryAfterSeconds) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** Slugs are public: added, never renamed; each has a row in docs/errors.md. */
    enum Kind {
        MALFORMED(400, "malformed", "The request cannot be read"),
        NOT_FOUND(404, "not-found", "There is nothing here"),
        METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not allowed here"),
        TOO_LARGE(413, "too-large", "The body is too large"),
        URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
        HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too large"),
        BAD_GATEWAY(502, "bad-gateway", "The service broke off"),
        UNAVAILABLE(503, "unavailable", "The service is not available now"),
        TIMEOUT(504, "timeout", "The service took too long");

        private final int status;
        private final String slug;
        private final String title;

        Kind(int status, String slug, String title) {
            this.status = status;
            this.slug = slug;
            this.title = title;
        }

        String slug() {
            return slug;
        }
    }

    private Problem(Kind kind, String detail) {
        this(kind, detail, null);
    }

    static Problem malformed(String detail) {
        return new Problem(Kind.MALFORMED, detail);
    }

    static Problem notFound(String path) {
        return new Problem(Kind.NOT_FOUND, "No service answers " + path);
    }

    static Problem methodNotAllowed(String path) {
        return new Problem(Kind.METHOD_NOT_ALLOWED, path + " is read only");
    }

    static Problem tooLarge(long limitBytes) {
        return new Problem(Kind.TOO_LARGE, "At most " + limitBytes + " bytes are taken here");
    }

    static Problem uriTooLong() {
        return new Problem(Kind.URI_TOO_LONG, "At most 8 KiB are read");
    }

    static Problem headersTooLarge() {
        return new Problem(Kind.HEADERS_TOO_LARGE, "At most 16 KiB are read");
    }

    static Problem badGateway(String service) {
        return new Problem(
                Kind.BAD_GATEWAY,
                "The " + service + " service ended the exchange without a whole answer; what it did is not known",
                1);
    }

    static Problem unavailable(String detail) {
        return new Problem(Kind.UNAVAILABLE, detail, 1);
    }

    static Problem timeout(String service, long millis) {
        return new Problem(
                Kind.TIMEOUT,
                "The " + service + " service did not move for " + millis + " ms; what it did is not known");
    }

    int status() {
        return kind.status;
    }

    Buffer body(@Nullable String instance, @Nullable String traceId) {
        var json = new JsonObject()
                .put("type", "https://souk.example/problems/" + kind.slug)
                .put("title", kind.title)
                .put("status", kind.status)
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
        var response = request.response().setStatusCode(kind.status).putHeader("content-type", MEDIA_TYPE);
        if (retryAfterSeconds != null) {
            response.putHeader("retry-after", retryAfterSeconds.toString());
        }
        response.end(body(request.path(), null));
    }
}
