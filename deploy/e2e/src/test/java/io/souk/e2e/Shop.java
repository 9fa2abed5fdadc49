package io.souk.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.testing.Tenants;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;

/** One tenant's shop, through the gateway, by an administrator and a customer. */
final class Shop {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Souk souk;
    private final String tenant;

    Shop(Souk souk) {
        this(souk, Tenants.fresh());
    }

    Shop(Souk souk, String tenant) {
        this.souk = souk;
        this.tenant = tenant;
    }

    /** An answer, whatever its status. */
    record Answer(int status, Map<String, List<String>> headers, JsonNode body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    String tenant() {
        return tenant;
    }

    String admin() {
        return souk.token(tenant, "admin", "admin");
    }

    String customer() {
        return souk.token(tenant, "customer", "ada");
    }

    Answer get(String path, String... headers) {
        return send(admin(), "GET", path, null, headers);
    }

    /** The answer; throws {@link UncheckedIOException} when none comes. */
    Answer send(String token, String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(souk.gateway().resolve(path))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        try {
            var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var json = answer.body().length == 0 ? JSON.nullNode() : JSON.readTree(answer.body());
            return new Answer(answer.statusCode(), answer.headers().map(), json);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** A published product with one variant and a price in USD; its id. */
    UUID sell(String sku, @Nullable String gtin, String name, long amount) {
        var gtins = gtin == null ? "" : ", \"gtins\": [\"%s\"]".formatted(gtin);
        return sell("""
                {"name": "%s", "variants": [{"sku": "%s"%s}]}""".formatted(name, sku, gtins), sku, amount);
    }

    /** The product, as it is posted, is published at a price in USD for its one variant; its id. */
    UUID sell(String product, String sku, long amount) {
        var created = expect(201, manage("POST", "/v1/products", product));
        var id = UUID.fromString(created.body().path("id").asText());
        expect(200, send(admin(), "PUT", "/v1/products/" + id + "/prices", prices(sku, amount), "If-None-Match", "*"));
        expect(200, send(admin(), "POST", "/v1/products/" + id + "/publish", null, "If-Match", "\"1\""));
        return id;
    }

    /** Another price for the one variant of a product. */
    void price(UUID id, String sku, long amount, String ifMatch) {
        expect(200, send(admin(), "PUT", "/v1/products/" + id + "/prices", prices(sku, amount), "If-Match", ifMatch));
    }

    private static String prices(String sku, long amount) {
        return """
               {"prices": [{"sku": "%s", "amount": %d, "currency": "USD"}]}""".formatted(sku, amount);
    }

    /** Once it can be: inventory may not have heard yet that the catalogue sells it. */
    void receive(String sku, int quantity) {
        receive("{\"sku\": \"%s\", \"quantity\": %d}".formatted(sku, quantity));
    }

    /** As {@link #receive(String, int)}, of these lines. */
    void receive(String lines) {
        var body = "{\"lines\": [%s]}".formatted(lines);
        var key = key();
        eventually(
                Duration.ofMinutes(2),
                () -> expect(201, manage("POST", "/v1/stock/receipts", body, "Idempotency-Key", key)));
    }

    /** Each unit of the product's one variant is known from now on. Once it can be: inventory may not have heard yet that the catalogue has it. */
    void track(UUID product) {
        eventually(Duration.ofMinutes(2), () -> {
            var variant = card(product).at("/product/variants/0/id").asText();
            expect(200, send(admin(), "PUT", "/v1/tracked-variants/" + variant, null));
        });
    }

    Answer order(String key, String sku, int quantity, String payment, int wait) {
        return order(customer(), key, sku, quantity, payment, wait);
    }

    Answer order(String token, String key, String sku, int quantity, String payment, int wait) {
        var body = """
                {"currency": "USD", "lines": [{"sku": "%s", "quantity": %d}],
                 "payment": {"provider": "sandbox", "token": "%s"}}""".formatted(sku, quantity, payment);
        return send(token, "POST", "/v1/orders", body, "Idempotency-Key", key, "Prefer", "wait=" + wait);
    }

    /** Something that the administrator does. */
    Answer manage(String method, String path, @Nullable String body, String... headers) {
        return send(admin(), method, path, body, headers);
    }

    /** A booking of stock by the administrator: {@code receipts}, {@code adjustments}, {@code transfers} or {@code counts}. */
    Answer book(String bookings, String body) {
        return manage("POST", "/v1/stock/" + bookings, body, "Idempotency-Key", key());
    }

    static String key() {
        return UUID.randomUUID().toString();
    }

    /** Something that the customer does. */
    Answer buy(String method, String path, @Nullable String body, String... headers) {
        return send(customer(), method, path, body, headers);
    }

    /** The customer's cart, and the outcome of its order. */
    Answer checkOut(String cart, String ifMatch) {
        var payment = "{\"payment\": {\"provider\": \"sandbox\", \"token\": \"tok_ok\"}}";
        var key = key();
        return buy(
                "POST", cart + "/checkout", payment, "If-Match", ifMatch, "Idempotency-Key", key, "Prefer", "wait=30");
    }

    /** A file of JSON lines, as an import; the job. */
    JsonNode importing(String lines) {
        return expect(202, send(admin(), "POST", "/v1/imports", lines, "Content-Type", "application/x-ndjson"))
                .body();
    }

    /** The stock of a SKU: {@code onHand}, {@code reserved}, {@code available}. */
    JsonNode stock(String sku) {
        return expect(200, get("/v1/stock?sku=" + sku)).body().path("items").path(0);
    }

    /** The ledger of a SKU, newest first. */
    JsonNode movements(String sku) {
        return expect(200, get("/v1/stock/movements?sku=" + sku)).body().path("items");
    }

    /** All that a service has told of a kind of aggregates, as CloudEvents: each once, those of one aggregate in order. */
    List<JsonNode> told(String service, String aggregate) {
        var told = new LinkedHashMap<String, JsonNode>();
        var after = "start";
        while (true) {
            var answer = expect(
                            200, get("/v1/changes/%s?type=%s&limit=200&after=%s".formatted(service, aggregate, after)))
                    .body();
            answer.path("items")
                    .forEach(event -> told.putIfAbsent(event.path("id").asText(), event));
            if (!answer.path("more").asBoolean()) {
                return List.copyOf(told.values());
            }
            after = answer.path("next").asText();
        }
    }

    JsonNode card(UUID id) {
        return expect(200, get("/v1/products/" + id)).body();
    }

    JsonNode search(String query) {
        return expect(200, get("/v1/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .body();
    }

    /** How many products all of these words find. */
    int found(String words) {
        var answer = expect(
                200, get("/v1/search?limit=1&facets=type&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8)));
        return answer.body().has("relaxed") ? 0 : answer.body().path("total").asInt();
    }

    /** Everything that a list holds, page by page. */
    List<JsonNode> all(String path, String... headers) {
        var items = new ArrayList<JsonNode>();
        var page = path + "?limit=200";
        while (true) {
            var answer = expect(200, get(page, headers)).body();
            answer.path("items").forEach(items::add);
            if (answer.path("next").isNull()) {
                return items;
            }
            page = path + "?limit=200&cursor=" + answer.path("next").asText();
        }
    }

    static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + ", got " + answer);
        }
        return answer;
    }
}
