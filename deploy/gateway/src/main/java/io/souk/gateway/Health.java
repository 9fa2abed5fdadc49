package io.souk.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.util.List;

/** The health of the whole, asked from each service at most twice a second. */
final class Health {
    private static final long KEEP_MILLIS = 500;
    private static final long TIMEOUT_MILLIS = 2_000;
    private static final int MAX_BYTES = 64 * 1024;

    private record ServiceHealth(String service, JsonObject report) {}

    private final Origins origins;
    private final List<String> services;
    private final Remembered<JsonObject> ready;

    Health(Origins origins, List<String> services) {
        this.origins = origins;
        this.services = services;
        this.ready = new Remembered<>(this::askAll, _ -> KEEP_MILLIS);
    }

    void ready(HttpServerRequest request) {
        ready.get().onSuccess(report -> {
            boolean up = "UP".equals(report.getString("status"));
            Answers.json(request, up ? 200 : 503, report.toBuffer());
        });
    }

    static void live(HttpServerRequest request) {
        Answers.json(request, 200, new JsonObject().put("status", "UP").toBuffer());
    }

    private Future<JsonObject> askAll() {
        return Future.join(services.stream().map(this::ask).toList()).map(all -> report(all.<ServiceHealth>list()));
    }

    private Future<ServiceHealth> ask(String service) {
        return origins.get(service, "/q/health/ready", TIMEOUT_MILLIS, MAX_BYTES)
                .map(reply -> new ServiceHealth(service, parse(reply)))
                .recover(_ -> Future.succeededFuture(new ServiceHealth(service, down("The service does not answer"))));
    }

    private static JsonObject parse(Origins.Reply reply) {
        try {
            var report = reply.body().toJsonObject();
            return report.getString("status") == null ? down("HTTP " + reply.status()) : report;
        } catch (DecodeException | ClassCastException _) {
            return down("HTTP " + reply.status());
        }
    }

    private static JsonObject down(String reason) {
        return new JsonObject().put("status", "DOWN").put("reason", reason);
    }

    private static JsonObject report(List<ServiceHealth> all) {
        var services = new JsonObject();
        all.forEach(one -> services.put(one.service(), one.report()));
        boolean up = all.stream().allMatch(one -> "UP".equals(one.report().getString("status")));
        return new JsonObject().put("status", up ? "UP" : "DOWN").put("services", services);
    }
}
