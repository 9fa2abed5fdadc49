package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.cli.Http;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.RunState;
import io.souk.cli.token.Token;
import io.souk.stack.StackException;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One service's {@code /v1/admin}, as an operator. What it refuses is a sentence. */
final class Administration {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
    private static final Duration ANSWER = Duration.ofSeconds(40);

    private static final long LOOK_MILLIS = 250;

    /** With a service that does not answer for a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Http http = new Http();
    private final Component service;
    private final URI home;
    private final String token;

    private Administration(Component service, URI home, String token) {
        this.service = service;
        this.home = home;
        this.token = token;
    }

    static Administration of(DataFolder folder, Component service) {
        var home = RunState.of(folder).ports().url(service);
        return new Administration(service, URI.create(home), Token.ofOperator(folder, TOKEN_LIFETIME));
    }

    String service() {
        return service.label();
    }

    JsonNode get(String path) {
        return find(path).orElseThrow(() -> new StackException("%s knows no %s.".formatted(service(), path)));
    }

    /** Nothing when there is no such thing. */
    Optional<JsonNode> find(String path) {
        var reply = http.ask(request(path).GET(), PATIENCE);
        return reply.status() == 404 ? Optional.empty() : Optional.of(told(reply));
    }

    JsonNode post(String path, JsonNode body) {
        return told(http.send(request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))));
    }

    /** The job at a path once it has ended; as it is now, it may have. */
    JsonNode follow(String path, JsonNode begun) throws InterruptedException {
        return follow(path, begun, _ -> {});
    }

    /** Likewise; what it is on the way is shown to somebody. */
    JsonNode follow(String path, JsonNode begun, Consumer<JsonNode> seen) throws InterruptedException {
        var latest = begun;
        seen.accept(latest);
        while (!latest.hasNonNull("finishedAt")) {
            Thread.sleep(LOOK_MILLIS);
            latest = get(path);
            seen.accept(latest);
        }
        return latest;
    }

    private JsonNode told(Http.Reply reply) {
        if (reply.status() / 100 != 2) {
            throw new StackException("%s refuses: %s.".formatted(service(), reply.reason()));
        }
        return reply.json();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(home.resolve(path)).timeout(ANSWER).header("authorization", "Bearer " + token);
    }
}
