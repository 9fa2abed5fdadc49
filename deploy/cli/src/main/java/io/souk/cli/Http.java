package io.souk.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.souk.stack.StackException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** HTTP as the commands need it: short JSON answers, and a sentence when there is none. */
public final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final Set<Integer> COME_AGAIN = Set.of(429, 502, 503, 504);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * What came back.
     *
     * @param json a missing node where the body is none
     */
    public record Reply(int status, JsonNode json, String text) {
        /** Of a problem document its title and detail, else the body's beginning. */
        public String reason() {
            var title = json.path("title").asText("");
            var detail = json.path("detail").asText("");
            if (title.isEmpty()) {
                return "HTTP " + status + " " + text.substring(0, Math.min(text.length(), 200));
            }
            return "HTTP " + status + ", " + title + (detail.isEmpty() ? "" : ": " + detail);
        }
    }

    public Reply get(URI uri, String token) {
        return send(HttpRequest.newBuilder(uri).header("authorization", "Bearer " + token));
    }

    /** Sends and reads the whole answer. Throws a sentence when nobody answers. */
    public Reply send(HttpRequest.Builder request) {
        var built = request.build();
        try {
            var response = client.send(built, BodyHandlers.ofString());
            return new Reply(response.statusCode(), parse(response.body()), response.body());
        } catch (IOException e) {
            throw new StackException(
                    "%s does not answer (%s); is the stack up? See ./souk status."
                            .formatted(
                                    built.uri(),
                                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting for %s.".formatted(built.uri()), e);
        }
    }

    /**
     * Sends a request that changes nothing, again and again while nobody answers it or the answer is to come again, for so long
     * as patience lasts; then gives that answer, or throws that nobody answers.
     */
    public Reply ask(HttpRequest.Builder request, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long most = FIRST_PAUSE_MILLIS; ; most = Math.min(2 * most, LONGEST_PAUSE_MILLIS)) {
            var pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
            boolean last = System.nanoTime() + pause.toNanos() > deadline;
            try {
                var reply = send(request);
                if (last || !COME_AGAIN.contains(reply.status())) {
                    return reply;
                }
            } catch (StackException e) {
                if (last || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            sleep(pause);
        }
    }

    /** Whether a GET is answered with 200 at once; for polling. */
    public boolean isOk(URI uri) {
        return look(uri).filter(reply -> reply.status() == 200).isPresent();
    }

    /** What a GET is answered at once, or nothing. */
    public Optional<Reply> look(URI uri) {
        try {
            var request = HttpRequest.newBuilder(uri).timeout(AT_ONCE).build();
            var response = client.send(request, BodyHandlers.ofString());
            return Optional.of(new Reply(response.statusCode(), parse(response.body()), response.body()));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting for an answer.", e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }
}
