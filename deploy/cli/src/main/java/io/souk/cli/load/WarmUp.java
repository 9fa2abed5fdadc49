package io.souk.cli.load;

import io.souk.cli.Http;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.Ports;
import io.souk.cli.token.Token;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Some of everything that clients ask for, of a stack that has the sample data. What it is answered does not matter: it is
 * asked so that the services load what they need for answers.
 */
public final class WarmUp {
    private static final String TENANT = "kosher-market";
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int ROUNDS = 30;
    private static final List<String> QUESTIONS = List.of(
            "/v1/products?limit=5",
            "/v1/products?sku=HAR-DK72-85,MAN-CHAL-500",
            "/v1/product-types",
            "/v1/brands",
            "/v1/categories",
            "/v1/stock?limit=5",
            "/v1/locations",
            "/v1/orders",
            "/v1/search?q=chocolate",
            "/v1/search?q=choclate&sort=price",
            "/v1/search");

    private final Http http = new Http();
    private final URI gateway;
    private final String token;

    public WarmUp(DataFolder data, Ports ports) {
        this.gateway = URI.create(ports.url(Component.GATEWAY));
        this.token = Token.ofAdmin(data, TENANT, Duration.ofMinutes(10));
    }

    public void run() {
        for (int i = 0; i < ROUNDS; i++) {
            QUESTIONS.forEach(this::ask);
        }
        http.send(request("/v1/orders")
                .header("content-type", "application/json")
                .header("idempotency-key", UUID.randomUUID().toString())
                .header("prefer", "wait=5")
                .POST(BodyPublishers.ofString("""
                        {"currency": "USD", "lines": [{"sku": "HAR-DK72-85", "quantity": 1}],
                         "payment": {"provider": "sandbox", "token": "tok_ok"}}""")));
        ask("/openapi.json");
        ask("/health/ready");
    }

    /** The question, and the first thing that is listed in the answer. */
    private void ask(String path) {
        var first = http.send(request(path).GET()).json().path("items").path(0).path("id");
        if (first.isTextual()) {
            http.send(request(URI.create(path).getPath() + "/" + first.asText()).GET());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(TIMEOUT)
                .header("authorization", "Bearer " + token);
    }
}
