package io.souk.gateway;

import io.souk.gateway.GatewayConfig.Limits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The client connections of one event loop: at most so many, none that only sits there, and none cut in the middle of an
 * exchange when the gateway stops.
 */
final class Connections {
    private static final class Client {
        int running;
        long quietSince = System.nanoTime();
    }

    private final Vertx vertx;
    private final Limits limits;
    private final Map<HttpConnection, Client> open = new HashMap<>();
    private int running;
    private @Nullable Promise<Void> drained;

    Connections(Vertx vertx, Limits limits) {
        this.vertx = vertx;
        this.limits = limits;
        vertx.setPeriodic(Math.max(1, limits.idleClientMillis() / 4), _ -> closeIdle());
    }

    void opened(HttpConnection connection) {
        if (open.size() >= limits.clientConnections()) {
            HangUp.on(connection);
            return;
        }
        open.put(connection, new Client());
        connection.closeHandler(_ -> closed(connection));
    }

    void began(HttpServerRequest request) {
        var connection = request.connection();
        var client = open.get(connection);
        if (client == null) {
            return;
        }
        client.running++;
        running++;
        request.response().endHandler(_ -> ended(client));
        if (asksToClose(request)) {
            request.response().bodyEndHandler(_ -> connection.close());
        }
    }

    /** Vert.x itself sees a lone {@code close} only. */
    private static boolean asksToClose(HttpServerRequest request) {
        return request.headers().getAll("connection").stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }

    private void ended(Client client) {
        if (client.running > 0) {
            client.running--;
            client.quietSince = System.nanoTime();
            lessRunning(1);
        }
    }

    private void closed(HttpConnection connection) {
        var client = open.remove(connection);
        if (client != null) {
            int cut = client.running;
            client.running = 0;
            lessRunning(cut);
        }
    }

    private void lessRunning(int count) {
        running -= count;
        if (running == 0 && drained != null) {
            drained.tryComplete();
        }
    }

    boolean draining() {
        return drained != null;
    }

    /** Completes when no exchange runs any more, or when the time for it is over. */
    Future<Void> drain() {
        var promise = Promise.<Void>promise();
        drained = promise;
        vertx.setTimer(limits.drainMillis(), _ -> promise.tryComplete());
        if (running == 0) {
            promise.tryComplete();
        }
        return promise.future();
    }

    private void closeIdle() {
        long now = System.nanoTime();
        var idle = open.entrySet().stream()
                .filter(entry -> entry.getValue().running == 0)
                .filter(entry -> (now - entry.getValue().quietSince) / 1_000_000 >= limits.idleClientMillis())
                .map(Map.Entry::getKey)
                .toList();
        idle.forEach(HangUp::on);
    }
}
