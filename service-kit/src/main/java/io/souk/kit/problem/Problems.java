package io.souk.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.souk.kit.tenant.Failures;
import io.souk.kit.tenant.TransactionFailure;
import io.vertx.pgclient.PgException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.INTERNAL;
import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static io.souk.kit.problem.KitProblem.OUTCOME_UNKNOWN;
import static io.souk.kit.problem.KitProblem.TOO_MANY_REQUESTS;
import static io.souk.kit.problem.KitProblem.UNAUTHENTICATED;
import static io.souk.kit.problem.KitProblem.UNAVAILABLE;

/** Names what went wrong: from any failure, or from nothing found, to the problem that the caller is told. Pure. */
public final class Problems {
    /** A lost connection comes back, or a rolling restart ends, in about this time. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** A chain of causes may be a ring. */
    private static final int MAX_CAUSES = 20;

    private Problems() {}

    /** The causes are looked at too. */
    public static Problem of(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            @Nullable Problem problem = known(cause);
            if (problem != null) {
                return problem;
            }
            cause = cause.getCause();
        }
        return mayPass(failure) ? unavailable("A dependency cannot answer at present") : internal();
    }

    /** True for what may succeed when it is tried again later, unchanged. */
    public static boolean mayPass(Throwable failure) {
        return failure instanceof Problem problem
                ? problem.status() == UNAVAILABLE.status() || problem.status() == TOO_MANY_REQUESTS.status()
                : Failures.isTransient(failure);
    }

    public static Problem unavailable(String detail) {
        return UNAVAILABLE.because(detail).retryAfter(RETRY_AFTER);
    }

    /** What was found; 404 when nothing was. {@code what} names it in a sentence: "brand". */
    public static <T> T present(@Nullable T found, String what) {
        if (found == null) {
            throw NOT_FOUND.because("No " + what + " has this id");
        }
        return found;
    }

    static Problem internal() {
        return INTERNAL.because("The failure is recorded; give the trace id when you report it");
    }

    private static @Nullable Problem known(Throwable cause) {
        return switch (cause) {
            case Problem problem -> problem;
            case JsonProcessingException json -> JsonFailures.problemOf(json);
            case ConstraintViolationException violations -> Violations.problemOf(violations);
            case UnauthorizedException _ -> UNAUTHENTICATED.because("Send a token: Authorization: Bearer <JWT>");
            case AuthenticationFailedException refused -> UNAUTHENTICATED.because(reason(refused));
            case TransactionFailure.OutcomeUnknown _ ->
                OUTCOME_UNKNOWN.because(
                        "The change may have been made: look, or send the request again with the same Idempotency-Key");
            case ForbiddenException _ -> FORBIDDEN.because("None of the token's roles allows this");
            case PgException database -> ofDatabase(String.valueOf(database.getSqlState()));
            case WebApplicationException http -> HttpFailures.problemOf(http);
            case FaultToleranceException _, RejectedExecutionException _ -> unavailable("Too much is asked at once");
            default -> null;
        };
    }

    private static String reason(AuthenticationFailedException refused) {
        @Nullable String message = refused.getMessage();
        return message == null || message.isBlank() ? "The token is not valid" : message;
    }

    /** The second fence behind our own checks of input: PostgreSQL manual, appendix A. */
    private static @Nullable Problem ofDatabase(String sqlState) {
        return switch (sqlState) {
            case "22021" -> MALFORMED.because("A text holds a character that cannot be stored");
            case "22003" -> INVALID.because("A number is out of range");
            default -> null;
        };
    }
}
