package io.souk.gateway;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What differs from one installation to the next; all of it comes from the environment.
 *
 * @param host {@code SOUK_GATEWAY_HOST}, 127.0.0.1: the local stack is nobody else's business unless somebody says so
 * @param port {@code SOUK_GATEWAY_PORT}, 8080; 0 takes a free one
 * @param origins {@code SOUK_<SERVICE>_URL}, by service name; by default this machine and the port of {@code routes.json}
 * @param issuer {@code SOUK_TOKEN_ISSUER}, as it stands in the tokens
 * @param jwks {@code SOUK_TOKEN_JWKS_FILE}: the public keys to serve; without it the gateway serves none
 * @param traceRatio {@code SOUK_TRACE_RATIO}, 0.01: the share of requests without a trace of their own that start a sampled one
 */
record GatewayConfig(
        String host,
        int port,
        Map<String, Origin> origins,
        String issuer,
        @Nullable Path jwks,
        double traceRatio,
        Limits limits) {

    /** Where a service listens. */
    record Origin(String host, int port) {
        static Origin of(String url) {
            var uri = URI.create(url);
            if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
                throw new IllegalArgumentException("a service is reached by http://host:port, not by " + url);
            }
            return new Origin(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        }
    }

    /**
     * The bounds that are not a matter of one route.
     *
     * @param clientConnections per event loop; the next client is turned away at once
     * @param connectionsPerService per event loop. Long polls and event streams hold one each
     * @param waitingPerService requests that wait for a connection; the next one gets 503
     * @param idleClientMillis a connection without a request is closed after this time, also one that dawdles over its headers
     * @param lingerMillis how long a refused client may go on sending before its connection is closed, so that it can read the refusal
     * @param drainMillis how long running exchanges may take after a SIGTERM
     */
    record Limits(
            int clientConnections,
            int connectionsPerService,
            int waitingPerService,
            long idleClientMillis,
            long lingerMillis,
            long drainMillis,
            int connectMillis) {
        static final Limits DEFAULT = new Limits(1024, 128, 256, 60_000, 2_000, 5_000, 2_000);
    }

    static GatewayConfig from(Map<String, String> environment, Routes routes) {
        var origins = new TreeMap<String, Origin>();
        routes.defaultPorts().forEach((service, port) -> {
            var url = environment.get("SOUK_" + service.toUpperCase(Locale.ROOT) + "_URL");
            origins.put(service, url == null ? new Origin("127.0.0.1", port) : Origin.of(url));
        });
        var jwks = environment.get("SOUK_TOKEN_JWKS_FILE");
        return new GatewayConfig(
                environment.getOrDefault("SOUK_GATEWAY_HOST", "127.0.0.1"),
                Integer.parseInt(environment.getOrDefault("SOUK_GATEWAY_PORT", "8080")),
                origins,
                environment.getOrDefault("SOUK_TOKEN_ISSUER", "https://souk.local"),
                jwks == null ? null : Path.of(jwks),
                Double.parseDouble(environment.getOrDefault("SOUK_TRACE_RATIO", "0.01")),
                Limits.DEFAULT);
    }

    Origin origin(String service) {
        var origin = origins.get(service);
        if (origin == null) {
            throw new IllegalArgumentException("no such service: " + service);
        }
        return origin;
    }
}
