package io.souk.gateway;

import io.souk.gateway.GatewayConfig.Limits;
import io.souk.gateway.GatewayConfig.Origin;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway whose services are small servers of the test. A service without one has a port on which nobody listens. */
final class LocalStack implements AutoCloseable {
    static final Limits LIMITS = new Limits(64, 4, 2, 60_000, 1_000, 3_000, 1_000);

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Origin> origins = new HashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Limits limits = LIMITS;
    private String timeout = "PT20S";
    private String streamTimeout = "PT20S";
    private @Nullable Path jwks;
    private @Nullable Gateway gateway;

    LocalStack() {
        origins.put("catalog", new Origin("127.0.0.1", unusedPort()));
        origins.put("orders", new Origin("127.0.0.1", unusedPort()));
    }

    LocalStack limits(Limits changed) {
        limits = changed;
        return this;
    }

    /** For a test in which a service is to be too slow; else none is, however busy the machine. */
    LocalStack timeout(String iso) {
        timeout = iso;
        return this;
    }

    /** For a test in which a stream is to be silent for too long. */
    LocalStack streamTimeout(String iso) {
        streamTimeout = iso;
        return this;
    }

    LocalStack jwks(Path file) {
        jwks = file;
        return this;
    }

    LocalStack service(String name, Handler<HttpServerRequest> handler) {
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
        origins.put(name, new Origin("127.0.0.1", server.actualPort()));
        return this;
    }

    void later(long millis, Runnable action) {
        vertx.setTimer(millis, _ -> action.run());
    }

    LocalStack start() {
        var config = new GatewayConfig("127.0.0.1", 0, origins, "https://issuer.test", jwks, 1.0, limits);
        gateway = await(Gateway.start(config, Routes.parse(routes())));
        return this;
    }

    private String routes() {
        return """
               {
                 "services": { "catalog": { "port": 1 }, "orders": { "port": 2 } },
                 "defaults": { "bodyLimitBytes": 1000, "timeout": "%s", "streamTimeout": "%s" },
                 "routes": [
                   { "path": "/v1/products", "service": "catalog" },
                   { "path": "/v1/imports", "service": "catalog", "bodyLimitBytes": 104857600 },
                   { "path": "/v1/orders", "service": "orders" }
                 ]
               }
               """.formatted(timeout, streamTimeout);
    }

    Gateway gateway() {
        if (gateway == null) {
            throw new IllegalStateException("not started");
        }
        return gateway;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway().port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpClient http() {
        return http;
    }

    Socket socket() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway().port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    static int unusedPort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
        if (gateway != null) {
            await(gateway.stop());
        }
        await(vertx.close());
    }
}
