package io.souk.bench.arrival;

import io.souk.bench.shop.Product;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Changes prices and books goods in, in turn and product by product. For one event loop. */
public final class Writers {
    private static final long LEAST_AMOUNT = 1_000;

    private final HttpClient http;
    private final String authorization;
    private final int catalog;
    private final int inventory;
    private final Map<Change, Journeys> journeys;
    private final List<Product> products;
    private final Map<UUID, Long> priceVersions = new HashMap<>();
    private final Map<Change, Integer> next = new HashMap<>();
    private long made;

    /** Of products whose prices are at their first version. */
    public Writers(
            HttpClient http,
            String token,
            int catalog,
            int inventory,
            Map<Change, Journeys> journeys,
            List<Product> products) {
        this.http = http;
        this.authorization = "Bearer " + token;
        this.catalog = catalog;
        this.inventory = inventory;
        this.journeys = journeys;
        this.products = products;
    }

    /** Fails when the change is refused, or when no product is left whose last change has arrived. */
    public Future<Product> change(Change change) {
        var some = Objects.requireNonNull(journeys.get(change));
        for (int i = 0; i < products.size(); i++) {
            var product =
                    products.get(next.merge(change, 1, (now, one) -> (now + one) % products.size()) % products.size());
            if (some.begin(product.variant(), System.nanoTime())) {
                var sent =
                        switch (change) {
                            case PRICE -> price(product);
                            case STOCK -> receipt(product);
                        };
                return sent.<Product>map(product).onFailure(_ -> some.abandon(product.variant()));
            }
        }
        return Future.failedFuture("every product's last change is under way");
    }

    /** What its price was last set to, in cents. */
    public long amount(Product product) {
        return LEAST_AMOUNT + version(product) - 1;
    }

    private long version(Product product) {
        return priceVersions.getOrDefault(product.id(), 1L);
    }

    private Future<?> price(Product product) {
        long version = version(product);
        var body = "{\"prices\": [{\"sku\": \"%s\", \"amount\": %d, \"currency\": \"USD\"}]}"
                .formatted(product.sku(), LEAST_AMOUNT + version);
        return send(
                        HttpMethod.PUT,
                        catalog,
                        "/v1/products/" + product.id() + "/prices",
                        Map.of("If-Match", "\"" + version + "\""),
                        body)
                .onSuccess(_ -> priceVersions.put(product.id(), version + 1));
    }

    private Future<?> receipt(Product product) {
        var body = "{\"lines\": [{\"sku\": \"%s\", \"quantity\": 1}]}".formatted(product.sku());
        return send(
                HttpMethod.POST, inventory, "/v1/stock/receipts", Map.of("Idempotency-Key", "bench-" + made++), body);
    }

    private Future<?> send(HttpMethod method, int port, String path, Map<String, String> headers, String body) {
        return http.request(method, port, "127.0.0.1", path).compose(request -> answered(request, headers, body));
    }

    private Future<?> answered(HttpClientRequest request, Map<String, String> headers, String body) {
        request.putHeader("Authorization", authorization).putHeader("Content-Type", "application/json");
        headers.forEach(request::putHeader);
        return request.send(Buffer.buffer(body))
                .compose(response -> response.body()
                        .compose(text -> Set.of(200, 201).contains(response.statusCode())
                                ? Future.succeededFuture()
                                : Future.failedFuture(response.statusCode() + " " + text)));
    }
}
