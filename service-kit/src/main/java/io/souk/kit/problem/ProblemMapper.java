package io.souk.kit.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.METHOD_NOT_ALLOWED;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Every failure of a resource becomes an answer here. */
public class ProblemMapper {
    private final ProblemWriter writer;

    ProblemMapper(ProblemWriter writer) {
        this.writer = writer;
    }

    /** The classes beside Throwable are those for which the framework would otherwise use a mapper of its own. */
    @ServerExceptionMapper({
        Throwable.class,
        Problem.class,
        WebApplicationException.class,
        NotFoundException.class,
        MismatchedInputException.class,
        ValidationException.class,
        ConstraintViolationException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class,
        UnauthorizedException.class,
        ForbiddenException.class
    })
    public Response map(Throwable failure, ContainerRequestContext request) {
        if (failure instanceof WebApplicationException http
                && http.getResponse().getStatus() < 400) {
            return http.getResponse();
        }
        var uri = request.getUriInfo();
        var problem = failure instanceof NotFoundException notFound && notFound.getCause() instanceof Exception unread
                ? ofParameter(unread, uri)
                : Problems.of(failure);
        var answer = writer.answer(
                failure, problem, request.getMethod(), uri.getRequestUri().getRawPath());
        var response = Response.status(answer.status())
                .entity(answer.body().getBytes())
                .type(ProblemWriter.MEDIA_TYPE);
        answer.headers().forEach(response::header);
        if (answer.status() == METHOD_NOT_ALLOWED.status()) {
            response.header("Allow", AllowedMethods.of(CurrentRequestManager.get()));
        }
        return response.build();
    }

    /**
     * JAX-RS answers 404 for a path or query parameter that cannot be converted, and does not say which. A path that
     * names no thing is 404 indeed; a query parameter is the caller's mistake, and the message holds the bad value.
     */
    private static Problem ofParameter(Exception unread, UriInfo uri) {
        if (unread instanceof Problem problem) {
            return problem;
        }
        var message = String.valueOf(unread.getMessage());
        @Nullable String inQuery = nameOfValueIn(message, uri.getQueryParameters());
        @Nullable String inPath = nameOfValueIn(message, uri.getPathParameters());
        if (inQuery != null && inPath == null) {
            return HttpFailures.badParameter(inQuery);
        }
        return NOT_FOUND.because("There is nothing at this address");
    }

    private static @Nullable String nameOfValueIn(String message, MultivaluedMap<String, String> parameters) {
        @Nullable String name = null;
        int longest = -1;
        for (var parameter : parameters.entrySet()) {
            for (var value : parameter.getValue()) {
                if (value.length() > longest && message.contains(value)) {
                    name = parameter.getKey();
                    longest = value.length();
                }
            }
        }
        return name;
    }
}
