package io.souk.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies, time and connections at, below and above their bounds. */
class LimitsTest {
    private final LocalStack stack = new LocalStack();

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void givenABodyAtItsLimit_thenItPasses_andOneByteMoreDoesNot() {
        var asked = new AtomicInteger();
        stack.service("catalog", request -> {
                    asked.incrementAndGet();
                    countBytes(request);
                })
                .start();

        var atLimit = stack.send(stack.request("/v1/products").POST(BodyPublishers.ofByteArray(new byte[1000])));
        var above = stack.send(stack.request("/v1/products").POST(BodyPublishers.ofByteArray(new byte[1001])));

        assertThat(atLimit.statusCode()).isEqualTo(200);
        assertThat(atLimit.body()).isEqualTo("1000");
        assertThat(above.statusCode()).isEqualTo(413);
        assertThat(above.body()).contains("problems/too-large").contains("1000 bytes");
        assertThat(asked).as("a declared length is refused unread").hasValue(1);
    }

    @Test
    void givenABodyOfUnknownLength_thenItIsCutAtTheLimit() {
        stack.service("catalog", LimitsTest::countBytes).start();

        var atLimit = stack.send(stack.request("/v1/products").POST(unknownLength(1000)));
        var above = stack.send(stack.request("/v1/products").POST(unknownLength(1001)));

        assertThat(atLimit.body()).isEqualTo("1000");
        assertThat(above.statusCode()).isEqualTo(413);
        assertThat(above.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void givenAClientThatNeverStopsSending_thenItSeesTheRefusalAndIsCutOff() throws IOException {
        stack.service("catalog", LimitsTest::countBytes).start();
        var chunk = ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.UTF_8);

        try (var socket = stack.socket()) {
            var out = socket.getOutputStream();
            out.write("POST /v1/products HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 8; i++) {
                out.write(chunk);
            }
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 413").contains("problems/too-large");
        }
    }

    @Test
    void givenAClientThatAsksFirst_thenATooLargeBodyIsNeverSent() throws IOException {
        stack.service("catalog", LimitsTest::countBytes).start();

        try (var socket = stack.socket()) {
            socket.getOutputStream()
                    .write(
                            "POST /v1/products HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 413").doesNotContain("100 Continue");
        }
    }

    @Test
    void givenALargeImport_thenItStreamsThrough() {
        stack.service("catalog", LimitsTest::countBytes).start();

        var response = stack.send(stack.request("/v1/imports").POST(unknownLength(50_000_000)));

        assertThat(response.body()).isEqualTo("50000000");
    }

    @Test
    void givenAServiceThatReadsSlowly_thenTheClientIsHeldBack() throws Exception {
        var release = new CompletableFuture<HttpServerRequest>();
        stack.service("catalog", request -> {
                    request.pause();
                    release.complete(request);
                    request.response().setChunked(true).write("x");
                })
                .timeout("PT2S")
                .start();
        var sent = new AtomicLong();
        var sending = stack.http()
                .sendAsync(
                        stack.request("/v1/imports")
                                .POST(BodyPublishers.ofInputStream(() -> new Zeros(80_000_000, sent)))
                                .build(),
                        BodyHandlers.ofString());

        release.get(60, TimeUnit.SECONDS);
        var cut = sending.handle((_, failure) -> failure != null).get(60, TimeUnit.SECONDS);

        assertThat(cut).as("a standing exchange is cut").isTrue();
        assertThat(sent.get()).as("what the buffers on the way hold").isLessThan(40_000_000);
    }

    @Test
    void givenAServiceThatDoesNotAnswer_thenTheClientGets504() {
        stack.service("catalog", _ -> {}).timeout("PT0.5S").start();

        var response = stack.get("/v1/products");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("problems/timeout").contains("traceId");
    }

    @Test
    void givenAWaitThatIsLongerThanTheRoutesTime_thenTheWaitCounts() {
        stack.service("orders", request -> {
                    if (request.headers().contains("prefer")) {
                        stack.later(1_500, () -> request.response().end("done"));
                    }
                })
                .timeout("PT0.5S")
                .start();

        assertThat(stack.send(stack.request("/v1/orders").header("prefer", "respond-async, wait=30"))
                        .body())
                .isEqualTo("done");
        assertThat(stack.get("/v1/orders").statusCode()).isEqualTo(504);
    }

    @Test
    void givenAnEventStream_thenSilenceDoesNotEndIt() {
        stack.service("catalog", request -> {
                    var response = request.response().setChunked(true).putHeader("content-type", "text/event-stream");
                    response.write("data: 1\n\n");
                    stack.later(2_500, () -> response.end("data: 2\n\n"));
                })
                .timeout("PT1S")
                .start();

        var response = stack.send(stack.request("/v1/products").header("accept", "text/event-stream"));

        assertThat(response.body()).isEqualTo("data: 1\n\ndata: 2\n\n");
    }

    @Test
    void givenAnEventStreamThatStaysSilent_thenItIsCut() throws IOException {
        stack.service(
                        "catalog",
                        request -> request.response()
                                .setChunked(true)
                                .putHeader("content-type", "text/event-stream")
                                .write("data: 1\n\n"))
                .timeout("PT2S")
                .streamTimeout("PT3S")
                .start();

        try (var socket = stack.socket()) {
            socket.getOutputStream()
                    .write("GET /v1/products HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).contains("data: 1").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void givenAClientThatWouldTakeEvents_thenThatBuysNoTime() {
        stack.service("catalog", _ -> {}).timeout("PT0.5S").start();

        var response = stack.send(stack.request("/v1/products").header("accept", "text/event-stream"));

        assertThat(response.statusCode()).isEqualTo(504);
    }

    @Test
    void givenMoreRequestsThanConnectionsAndPlacesToWait_thenTheRestIsToldToComeAgain() throws Exception {
        stack.service(
                        "orders",
                        request -> stack.later(1_000, () -> request.response().end("done")))
                .start();
        var request = stack.request("/v1/orders").header("prefer", "wait=30").build();

        var answers = java.util.stream.IntStream.range(0, 40)
                .mapToObj(_ -> stack.http().sendAsync(request, BodyHandlers.ofString()))
                .toList();

        var statuses = new AtomicInteger[] {new AtomicInteger(), new AtomicInteger()};
        for (var answer : answers) {
            var response = answer.get(60, TimeUnit.SECONDS);
            if (response.statusCode() == 200) {
                statuses[0].incrementAndGet();
            } else {
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.headers().firstValue("retry-after")).hasValue("1");
                statuses[1].incrementAndGet();
            }
        }
        assertThat(statuses[0].get()).isBetween(4, 39);
        assertThat(statuses[1].get()).isPositive();
    }

    @Test
    void givenAConnectionWithoutARequest_thenItIsClosed() throws IOException {
        stack.limits(new GatewayConfig.Limits(64, 4, 2, 200, 1_000, 3_000, 1_000))
                .start();

        try (var socket = stack.socket()) {
            socket.getOutputStream().write("GET /v1/products HTT".getBytes(StandardCharsets.UTF_8));

            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void givenMoreClientsThanAllowed_thenTheNextIsTurnedAway() throws IOException {
        stack.limits(new GatewayConfig.Limits(0, 4, 2, 60_000, 1_000, 3_000, 1_000))
                .start();

        try (var socket = stack.socket()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void countBytes(HttpServerRequest request) {
        var count = new AtomicLong();
        request.handler(piece -> count.addAndGet(piece.length()));
        request.endHandler(_ -> request.response().end(Buffer.buffer(Long.toString(count.get()))));
    }

    private static java.net.http.HttpRequest.BodyPublisher unknownLength(long bytes) {
        return BodyPublishers.ofInputStream(() -> new Zeros(bytes, new AtomicLong()));
    }

    /** So many zero bytes, counted as they are read. */
    private static final class Zeros extends InputStream {
        private final AtomicLong sent;
        private long left;

        Zeros(long bytes, AtomicLong sent) {
            this.left = bytes;
            this.sent = sent;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            sent.incrementAndGet();
            return 0;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            java.util.Arrays.fill(target, offset, offset + count, (byte) 0);
            left -= count;
            sent.addAndGet(count);
            return count;
        }
    }
}
