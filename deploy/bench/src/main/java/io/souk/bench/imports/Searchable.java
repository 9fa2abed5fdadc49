package io.souk.bench.imports;

import io.souk.bench.stack.OwnStack;
import io.souk.cli.Http;
import io.souk.cli.local.Component;
import io.souk.cli.token.Token;

import java.net.URI;
import java.time.Duration;

/** How many products of a tenant the search finds, asked as a client asks: through the gateway. */
final class Searchable {
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(30);

    private final Http http = new Http();
    private final URI question;
    private final String token;

    Searchable(OwnStack stack, String tenant) {
        question = URI.create(stack.ports().url(Component.GATEWAY) + "/v1/search?limit=1&facets=type");
        token = Token.ofAdmin(stack.data(), tenant, TOKEN_LIFETIME);
    }

    /** Facet counts are numbers of products, and every product has one type at most: imported ones have one. */
    long count() {
        long sum = 0;
        for (var type : http.get(question, token).json().path("facets").path("type")) {
            sum += type.path("count").asLong();
        }
        return sum;
    }
}
