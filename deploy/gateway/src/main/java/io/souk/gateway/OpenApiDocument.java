package io.souk.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * The documents of all services as one. A service that is away is described by what it said last, or left out and named; the
 * document is then asked for again sooner.
 */
final class OpenApiDocument {
    private static final long KEEP_MILLIS = 15_000;
    private static final long KEEP_INCOMPLETE_MILLIS = 2_000;
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private record Merged(Buffer json, boolean complete) {}

    private final Origins origins;
    private final Routes routes;
    private final String version;
    private final Map<String, JsonObject> lastKnown = new TreeMap<>();
    private final Remembered<Merged> merged =
            new Remembered<>(this::askAll, document -> document.complete() ? KEEP_MILLIS : KEEP_INCOMPLETE_MILLIS);

    OpenApiDocument(Origins origins, Routes routes, String version) {
        this.origins = origins;
        this.routes = routes;
        this.version = version;
    }

    void send(HttpServerRequest request) {
        merged.get().onSuccess(document -> Answers.json(request, 200, document.json()));
    }

    private Future<Merged> askAll() {
        var services = routes.defaultPorts().keySet();
        return Future.join(services.stream().map(this::ask).toList()).map(answers -> {
            boolean complete = answers.<Boolean>list().stream().allMatch(answered -> answered);
            var missing = new ArrayList<>(services);
            missing.removeAll(lastKnown.keySet());
            var document = OpenApiMerge.merge(routes, version, lastKnown, missing);
            return new Merged(document.toBuffer(), complete);
        });
    }

    private Future<Boolean> ask(String service) {
        return origins.get(service, "/q/openapi?format=json", TIMEOUT_MILLIS, MAX_BYTES)
                .map(reply -> {
                    if (reply.status() != 200) {
                        throw new DecodeException("HTTP " + reply.status());
                    }
                    lastKnown.put(service, reply.body().toJsonObject());
                    return true;
                })
                .recover(_ -> Future.succeededFuture(false));
    }
}
