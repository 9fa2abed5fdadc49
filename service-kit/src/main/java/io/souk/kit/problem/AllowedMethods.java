package io.souk.kit.problem;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which methods an address takes: what a 405 must say in {@code Allow} (RFC 9110, 15.5.6) and the framework leaves out. Read from
 * the framework's own routing tables, so it cannot differ from what it would have answered.
 */
final class AllowedMethods {
    private AllowedMethods() {}

    /** In alphabetical order; with HEAD where there is GET and with OPTIONS, which the framework answers by itself. */
    static String of(ResteasyReactiveRequestContext request) {
        var path = request.getPathWithoutPrefix();
        var methods = new TreeSet<>(Set.of("OPTIONS"));
        for (var resource : request.getDeployment().getClassMappers()) {
            var match = new RequestMapper<>(new ArrayList<>(List.of(resource))).map(path);
            if (match != null) {
                for (var handler : match.value.handlers) {
                    if (handler instanceof ClassRoutingHandler routing) {
                        add(routing, match.remaining.isEmpty() ? "/" : match.remaining, methods);
                    }
                }
            }
        }
        return String.join(", ", methods);
    }

    private static void add(ClassRoutingHandler routing, String rest, Set<String> methods) {
        routing.getMappers().forEach((@Nullable String method, RequestMapper<?> resources) -> {
            if (method != null && resources.map(rest) != null) { // null: a locator of sub-resources
                methods.add(method);
                if (method.equals("GET")) {
                    methods.add("HEAD");
                }
            }
        });
    }
}
