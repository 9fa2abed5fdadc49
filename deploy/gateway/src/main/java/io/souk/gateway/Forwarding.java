package io.souk.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Set;

/** Passes requests on to the service of their route, and answers itself where that cannot be done. */
final class Forwarding implements ProxyInterceptor {
    /** RFC 9110, section 7.6.1: they speak of one connection, not of the message. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** A client may not have the gateway drop these by naming them in its Connection header. */
    private static final Set<String> END_TO_END =
            Set.of("", "authorization", "content-length", "host", "if-match", "traceparent");

    /** What only a door may say about its client: a client's own word for it is dropped. */
    private static final Set<String> FORWARDED = Set.of(
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-forwarded-ssl",
            "x-real-ip");

    private static final String EXCHANGE = "exchange";
    private static final String REFUSED = "refused";

    private final Vertx vertx;
    private final Dialer dialer;
    private final Routes routes;
    private final GatewayConfig config;

    Forwarding(Vertx vertx, Dialer dialer, Routes routes, GatewayConfig config) {
        this.vertx = vertx;
        this.dialer = dialer;
        this.routes = routes;
        this.config = config;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        var request = context.request().proxiedRequest();
        var path = request.path();
        if (path == null || Routes.isAmbiguous(path)) {
            return refuse(context, Problem.malformed("The path has dot segments"), null);
        }
        var route = routes.match(path);
        if (route == null) {
            return refuse(context, Problem.notFound(path), null);
        }
        if (context.request().getBody().length() > route.bodyLimitBytes()) {
            return refuse(context, Problem.tooLarge(route.bodyLimitBytes()), null);
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        return pass(context, route, request);
    }

    private Future<ProxyResponse> pass(ProxyContext context, Route route, HttpServerRequest request) {
        var known = TraceParent.of(request.getHeader("traceparent"));
        var trace = known == null ? TraceParent.start(config.traceRatio()) : known;
        var exchange = new Exchange(vertx, route, trace, request);
        context.set(EXCHANGE, exchange);

        var passed = context.request();
        removeHopByHop(passed.headers());
        FORWARDED.forEach(passed.headers()::remove);
        passed.headers().remove("expect");
        if (known == null) {
            passed.headers().remove("tracestate");
        }
        passed.putHeader("traceparent", trace.header());
        var body = passed.getBody();
        passed.setBody(Body.body(new WatchedStream(body.stream(), exchange::requestPassing), body.length()));
        passed.setURI(request.query() == null ? request.path() : request.path() + "?" + request.query());
        return context.sendRequest().recover(_ -> {
            exchange.finished();
            return refuse(context, exchange.explain(), exchange);
        });
    }

    /** The connection for an exchange. The client's Host stays, so that a service's absolute links lead back to the gateway. */
    Future<HttpClientRequest> toOrigin(ProxyContext context) {
        var exchange = context.get(EXCHANGE, Exchange.class);
        var origin = config.origin(exchange.route().service());
        var options = new RequestOptions().setHost(origin.host()).setPort(origin.port());
        return dialer.request(options).map(request -> {
            var authority = context.request().proxiedRequest().authority();
            if (authority != null) {
                request.authority(authority);
            }
            exchange.connected(request);
            return request;
        });
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        var exchange = context.get(EXCHANGE, Exchange.class);
        var response = context.response();
        var body = response.getBody();
        if (exchange == null || context.get(REFUSED, Problem.class) != null) {
            return context.sendResponse();
        }
        removeHopByHop(response.headers());
        exchange.answering(response.headers().get("content-type"));
        if (body != null) {
            response.setBody(Body.body(new WatchedStream(body.stream(), exchange::responsePassing), body.length()));
        }
        return context.sendResponse().onComplete(_ -> exchange.finished());
    }

    /**
     * Answers with the problem. A client that is still sending may go on for a moment, unread, so that it gets to see the
     * answer; then its connection is closed, because nobody knows where its next request would begin.
     */
    private Future<ProxyResponse> refuse(ProxyContext context, Problem problem, @Nullable Exchange exchange) {
        context.set(REFUSED, problem);
        var request = context.request().proxiedRequest();
        var traceId = exchange == null ? null : exchange.trace().traceId();
        var response = context.request()
                .release()
                .response()
                .setStatusCode(problem.status())
                .putHeader("content-type", Problem.MEDIA_TYPE)
                .setBody(Body.body(problem.body(request.path(), traceId)));
        if (problem.retryAfterSeconds() != null) {
            response.putHeader("retry-after", problem.retryAfterSeconds().toString());
        }
        if (!request.isEnded()) {
            response.putHeader("connection", "close");
            closeSoon(request);
        }
        return Future.succeededFuture(response);
    }

    private void closeSoon(HttpServerRequest request) {
        var answered = Promise.<Void>promise();
        request.response().bodyEndHandler(_ -> answered.tryComplete());
        long timer = vertx.setTimer(config.limits().lingerMillis(), _ -> HangUp.on(request.connection()));
        Future.all(answered.future(), request.end()).onComplete(_ -> {
            vertx.cancelTimer(timer);
            request.connection().close();
        });
    }

    private static void removeHopByHop(MultiMap headers) {
        for (var nominated : headers.getAll("connection")) {
            for (var name : nominated.split(",", -1)) {
                if (!END_TO_END.contains(name.strip().toLowerCase(Locale.ROOT))) {
                    headers.remove(name.strip());
                }
            }
        }
        HOP_BY_HOP.forEach(headers::remove);
    }
}
