package io.souk.kit.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.Tokens;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Clients of {@code /v1/changes}, as another team would write them. */
final class Followers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Followers() {}

    record Answer(int status, java.net.http.HttpHeaders headers, JsonNode body) {
        List<JsonNode> items() {
            return body.path("items").valueStream().toList();
        }

        String next() {
            return body.path("next").asText();
        }

        boolean more() {
            return body.path("more").asBoolean();
        }
    }

    static Answer get(TenantId tenant, String query) {
        return get(Tokens.of(tenant.value(), "service"), query);
    }

    static Answer get(String token, String query) {
        return answer(request(token, query));
    }

    static Answer preferring(String preference, TenantId tenant, String query) {
        return answer(request(Tokens.of(tenant.value(), "service"), query).header("Prefer", preference));
    }

    private static Answer answer(HttpRequest.Builder request) {
        var response = send(request, BodyHandlers.ofString());
        try {
            return new Answer(response.statusCode(), response.headers(), JSON.readTree(response.body()));
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(response.body(), notJson);
        }
    }

    /** A cursor of what happens from now on; the first one to ask may have to come again, until Kafka has answered. */
    static String now(TenantId tenant) {
        var answer = eventually(Duration.ofSeconds(60), () -> get(tenant, ""), got -> got.status() == 200);
        assertThat(answer.items()).isEmpty();
        return answer.next();
    }

    /** From a place to the end, by as many requests as it takes; each answer must lead on. */
    static List<JsonNode> readAll(TenantId tenant, String after, String more) {
        var items = new ArrayList<JsonNode>();
        var cursor = after;
        while (true) {
            var answer = get(tenant, "?after=" + cursor + more);
            if (answer.status() != 200) {
                throw new AssertionError(answer.toString());
            }
            items.addAll(answer.items());
            cursor = answer.next();
            if (!answer.more()) {
                return items;
            }
        }
    }

    /** One connection of an event source: reads in the background until it is closed or the service ends it. */
    static final class EventSource implements AutoCloseable {
        final List<String> data = new CopyOnWriteArrayList<>();
        final List<String> comments = new CopyOnWriteArrayList<>();
        volatile @Nullable String lastId;
        volatile boolean ended;
        private final HttpResponse<Stream<String>> response;
        private final Thread thread;

        EventSource(TenantId tenant, String query, @Nullable String lastEventId) {
            var request = request(Tokens.of(tenant.value(), "service"), query).header("Accept", "text/event-stream");
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            response = send(request, BodyHandlers.ofLines());
            thread = Thread.ofVirtual().start(this::read);
        }

        int status() {
            return response.statusCode();
        }

        private void read() {
            try (var lines = response.body()) {
                lines.forEach(line -> {
                    if (line.startsWith("id:")) {
                        lastId = line.substring(3);
                    } else if (line.startsWith("data:")) {
                        data.add(line.substring(5));
                    } else if (line.startsWith(":")) {
                        comments.add(line.substring(1));
                    }
                });
                ended = true;
            } catch (RuntimeException cut) {
                // closed by the test
            }
        }

        @Override
        public void close() {
            response.body().close();
            thread.interrupt();
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notJson) {
            throw new AssertionError(text, notJson);
        }
    }

    private static HttpRequest.Builder request(String token, String query) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/changes" + query))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return CLIENT.send(request.build(), body);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
