package io.souk.kit.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.TOO_LARGE;

/**
 * Looks at every request before anything else does: an address that can be decoded, parameters that say something and a body that
 * is not too large.
 */
@ApplicationScoped
class RequestGuard {
    private static final int EARLY = Integer.MIN_VALUE + 1;
    private static final String API = "/v1/";

    private final long maxBodyBytes;
    private final long maxStreamBytes;
    private final List<String> streamingPaths;
    private final Set<String> mayBeEmpty;

    RequestGuard(HttpLimits limits) {
        this.maxBodyBytes = limits.maxBodySize().asLongValue();
        this.maxStreamBytes = limits.maxStreamSize().asLongValue();
        this.streamingPaths = limits.streamingPaths().orElse(List.of());
        this.mayBeEmpty = limits.emptyParameters().orElse(Set.of());
    }

    void register(@Observes Router router) {
        router.route().order(EARLY).handler(this::look);
    }

    private void look(RoutingContext route) {
        var request = route.request();
        if (!isDecodable(request.uri())) {
            route.fail(MALFORMED.because(
                    "The address holds NUL or a percent sign that is not followed by two hex digits"));
            return;
        }
        var empty = emptyParameters(route);
        if (!empty.isEmpty()) {
            var problem = MALFORMED.because("A parameter is empty");
            empty.forEach(name -> problem.parameter(name, "is empty"));
            route.fail(problem);
            return;
        }
        @Nullable String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > maxBytes(request.path())) {
            refuseBody(route);
            return;
        }
        route.next();
    }

    /**
     * Those that are there and say nothing. The framework takes them for missing ones, and a list that was to be narrowed would
     * have everything. Its own pages, such as those of the dev mode, are its own matter.
     */
    private Set<String> emptyParameters(RoutingContext route) {
        if (route.request().query() == null || !route.normalizedPath().startsWith(API)) {
            return Set.of(); // most requests; the others' parameters are parsed once, for the resource too
        }
        return route.queryParams().entries().stream()
                .filter(parameter -> parameter.getValue().isBlank())
                .map(Map.Entry::getKey)
                .filter(name -> !mayBeEmpty.contains(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private long maxBytes(@Nullable String path) {
        if (path == null) {
            return maxBodyBytes;
        }
        for (var prefix : streamingPaths) {
            if (path.equals(prefix) || (path.startsWith(prefix) && path.charAt(prefix.length()) == '/')) {
                return maxStreamBytes;
            }
        }
        return maxBodyBytes;
    }

    private static void refuseBody(RoutingContext route) {
        UnwantedBody.closeAfterAnswer(route.vertx(), route.request());
        route.fail(TOO_LARGE.because("The body is larger than this address takes"));
    }

    /** Every percent sign starts an escape, and none of them is NUL. */
    static boolean isDecodable(String uri) {
        for (int at = uri.indexOf('%'); at >= 0; at = uri.indexOf('%', at + 1)) {
            if (at + 2 >= uri.length()) {
                return false;
            }
            int high = Character.digit(uri.charAt(at + 1), 16);
            int low = Character.digit(uri.charAt(at + 2), 16);
            if (high < 0 || low < 0 || high + low == 0) {
                return false;
            }
        }
        return true;
    }
}
