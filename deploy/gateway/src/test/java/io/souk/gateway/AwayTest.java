package io.souk.gateway;

import io.vertx.core.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Services that are not there, break off, or go while they are used; and a gateway that is told to stop. */
class AwayTest {
    private final LocalStack stack = new LocalStack();

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void givenAServiceThatIsDown_thenTheClientIsToldToComeAgain() {
        stack.start();

        var response = stack.get("/v1/products");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("problems/unavailable").contains("catalog");
    }

    @Test
    void givenAServiceThatHangsUpBeforeItsAnswer_thenTheClientGets502() {
        stack.service("catalog", request -> request.connection().close()).start();

        var response = stack.get("/v1/products");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
        assertThat(response.body()).contains("problems/bad-gateway");
    }

    @Test
    void givenAServiceThatBreaksOffInItsAnswer_thenTheClientCannotTakeItForWhole() throws IOException {
        stack.service("catalog", request -> {
                    request.response()
                            .setChunked(true)
                            .write("half")
                            .onSuccess(_ -> request.connection().close());
                })
                .start();

        try (var socket = stack.socket()) {
            socket.getOutputStream()
                    .write("GET /v1/products HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void givenAClientThatLeaves_thenTheServiceLearnsIt() throws Exception {
        var left = new CompletableFuture<Void>();
        var asked = new CompletableFuture<Void>();
        stack.service("orders", request -> {
                    request.connection().closeHandler(_ -> left.complete(null));
                    asked.complete(null);
                })
                .start();

        try (var socket = stack.socket()) {
            socket.getOutputStream()
                    .write("GET /v1/orders HTTP/1.1\r\nHost: a\r\nPrefer: wait=30\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            asked.get(60, TimeUnit.SECONDS);
        }

        assertThat(left).succeedsWithin(java.time.Duration.ofSeconds(60));
    }

    @Test
    void givenARunningExchange_whenTheGatewayStops_thenItEndsAndNewOnesAreRefused() throws Exception {
        var asked = new CompletableFuture<Void>();
        var answer = Promise.<Void>promise();
        stack.service("orders", request -> {
                    asked.complete(null);
                    answer.future().onSuccess(_ -> request.response().end("done"));
                })
                .limits(new GatewayConfig.Limits(64, 4, 2, 60_000, 1_000, 60_000, 1_000))
                .start();
        var running = stack.http()
                .sendAsync(
                        stack.request("/v1/orders").header("prefer", "wait=30").build(), BodyHandlers.ofString());
        asked.get(60, TimeUnit.SECONDS);

        var stopped = stack.gateway().stop().toCompletionStage().toCompletableFuture();
        var refused = stack.get("/v1/orders");
        answer.complete();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(running.get(60, TimeUnit.SECONDS).body()).isEqualTo("done");
        assertThat(stopped).succeedsWithin(java.time.Duration.ofSeconds(60));
    }
}
