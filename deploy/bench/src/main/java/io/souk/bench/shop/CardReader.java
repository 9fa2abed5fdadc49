package io.souk.bench.shop;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;

import java.util.List;

/** Reads the cards of some products in turn. */
public final class CardReader {
    /** Prime to any number of products that somebody would choose: neighbours are not read one after the other. */
    private static final long STRIDE = 7_919;

    private final HttpClient http;
    private final int port;
    private final String authorization;
    private final List<Product> products;

    /** At the catalog-service that listens there. */
    public CardReader(HttpClient http, int port, String token, List<Product> products) {
        this.http = http;
        this.port = port;
        this.authorization = "Bearer " + token;
        this.products = products;
    }

    /** Fails when the answer is not 200. */
    public Future<?> read(long number) {
        return read(products.get((int) (number * STRIDE % products.size())));
    }

    /** The card; fails when the answer is not 200. */
    public Future<String> read(Product product) {
        return http.request(HttpMethod.GET, port, "127.0.0.1", "/v1/products/" + product.id())
                .compose(request ->
                        request.putHeader("Authorization", authorization).send())
                .compose(response -> response.body()
                        .compose(body -> response.statusCode() == 200
                                ? Future.succeededFuture(body.toString())
                                : Future.failedFuture("HTTP " + response.statusCode())));
    }
}
