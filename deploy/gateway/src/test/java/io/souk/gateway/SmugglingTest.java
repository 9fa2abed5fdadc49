package io.souk.gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests of which two readers could see different ends, or a different origin: the service meets what the gateway met. */
class SmugglingTest {
    private final LocalStack stack = new LocalStack();
    private final List<String> met = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        stack.service(
                        "catalog",
                        request -> request.body().onSuccess(body -> {
                            met.add(request.method() + " " + request.uri() + " " + body);
                            request.headers()
                                    .forEach(header -> met.add(header.getKey().toLowerCase(java.util.Locale.ROOT)));
                            request.response().end();
                        }))
                .start();
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void givenALengthAndChunks_thenTheChunksAreTheBodyAndNothingFollows() throws IOException {
        send("""
                POST /v1/products HTTP/1.1\r
                Host: a\r
                Connection: close\r
                Content-Length: 4\r
                Transfer-Encoding: chunked\r
                \r
                3\r
                abc\r
                0\r
                \r
                GET /v1/products/smuggled HTTP/1.1\r
                Host: a\r
                \r
                """);

        assertThat(met).contains("POST /v1/products abc").doesNotContain("content-length");
        assertThat(met).noneMatch(line -> line.contains("smuggled"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nContent-Length: 4",
                "Content-Length: 3, 4",
                "Content-Length: -3",
                "Content-Length: 3x",
                "Content-Length : 3",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity\r\nContent-Length: 3"
            })
    void givenALengthThatCanBeReadInTwoWays_thenItIsRefusedAndNoServiceIsAsked(String headers) throws IOException {
        var answer = send("POST /v1/products HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n\r\nabc");

        assertThat(answer).startsWith("HTTP/1.").contains(" 400 ", "problems/malformed");
        assertThat(met).isEmpty();
    }

    @Test
    void givenAWholeAddressInTheRequestLine_thenItsPathIsRoutedAndNoOtherHostIsAsked() throws IOException {
        var answer =
                send("GET http://127.0.0.1:1/v1/products?limit=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(met).contains("GET /v1/products?limit=1 ");
    }

    @Test
    void givenAClientThatClaimsToComeFromElsewhere_thenTheServiceDoesNotHearIt() throws IOException {
        send("""
                GET /v1/products HTTP/1.1\r
                Host: a\r
                Connection: close\r
                Forwarded: for=10.0.0.1;proto=https\r
                X-Forwarded-For: 10.0.0.1\r
                X-Forwarded-Host: bank.test\r
                X-Forwarded-Proto: https\r
                X-Real-IP: 10.0.0.1\r
                Accept-Language: en\r
                \r
                """);

        assertThat(met).contains("accept-language").noneMatch(header -> header.contains("forwarded"));
        assertThat(met).doesNotContain("x-real-ip");
    }

    private String send(String request) throws IOException {
        try (var socket = stack.socket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
