package io.souk.gateway;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** What reaches the service, and what comes back. */
@SuppressWarnings("NullAway.Init") // JUnit calls the @BeforeAll method first
class ForwardingTest {
    private static LocalStack stack;

    /** Says what it was asked. */
    @BeforeAll
    static void start() {
        stack = new LocalStack()
                .service(
                        "catalog",
                        request -> request.body().onSuccess(body -> {
                            var headers = new JsonObject();
                            request.headers()
                                    .forEach(header -> headers.put(
                                            header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()));
                            request.response()
                                    .setStatusCode(request.method().name().equals("POST") ? 201 : 200)
                                    .putHeader("etag", "\"7\"")
                                    .putHeader("keep-alive", "timeout=5")
                                    .putHeader("x-hop", "service")
                                    .putHeader("connection", "x-hop")
                                    .end(new JsonObject()
                                            .put("method", request.method().name())
                                            .put("uri", request.uri())
                                            .put("headers", headers)
                                            .put("body", body.toString())
                                            .toBuffer());
                        }))
                .start();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void givenARequestWithABody_thenTheServiceMeetsItAsItWas() {
        var response = stack.send(stack.request("/v1/products?sku=a%20b&gtin=%2B1")
                .header("authorization", "Bearer abc")
                .POST(BodyPublishers.ofString("{\"name\":\"ünï\"}")));

        var seen = new JsonObject(response.body());
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("etag")).hasValue("\"7\"");
        assertThat(seen.getString("uri")).isEqualTo("/v1/products?sku=a%20b&gtin=%2B1");
        assertThat(seen.getString("body")).isEqualTo("{\"name\":\"ünï\"}");
        assertThat(seen.getJsonObject("headers").getString("authorization")).isEqualTo("Bearer abc");
        assertThat(seen.getJsonObject("headers").getString("host"))
                .isEqualTo("127.0.0.1:" + stack.gateway().port());
    }

    @Test
    void givenConnectionHeaders_thenNeitherSideSeesTheOthers() throws IOException {
        var answer = raw("""
                GET /v1/products HTTP/1.1\r
                Host: shop.test\r
                Connection: close, X-Secret\r
                X-Secret: mine\r
                TE: trailers\r
                Upgrade: h2c\r
                Proxy-Authorization: basic\r
                \r
                """);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"host\":\"shop.test\"");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("x-secret")
                .doesNotContain("h2c")
                .doesNotContain("trailers")
                .doesNotContain("proxy-authorization")
                .doesNotContain("x-hop")
                .doesNotContain("timeout=5");
    }

    @Test
    void givenNoTrace_thenOneBegins() {
        var seen = new JsonObject(stack.get("/v1/products").body());

        assertThat(seen.getJsonObject("headers").getString("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void givenATrace_thenItGoesOn() {
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

        var seen = new JsonObject(stack.send(stack.request("/v1/products")
                        .header("traceparent", trace)
                        .header("tracestate", "a=b"))
                .body());

        assertThat(seen.getJsonObject("headers").getString("traceparent")).isEqualTo(trace);
        assertThat(seen.getJsonObject("headers").getString("tracestate")).isEqualTo("a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
            })
    void givenABrokenTrace_thenANewOneReplacesIt(String broken) {
        var seen = new JsonObject(stack.send(stack.request("/v1/products")
                        .header("traceparent", broken)
                        .header("tracestate", "a=b"))
                .body());

        assertThat(seen.getJsonObject("headers").getString("traceparent"))
                .isNotEqualTo(broken)
                .startsWith("00-");
        assertThat(seen.getJsonObject("headers").getString("tracestate")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1/productsX", "/v1", "/q/metrics", "/v1/products/../../q/metrics"})
    void givenAPathWithoutARoute_thenItIsRefusedAndNoServiceIsAsked(String path) throws IOException {
        var answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .containsPattern("^HTTP/1.1 40[04]")
                .contains("application/problem+json")
                .contains("\"type\":\"https://souk.example/problems/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/products/%2e%2e/%2e%2e/q/metrics",
                "/v1/products/..%2f..%2fq",
                "/v1/products/.%2E/x",
                "/v1/products/..;a/x",
                "/v1/products/..\\x",
                "/v1/products/."
            })
    void givenADisguisedDotSegment_thenItIsRefused(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("problems/malformed");
    }

    @Test
    void givenSomethingThatIsNotHttp_thenItIsToldSo() throws IOException {
        assertThat(raw("HELO shop\r\n\r\n")).startsWith("HTTP/1.").contains(" 400 ", "problems/malformed");
    }

    @Test
    void givenAVeryLongAddressOrHeader_thenTheBoundIsNamed() throws IOException {
        assertThat(raw("GET /v1/products?q=" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.0 414")
                .contains("problems/uri-too-long");
        assertThat(raw("GET /v1/products HTTP/1.1\r\nHost: a\r\nX-Big: " + "a".repeat(17_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("problems/headers-too-large");
    }

    @Test
    void givenAHeadRequest_thenTheAnswerHasNoBody() {
        var response = stack.send(stack.request("/v1/products").method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    private static String raw(String request) throws IOException {
        try (var socket = stack.socket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
