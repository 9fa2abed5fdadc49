package io.souk.gateway;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The routing table of {@code routes.json}: data, so that the routes of another gateway can be generated from the same file. */
record Routes(Map<String, Integer> defaultPorts, List<Route> longestFirst) {

    static Routes shipped() {
        try (InputStream in = Routes.class.getResourceAsStream("/routes.json")) {
            if (in == null) {
                throw new IllegalStateException("routes.json is not on the classpath");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Routes parse(String json) {
        var file = new JsonObject(json);
        var defaults = file.getJsonObject("defaults");
        var ports = new TreeMap<String, Integer>();
        file.getJsonObject("services")
                .forEach(entry -> ports.put(entry.getKey(), ((JsonObject) entry.getValue()).getInteger("port")));
        var routes = file.getJsonArray("routes").stream()
                .map(JsonObject.class::cast)
                .map(route -> route(route, defaults))
                .sorted(Comparator.comparingInt((Route route) -> route.path().length())
                        .reversed())
                .toList();
        routes.stream()
                .filter(route -> !ports.containsKey(route.service()))
                .findFirst()
                .ifPresent(route -> {
                    throw new IllegalArgumentException(
                            route.path() + " goes to an unknown service: " + route.service());
                });
        return new Routes(ports, routes);
    }

    /** The most specific route for the path; null when there is none. */
    @Nullable
    Route match(String path) {
        for (var route : longestFirst) {
            if (route.matches(path)) {
                return route;
            }
        }
        return null;
    }

    /**
     * True for a path that a service might read as another one than the gateway matched: dot segments, plain or percent-encoded,
     * and backslashes.
     */
    static boolean isAmbiguous(String path) {
        var plain = path.toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "/")
                .replace('\\', '/');
        for (var segment : plain.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..") || segment.startsWith("..;") || segment.startsWith(".;")) {
                return true;
            }
        }
        return false;
    }

    private static Route route(JsonObject route, JsonObject defaults) {
        return new Route(
                route.getString("path"),
                route.getString("service"),
                route.getLong("bodyLimitBytes", defaults.getLong("bodyLimitBytes")),
                duration("timeout", route, defaults),
                duration("streamTimeout", route, defaults));
    }

    private static Duration duration(String name, JsonObject route, JsonObject defaults) {
        return Duration.parse(route.getString(name, defaults.getString(name)));
    }
}
