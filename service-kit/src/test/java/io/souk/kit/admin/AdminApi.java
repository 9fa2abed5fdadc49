package io.souk.kit.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.testing.Eventually;
import io.souk.testing.Tokens;
import org.eclipse.microprofile.config.ConfigProvider;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** The administration's HTTP API as an operator, or somebody else, uses it. */
public final class AdminApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    /** For a job to come through, on a machine that does much else. */
    private static final Duration LONG = Duration.ofMinutes(4);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;

    private AdminApi(String token) {
        this.token = token;
    }

    public static AdminApi asOperator() {
        return with(Tokens.withoutTenant("operator"));
    }

    public static AdminApi with(String token) {
        return new AdminApi(token);
    }

    public record Answer(int status, JsonNode body) {}

    /** Again while the service has no time for it, as on a machine that does much else. */
    public Answer get(String path) {
        return Eventually.eventually(LONG, () -> send(request(path).GET()), answer -> answer.status() != 503);
    }

    public Answer post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=30")
                .POST(BodyPublishers.ofString(json)));
    }

    /** A job that was asked for, when it has ended: it may take longer than an answer may wait for it. */
    public JsonNode ended(String jobs, Answer begun) {
        assertThat(begun.status()).as(begun.body().toString()).isEqualTo(202);
        var path = jobs + "/" + begun.body().path("id").asText();
        return Eventually.eventually(LONG, () -> get(path).body(), job -> job.hasNonNull("finishedAt"));
    }

    private HttpRequest.Builder request(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (JsonProcessingException notJson) {
            throw new AssertionError("not JSON", notJson);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
