package io.souk.kit.problem;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Answers what fails before or beside the resources: a path that cannot be decoded, a limit, a route of the framework. */
@ApplicationScoped
class RouteFailures {
    /** Before every other route: the first failure handler that matches answers. */
    private static final int FIRST = Integer.MIN_VALUE;

    private final ProblemWriter writer;

    RouteFailures(ProblemWriter writer) {
        this.writer = writer;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).failureHandler(this::answer);
    }

    private void answer(RoutingContext route) {
        var response = route.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            route.request().connection().close(); // a truncated answer must not look complete
            return;
        }
        @Nullable Throwable failure = route.failure();
        @Nullable Problem ofStatus = HttpFailures.ofStatus(route.statusCode());
        Problem problem = failure == null || (ofStatus != null && failure instanceof IllegalArgumentException)
                ? (ofStatus == null ? Problems.internal() : ofStatus)
                : Problems.of(failure);
        var answer = writer.answer(
                failure == null ? problem : failure,
                problem,
                route.request().method().name(),
                pathOf(route));
        response.setStatusCode(answer.status()).putHeader("Content-Type", ProblemWriter.MEDIA_TYPE);
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }

    private static String pathOf(RoutingContext route) {
        var uri = route.request().uri();
        var query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
