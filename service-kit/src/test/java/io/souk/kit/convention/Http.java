package io.souk.kit.convention;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends what a test says, to the letter. */
final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    record Answer(int status, java.net.http.HttpHeaders headers, JsonNode body) {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    static HttpRequest.Builder to(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .timeout(TIMEOUT);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    Answer get(String path, @Nullable String token) {
        return send(to(path, token).GET());
    }

    Answer post(String path, @Nullable String token, String body) {
        return send(to(path, token).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    Answer send(HttpRequest.Builder request) {
        var response = exchange(request);
        return new Answer(response.statusCode(), response.headers(), parse(response.body()));
    }

    String text(String path) {
        return exchange(to(path, null).GET()).body();
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Writes bytes that no client library would send and reads until the server closes. */
    static Answer raw(String request) {
        try (var socket = new Socket("localhost", port())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var head = text.indexOf("\r\n\r\n");
            var lines = text.substring(0, head).lines().toList();
            var headers = lines.stream()
                    .skip(1)
                    .map(line -> line.split(": ", 2))
                    .collect(java.util.stream.Collectors.groupingBy(
                            pair -> pair[0],
                            java.util.stream.Collectors.mapping(
                                    pair -> pair[1], java.util.stream.Collectors.toList())));
            return new Answer(
                    Integer.parseInt(lines.getFirst().split(" ", 3)[1]),
                    java.net.http.HttpHeaders.of(headers, (name, value) -> true),
                    parse(text.substring(head + 4)));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError("not JSON: " + body, notJson);
        }
    }
}
