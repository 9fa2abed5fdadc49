package io.souk.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.INTERNAL;
import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.UNAUTHENTICATED;
import static io.souk.kit.problem.KitProblem.UNAVAILABLE;

/** Names what went wrong: from any failure to the problem that the caller is told. Pure; the cause is looked at too. */
public final class Failures {
    /** Long enough for a lost connection to come back, short enough to be noticed by nobody. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private Failures() {}

    public static Problem problemOf(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            @Nullable Problem problem = known(cause);
            if (problem != null) {
                return problem;
            }
        }
        return internal();
    }

    /** True for what may succeed when it is tried again, unchanged, a little later. */
    public static boolean mayPass(Throwable failure) {
        return problemOf(failure).status() == UNAVAILABLE.status();
    }

    public static Problem unavailable(String detail) {
        return UNAVAILABLE.because(detail).retryAfter(RETRY_AFTER);
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
            case AuthenticationFailedException refused ->
                UNAUTHENTICATED.because(messageOr(refused, "The token is not valid"));
            case ForbiddenException _ -> FORBIDDEN.because("None of the token's roles allows this");
            case PgException database -> ofDatabase(database);
            case WebApplicationException http -> HttpFailures.problemOf(http);
            case IllegalArgumentException _ -> null; // ours or the caller's: only who threw it knows
            case TimeoutException _, io.smallrye.mutiny.TimeoutException _ -> unavailable("An answer took too long");
            case FaultToleranceException _, RejectedExecutionException _, ConnectionPoolTooBusyException _ ->
                unavailable("Too much is asked at once");
            case IOException _ -> unavailable("A dependency cannot be reached");
            case VertxException vertx -> ofVertx(vertx);
            default -> ofPool(cause);
        };
    }

    /** SQLSTATE classes: PostgreSQL manual, appendix A. */
    private static @Nullable Problem ofDatabase(PgException failure) {
        var state = String.valueOf(failure.getSqlState());
        if (state.equals("22021")) {
            return MALFORMED.because("A text holds a character that cannot be stored");
        }
        if (state.equals("22003")) {
            return INVALID.because("A number is out of range");
        }
        return isTransient(state) ? unavailable("The database cannot answer at present") : null;
    }

    /** Connection, resources, shutdown, cancelled by a timeout, lock not available, deadlock or serialisation failure. */
    private static boolean isTransient(String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.equals("55P03")
                || state.equals("25P03")
                || state.startsWith("40");
    }

    private static @Nullable Problem ofVertx(VertxException failure) {
        return isConnectionLoss(failure) ? unavailable("A dependency cannot be reached") : null;
    }

    private static boolean isConnectionLoss(VertxException failure) {
        var message = String.valueOf(failure.getMessage());
        return failure instanceof io.vertx.core.http.HttpClosedException || message.contains("closed");
    }

    /** The pools of Vert.x report what they run out of by messages alone. */
    private static @Nullable Problem ofPool(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        boolean exhausted = failure instanceof io.vertx.core.impl.NoStackTraceThrowable
                && (message.startsWith("Timeout")
                        || message.contains("max wait queue size")
                        || message.contains("closed"));
        return exhausted ? unavailable("Too much is asked at once") : null;
    }

    private static String messageOr(Throwable failure, String other) {
        @Nullable String message = failure.getMessage();
        return message == null || message.isBlank() ? other : message;
    }
}
