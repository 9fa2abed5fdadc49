package io.souk.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

import static io.souk.kit.problem.KitProblem.INTERNAL;
import static io.souk.kit.problem.KitProblem.MALFORMED;

/** What the HTTP layer itself refuses. */
final class HttpFailures {
    private HttpFailures() {}

    /** Null when the cause says more than the status, or for a status that no caller should see. */
    static @Nullable Problem problemOf(WebApplicationException failure) {
        return switch (failure.getCause()) {
            case JsonProcessingException _ -> null;
            case Problem _ -> null;
            case null, default -> ofStatus(failure.getResponse().getStatus());
        };
    }

    static @Nullable Problem ofStatus(int status) {
        if (status == INTERNAL.status()) {
            return null;
        }
        return Arrays.stream(KitProblem.values())
                .filter(code -> code.status() == status)
                .findFirst()
                .map(code -> code.because(detail(code)))
                .orElseGet(() -> status >= 400 && status < 500 ? MALFORMED.because(detail(MALFORMED)) : null);
    }

    private static String detail(KitProblem code) {
        return switch (code) {
            case NOT_FOUND -> "There is nothing at this address";
            case METHOD_NOT_ALLOWED -> "This address does not take that method";
            case NOT_ACCEPTABLE -> "This address answers application/json";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the Content-Type that the API documentation names";
            case TOO_LARGE -> "The body is larger than this address takes";
            default -> code.title();
        };
    }

    /** For parameters that could not be converted; {@code value} is what was sent. */
    static Problem badParameter(String name) {
        return MALFORMED.because("A parameter cannot be read").parameter(name, "has the wrong type");
    }
}
