package io.souk.kit.problem;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.ConnectException;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import static io.souk.kit.problem.KitProblem.CONFLICT;
import static io.souk.kit.problem.KitProblem.TOO_MANY_REQUESTS;
import static io.souk.kit.problem.KitProblem.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ProblemsTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(CONFLICT.because("taken"), 409),
                arguments(new CompletionException(new RuntimeException(CONFLICT.because("taken"))), 409),
                arguments(new UnauthorizedException(), 401),
                arguments(new ForbiddenException(), 403),
                arguments(new NotSupportedException(), 415),
                arguments(new WebApplicationException(418), 400),
                arguments(new WebApplicationException(500), 500),
                arguments(database("23505"), 500),
                arguments(database("42P01"), 500),
                arguments(database("22021"), 400),
                arguments(database("22003"), 422),
                arguments(database("40P01"), 503),
                arguments(database("53300"), 503),
                arguments(database("57014"), 503),
                arguments(database("55P03"), 503),
                arguments(new NoStackTraceThrowable("Timeout"), 503),
                arguments(new TimeoutException(), 503),
                arguments(new BulkheadException(), 503),
                arguments(new RuntimeException(new ConnectException("refused")), 503),
                arguments(new IllegalArgumentException("ours"), 500),
                arguments(new StackOverflowError(), 500));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void givenAFailure_thenItsStatus(Throwable failure, int status) {
        var problem = Problems.of(failure);

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.retryAfter() != null).isEqualTo(status == 503);
    }

    @Test
    void whatSaysComeAgainOrIsAwayMayPass_andNothingElse() {
        assertThat(Stream.of(
                        UNAVAILABLE.because("away"),
                        TOO_MANY_REQUESTS.because("slower"),
                        new ConnectException("refused")))
                .allMatch(Problems::mayPass);
        assertThat(Stream.of(CONFLICT.because("taken"), new IllegalStateException("ours")))
                .noneMatch(Problems::mayPass);
    }

    @Test
    void givenCausesInARing_thenItEnds() {
        var one = new RuntimeException("one");
        one.initCause(new RuntimeException("two", one));

        assertThat(Problems.of(one).status()).isEqualTo(500);
    }

    @Test
    void slugsAreUniqueAndUrlSafe() {
        assertThat(Arrays.stream(KitProblem.values()).map(KitProblem::slug))
                .doesNotHaveDuplicates()
                .allMatch(slug -> slug.matches("[a-z]+(-[a-z]+)*"));
    }

    private static PgException database(String state) {
        return new PgException("failed", "ERROR", state, "detail");
    }
}
