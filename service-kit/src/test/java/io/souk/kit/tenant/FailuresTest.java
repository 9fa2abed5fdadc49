package io.souk.kit.tenant;

import com.fasterxml.jackson.core.JsonParseException;
import io.souk.kit.redis.RedisClients;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletionException;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTest {
    @Test
    void whatADependencySaysWhenItIsAwayOrBusyMayPass() {
        assertThat(List.<Throwable>of(
                        new ConnectException("refused"),
                        new VertxException("Connection was closed", true),
                        new NoStackTraceThrowable("Timeout"),
                        new NoStackTraceThrowable("Connection is not active now, current status: CLOSED"),
                        postgres("57P01"),
                        postgres("40P01"),
                        postgres("55P03"),
                        postgres("53300"),
                        RedisClients.error("LOADING Redis is loading the dataset in memory"),
                        RedisClients.error("OOM"),
                        new TimeoutException("no metadata"),
                        new CompletionException(new IllegalStateException(new ConnectException()))))
                .allMatch(Failures::isTransient);
    }

    @Test
    void whatIsWrongStaysWrong() {
        assertThat(List.<Throwable>of(
                        new IllegalStateException("a fault of ours"),
                        new NullPointerException(),
                        new NoStackTraceThrowable("no such thing"),
                        postgres("23505"),
                        postgres("42501"),
                        postgres("22021"),
                        RedisClients.error("WRONGTYPE Operation against a key"),
                        RedisClients.error("LOADINGS"),
                        new JsonParseException(null, "no JSON"),
                        new RecordTooLargeException()))
                .noneMatch(Failures::isTransient);
    }

    @Test
    void aChainOfCausesThatBitesItsTailEnds() {
        var first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(Failures.isTransient(first)).isFalse();
    }

    private static PgException postgres(String state) {
        return new PgException("no", "ERROR", state, null);
    }
}
