package io.souk.bench.card;

import java.util.List;

/** What a read's CPU time is spent on, told by the packages on the stack. */
enum Part {
    TOKEN(
            "token check",
            "io.souk.kit.token.Bearer",
            "io.souk.kit.token.Token",
            "io.souk.kit.token.Issuer",
            "io.quarkus.security",
            "io.quarkus.vertx.http.runtime.security",
            "io.quarkus.resteasy.reactive.server.runtime.security",
            "com.github.benmanes.caffeine"),
    TENANCY("tenancy", "io.souk.kit.tenant", "io.souk.kit.token.C", "io.souk.kit.view.ViewKeys"),
    METRICS("metrics", "io.micrometer", "io.quarkus.micrometer", "io.prometheus", "io.souk.kit.view.ViewMetrics"),
    TRACING("tracing", "io.opentelemetry", "io.quarkus.opentelemetry", "io.souk.kit.trace"),
    REDIS("Redis connection", "io.souk.kit.redis"),
    CARD("views and card", "io.souk"),
    REST("REST", "org.jboss.resteasy.reactive", "io.quarkus.resteasy.reactive", "jakarta.ws.rs"),
    ROUTING("routing", "io.vertx.ext.web", "io.quarkus.vertx.http"),
    HTTP("HTTP", "io.vertx.core.http", "io.netty.handler.codec.http"),
    REST_OF_IT("network, event loop, background");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
    private final List<String> packages;

    Part(String label, String... packages) {
        this.label = label;
        this.packages = List.of(packages);
    }

    String label() {
        return label;
    }

    /**
     * The part that the innermost known class belongs to: a collection that the tracer fills is tracing, an answer that REST
     * writes is HTTP. What is common to all (JDK, Mutiny, Netty, Vert.x) says nothing by itself.
     *
     * @param classes from the innermost frame outwards
     */
    static Part of(List<String> classes) {
        for (var name : classes) {
            for (var part : values()) {
                if (part.packages.stream().anyMatch(name::startsWith)) {
                    return part;
                }
            }
        }
        return REST_OF_IT;
    }
}
