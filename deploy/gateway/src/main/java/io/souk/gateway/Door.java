package io.souk.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop's share of the gateway, with a server, a client and connections of its own. */
@SuppressWarnings("NullAway.Init") // Vert.x calls start before anything else
final class Door extends AbstractVerticle {
    /** Vert.x finds one free port for all servers that name the same negative one. */
    private static final int SHARED_FREE_PORT = -1;

    private final GatewayConfig config;
    private final Routes routes;
    private final AtomicInteger port;

    private Connections connections;
    private HttpProxy proxy;
    private Health health;
    private OpenApiDocument openApi;
    private SwaggerUi swaggerUi;
    private LocalIssuerKeys keys;

    Door(GatewayConfig config, Routes routes, AtomicInteger port) {
        this.config = config;
        this.routes = routes;
        this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
        var limits = config.limits();
        var client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setKeepAliveTimeout(30)
                        .setMaxWaitQueueSize(limits.waitingPerService())
                        .setConnectTimeout(limits.connectMillis()),
                new PoolOptions().setHttp1MaxSize(limits.connectionsPerService()));
        var dialer = new Dialer(vertx, client, limits.connectMillis());
        var origins = new Origins(vertx, dialer, config);
        var forwarding = new Forwarding(vertx, dialer, routes, config);
        connections = new Connections(vertx, limits);
        proxy = HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(forwarding::toOrigin)
                .addInterceptor(forwarding);
        health = new Health(origins, List.copyOf(routes.defaultPorts().keySet()));
        openApi = new OpenApiDocument(origins, routes, Gateway.version());
        swaggerUi = new SwaggerUi(vertx);
        keys = new LocalIssuerKeys(vertx, config);

        vertx.createHttpServer(new HttpServerOptions()
                        .setHandle100ContinueAutomatically(false)
                        .setHttp2ClearTextEnabled(false)
                        .setMaxInitialLineLength(8 * 1024)
                        .setMaxHeaderSize(16 * 1024))
                .connectionHandler(connections::opened)
                .invalidRequestHandler(Door::unreadable)
                .requestHandler(this::handle)
                .listen(config.port() == 0 ? SHARED_FREE_PORT : config.port(), config.host())
                .onSuccess(server -> port.set(server.actualPort()))
                .<Void>mapEmpty()
                .onComplete(started);
    }

    /** Lets running exchanges end; whoever comes meanwhile is told to come again. */
    @Override
    public void stop(Promise<Void> stopped) {
        connections.drain().onComplete(stopped);
    }

    private void handle(HttpServerRequest request) {
        connections.began(request);
        if (connections.draining()) {
            request.response().putHeader("connection", "close");
            Problem.unavailable("The gateway is stopping").send(request);
            return;
        }
        var coding = request.getHeader("transfer-encoding");
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            refuse(request, Problem.malformed("The only transfer encoding is chunked"));
            return;
        }
        var path = request.path();
        if (path != null && isOwn(path)) {
            if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
                answer(request, path);
            } else {
                request.response().putHeader("allow", "GET, HEAD");
                Problem.methodNotAllowed(path).send(request);
            }
        } else {
            proxy.handle(request);
        }
    }

    private static boolean isOwn(String path) {
        return switch (path) {
            case "/",
                    "/openapi.json",
                    "/docs",
                    "/health/ready",
                    "/health/live",
                    "/.well-known/jwks.json",
                    "/.well-known/openid-configuration" -> true;
            default -> path.startsWith("/docs/");
        };
    }

    private void answer(HttpServerRequest request, String path) {
        switch (path) {
            case "/" -> Answers.json(request, 200, index());
            case "/openapi.json" -> openApi.send(request);
            case "/health/ready" -> health.ready(request);
            case "/health/live" -> Health.live(request);
            case "/.well-known/jwks.json" -> keys.jwks(request);
            case "/.well-known/openid-configuration" -> keys.configuration(request);
            default -> swaggerUi.send(request, path);
        }
    }

    private static Buffer index() {
        return new JsonObject()
                .put("name", "Souk")
                .put("version", Gateway.version())
                .put("docs", "/docs")
                .put("openapi", "/openapi.json")
                .put("health", "/health/ready")
                .toBuffer();
    }

    /** Answers what is not HTTP, or has a longer line or longer headers than is read, and hangs up. */
    private static void unreadable(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        var problem =
                switch (cause) {
                    case TooLongHttpLineException _ -> Problem.uriTooLong();
                    case TooLongHttpHeaderException _ -> Problem.headersTooLarge();
                    case null, default -> Problem.malformed("This is not HTTP/1.1");
                };
        refuse(request, problem);
    }

    /** Hangs up: nobody knows where the next request would begin. */
    private static void refuse(HttpServerRequest request, Problem problem) {
        request.response()
                .setStatusCode(problem.status())
                .putHeader("content-type", Problem.MEDIA_TYPE)
                .putHeader("connection", "close")
                .end(problem.body(null, null))
                .onComplete(_ -> request.connection().close());
    }
}
