package io.souk.bench.checkout;

import io.souk.bench.shop.Product;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Order things and wait for the outcome, through the gateway. For one event loop. */
final class Customers {
    /** Prime to any number of products that somebody would choose: the lines of an order are no neighbours. */
    private static final long STRIDE = 7_919;

    private final HttpClient http;
    private final int gateway;
    private final String authorization;
    private final List<Product> products;
    private final int lines;

    Customers(HttpClient http, int gateway, String token, List<Product> products, int lines) {
        this.http = http;
        this.gateway = gateway;
        this.authorization = "Bearer " + token;
        this.products = products;
        this.lines = lines;
    }

    /** Fails when the order is not confirmed, or not within the wait. */
    Future<?> order(long number) {
        return http.request(HttpMethod.POST, gateway, "127.0.0.1", "/v1/orders")
                .compose(request -> request.putHeader("Authorization", authorization)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                        .putHeader("Prefer", "wait=10")
                        .send(body(number)))
                .compose(response -> response.body().compose(body -> outcome(response, body)));
    }

    private Buffer body(long number) {
        var wanted = IntStream.range(0, lines)
                .mapToObj(line -> products.get((int) ((number * lines + line) * STRIDE % products.size())))
                .map(product -> "{\"sku\": \"%s\", \"quantity\": 1}".formatted(product.sku()))
                .collect(Collectors.joining(", "));
        return Buffer.buffer("""
                {"currency": "USD", "lines": [%s], "payment": {"provider": "sandbox", "token": "tok_ok"}}""".formatted(wanted));
    }

    private static Future<?> outcome(HttpClientResponse response, Buffer body) {
        var status = body.toJsonObject().getValue("status"); // of an order its word, of a problem its number
        return response.statusCode() == 200 && "CONFIRMED".equals(status)
                ? Future.succeededFuture()
                : Future.failedFuture(response.statusCode() + ", status " + status);
    }
}
