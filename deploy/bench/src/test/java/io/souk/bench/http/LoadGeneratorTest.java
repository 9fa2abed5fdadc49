package io.souk.bench.http;

import io.souk.stack.StackException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@EnabledOnOs(OS.LINUX)
class LoadGeneratorTest {
    private static final int CLIENTS = 4;

    private final Vertx vertx = Vertx.vertx();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void givenAServer_whenLoaded_thenEveryAnswerIsCountedOverAsManyConnectionsAsClients() {
        var target = target(server(200));

        Measured measured;
        try (var load = new LoadGenerator(CLIENTS)) {
            measured = load.run(target, Duration.ofSeconds(2));
        }

        assertThat(measured.nanos().getTotalCount()).isEqualTo(answered.get()).isPositive();
        assertThat(measured.failed().count()).isZero();
        assertThat(asked).containsExactlyInAnyOrder("/a yes", "/b yes");
        assertThat(connections).hasValue(CLIENTS);
        assertThat(measured.percentile(99)).isGreaterThanOrEqualTo(measured.percentile(50));
    }

    @Test
    void givenRefusals_whenLoaded_thenTheTurnIsNoMeasurement() {
        var target = target(server(503));
        var series = new Series(target);

        try (var load = new LoadGenerator(CLIENTS)) {
            var measured = load.run(target, Duration.ofSeconds(1));

            assertThat(measured.failed().count()).isEqualTo(answered.get()).isPositive();
            assertThatExceptionOfType(StackException.class)
                    .isThrownBy(() -> series.add(measured))
                    .withMessageContaining("failed");
        }
    }

    private static Target target(HttpServer server) {
        return new Target(
                "test",
                server.actualPort(),
                List.of("/a", "/b"),
                Map.of("Shown", "yes"),
                ProcessHandle.current().pid());
    }

    private HttpServer server(int status) {
        return vertx.createHttpServer()
                .connectionHandler(_ -> connections.incrementAndGet())
                .requestHandler(request -> {
                    asked.add(request.uri() + " " + request.getHeader("Shown"));
                    answered.incrementAndGet();
                    request.response().setStatusCode(status).end("body");
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
