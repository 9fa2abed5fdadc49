package io.souk.bench.checkout;

import io.souk.bench.shop.Product;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Order things and wait for the outcome, through the gateway. For one event loop. */
final class Customers {
    private static final Set<String> UNDER_WAY = Set.of("PLACED", "RESERVED", "AUTHORISED");
    private static final long LOOK_MILLIS = 1_000;

    /** Prime to any number of products that somebody would choose: the lines of an order are no neighbours. */
    private static final long STRIDE = 7_919;

    private final Vertx vertx;
    private final HttpClient http;
    private final int gateway;
    private final String authorization;
    private final List<Product> products;
    private final int lines;

    Customers(Vertx vertx, HttpClient http, int gateway, String token, List<Product> products, int lines) {
        this.vertx = vertx;
        this.http = http;
        this.gateway = gateway;
        this.authorization = "Bearer " + token;
        this.products = products;
        this.lines = lines;
    }

    /** Fails when the order is not confirmed, or not within the wait. */
    Future<?> order(long number) {
        return place(IntStream.range(0, lines)
                        .mapToObj(line -> products.get((int) ((number * lines + line) * STRIDE % products.size())))
                        .toList())
                .compose(answer -> answer.code() == 200 && "CONFIRMED".equals(answer.status())
                        ? Future.succeededFuture()
                        : Future.failedFuture(answer.told()));
    }

    /** The order of one unit, once it has ended; fails when it is not accepted at once. */
    Future<JsonObject> buy(Product product) {
        return place(List.of(product)).compose(this::ended);
    }

    private Future<JsonObject> ended(Answer answer) {
        if (answer.code() != 200 && answer.code() != 202) {
            return Future.failedFuture(answer.told());
        }
        return UNDER_WAY.contains(answer.status())
                ? vertx.timer(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(_ -> ask(
                                HttpMethod.GET, "/v1/orders/" + answer.body().getString("id")))
                        .compose(HttpClientRequest::send)
                        .compose(Customers::answer)
                        .compose(this::ended)
                : Future.succeededFuture(answer.body());
    }

    private Future<Answer> place(List<Product> wanted) {
        return ask(HttpMethod.POST, "/v1/orders")
                .compose(request -> request.putHeader("Content-Type", "application/json")
                        .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                        .putHeader("Prefer", "wait=10")
                        .send(body(wanted)))
                .compose(Customers::answer);
    }

    private Future<HttpClientRequest> ask(HttpMethod method, String path) {
        return http.request(method, gateway, "127.0.0.1", path)
                .map(request -> request.putHeader("Authorization", authorization));
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body().map(body -> new Answer(response.statusCode(), body.toJsonObject()));
    }

    private static Buffer body(List<Product> wanted) {
        var each = wanted.stream()
                .map(product -> "{\"sku\": \"%s\", \"quantity\": 1}".formatted(product.sku()))
                .collect(Collectors.joining(", "));
        return Buffer.buffer("""
                {"currency": "USD", "lines": [%s], "payment": {"provider": "sandbox", "token": "tok_ok"}}""".formatted(each));
    }

    private record Answer(int code, JsonObject body) {
        /** Of an order its word, of a problem its number. */
        Object status() {
            return body.getValue("status");
        }

        String told() {
            return code + ", status " + status();
        }
    }
}
