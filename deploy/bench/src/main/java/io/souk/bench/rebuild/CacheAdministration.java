package io.souk.bench.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.bench.stack.OwnStack;
import io.souk.cli.Http;
import io.souk.cli.local.Component;
import io.souk.stack.Pause;
import io.souk.stack.StackException;
import io.souk.stack.TokenRequest;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Set;

/** Catalog-service's cache as its operator sees it. */
final class CacheAdministration {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Http http = new Http();
    private final URI caches;
    private final String token;

    CacheAdministration(OwnStack stack) {
        caches = URI.create(stack.ports().url(Component.CATALOG) + "/v1/admin/caches");
        token = stack.data()
                .issuer()
                .token(new TokenRequest(null, Set.of("operator"), "bench", null, Duration.ofHours(1)));
    }

    /** Has it built anew and comes back when what was built has taken its place; throws when it has not. */
    void rebuild() {
        var begun = http.send(HttpRequest.newBuilder(URI.create(caches + "/rebuilds"))
                .header("authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody()));
        if (begun.status() != 202) {
            throw new StackException("The rebuild was not begun: " + begun.reason());
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var rebuild = state().path("rebuild");
            switch (rebuild.path("phase").asText()) {
                case "PUBLISHED" -> {
                    return;
                }
                case "FAILED" -> throw new StackException("The rebuild has failed: " + rebuild.path("failure"));
                default -> {
                    if (System.nanoTime() - deadline > 0) {
                        throw new StackException("The rebuild does not end: " + rebuild);
                    }
                    Pause.between(LOOK);
                }
            }
        }
    }

    private JsonNode state() {
        var reply = http.get(caches, token);
        if (reply.status() != 200) {
            throw new StackException("The cache's state is not told: " + reply.reason());
        }
        return reply.json();
    }
}
