package io.souk.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.Objects;

/** What an OIDC issuer publishes, for the stack's own one: its public keys, read again every few seconds, and where they are. */
final class LocalIssuerKeys {
    private static final long KEEP_MILLIS = 5_000;

    private final GatewayConfig config;
    private final Remembered<Buffer> keys;

    LocalIssuerKeys(Vertx vertx, GatewayConfig config) {
        this.config = config;
        this.keys = new Remembered<>(
                () -> config.jwks() == null
                        ? Future.failedFuture("no keys are configured")
                        : vertx.fileSystem()
                                .readFile(Objects.requireNonNull(config.jwks()).toString()),
                _ -> KEEP_MILLIS);
    }

    void jwks(HttpServerRequest request) {
        keys.get()
                .onSuccess(json -> Answers.json(request, 200, json))
                .onFailure(_ -> Problem.unavailable("The issuer's public keys are not there")
                        .send(request));
    }

    void configuration(HttpServerRequest request) {
        var authority = request.authority();
        var base = "http://" + (authority == null ? config.host() + ":" + config.port() : authority.toString());
        var body = new JsonObject()
                .put("issuer", config.issuer())
                .put("jwks_uri", base + "/.well-known/jwks.json")
                .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"))
                .put("subject_types_supported", new JsonArray().add("public"))
                .put("response_types_supported", new JsonArray().add("id_token"));
        Answers.json(request, 200, body.toBuffer());
    }
}
