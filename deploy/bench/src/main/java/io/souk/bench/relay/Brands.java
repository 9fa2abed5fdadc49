package io.souk.bench.relay;

import io.souk.bench.stack.OwnStack;
import io.souk.cli.Http;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;
import io.souk.stack.TokenRequest;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Set;

/** Makes brands at catalog-service: a small change, told by one event. */
final class Brands {
    private final Http http = new Http();
    private final URI brands;
    private final String token;

    Brands(OwnStack stack) {
        brands = URI.create(stack.ports().url(Component.CATALOG) + "/v1/brands");
        token = stack.data()
                .issuer()
                .token(new TokenRequest("bench", Set.of("admin"), "bench", null, Duration.ofHours(1)));
    }

    void make(String name) {
        var reply = http.send(HttpRequest.newBuilder(brands)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"%s\"}".formatted(name))));
        if (reply.status() != 201) {
            throw new StackException("A brand was not made: " + reply.reason());
        }
    }
}
