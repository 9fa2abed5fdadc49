package io.souk.catalog.price;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
class PriceTest extends CatalogServiceTest {

    private Response put(Catalog.Made product, @Nullable String seen, String body) {
        var request = shop.admin().body(body);
        if (seen == null) {
            request.header("If-None-Match", "*");
        } else {
            request.header("If-Match", seen);
        }
        return request.put("/v1/products/" + product.id() + "/prices");
    }

    private static String price(Catalog.Made product, long amount, String currency) {
        return "{\"prices\": [{\"sku\": \"%s\", \"amount\": %d, \"currency\": \"%s\"}]}"
                .formatted(product.sku(), amount, currency);
    }

    @Test
    void pricesHaveAVersionOfTheirOwn() {
        var product = shop.published();
        shop.as("customer")
                .get("/v1/products/" + product.id() + "/prices")
                .then()
                .body("version", equalTo(0))
                .header("ETag", nullValue());

        put(product, null, price(product, 450, "USD"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("prices[0].variantId", equalTo(product.variantId()));
        put(product, "\"1\"", price(product, 450, "USD")).then().header("ETag", equalTo("\"1\""));
        put(product, "\"1\"", price(product, 500, "USD")).then().header("ETag", equalTo("\"2\""));

        eventually(() -> shop.card(product, "customer")
                .then()
                .body("product.version", equalTo(2))
                .body("prices.version", equalTo(2))
                .body("prices.prices[0].amount", equalTo(500)));
    }

    @Test
    void whoHasThePresentPricesIsNotSentThemAgain() {
        var product = shop.published();
        var path = "/v1/products/" + product.id() + "/prices";
        shop.as("customer").header("If-None-Match", "\"1\"").get(path).then().statusCode(200);
        put(product, null, price(product, 450, "USD")).then().statusCode(200);

        shop.as("customer")
                .header("If-None-Match", "\"7\", \"1\"")
                .get(path)
                .then()
                .statusCode(304)
                .header("ETag", equalTo("\"1\""));
        put(product, "\"1\"", price(product, 500, "USD")).then().statusCode(200);
        shop.as("customer")
                .header("If-None-Match", "\"1\"")
                .get(path)
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
    }

    @Test
    void whoDidNotSeeTheLastPricesIsTold() {
        var product = shop.published();
        put(product, null, price(product, 1, "USD")).then().statusCode(200);

        put(product, null, price(product, 2, "USD")).then().statusCode(412).body("current.version", equalTo(1));
        put(product, "\"7\"", price(product, 2, "USD")).then().statusCode(412);
        shop.admin()
                .body(price(product, 2, "USD"))
                .put("/v1/products/" + product.id() + "/prices")
                .then()
                .statusCode(428);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"sku": "S", "amount": -1, "currency": "USD"}                  | 422
            {"sku": "S", "amount": 1000000000001, "currency": "USD"}       | 422
            {"sku": "S", "amount": 99999999999999999999, "currency": "USD"} | 400
            {"sku": "S", "amount": 1.5, "currency": "USD"}                 | 400
            {"sku": "S", "amount": "1", "currency": "USD"}                 | 400
            {"sku": "S", "amount": 1, "currency": "XXXX"}                  | 422
            {"sku": "S", "amount": 1, "currency": "usd"}                   | 422
            {"sku": "S", "amount": 1, "currency": "QQQ"}                   | 422
            {"sku": "S", "amount": 1}                                      | 422
            {"sku": "S", "currency": "USD"}                                | 422
            {"sku": "another", "amount": 1, "currency": "USD"}             | 422
            {"amount": 1, "currency": "USD"}                               | 422
            {"sku": "S", "amount": 1, "currency": "USD", "x": 1}           | 400
            {"sku": "S", "amount": 1, "currency": "USD"}, {"sku": "S", "amount": 2, "currency": "USD"} | 422
            null                                                           | 422
            """)
    void badPricesAreRefused(String prices, int status) {
        var product = shop.draft();

        put(product, null, "{\"prices\": [" + prices.replace("\"S\"", '"' + product.sku() + '"') + "]}")
                .then()
                .statusCode(status);
        shop.as("admin").get("/v1/products/" + product.id() + "/prices").then().body("version", equalTo(0));
    }

    @Test
    void theLargestAmountIsTaken() {
        var product = shop.draft();

        put(product, null, price(product, 1_000_000_000_000L, "JPY")).then().statusCode(200);
        put(product, "\"1\"", price(product, 0, "JPY")).then().statusCode(200);
    }

    @Test
    void asManyPricesAsMayBeAreAnEventWhateverTheSkus() {
        var tail = Catalog.random();
        var skus = IntStream.range(0, 250)
                .mapToObj(i -> "👟".repeat(80) + "%s-%03d".formatted(tail, i))
                .toList();
        var product = shop.create(skus.stream()
                .map("{\"sku\": \"%s\"}"::formatted)
                .collect(Collectors.joining(",", "{\"name\": \"n\", \"variants\": [", "]}")));
        var prices = Stream.of("USD", "EUR", "GBP", "ILS", "JPY", "CHF")
                .flatMap(currency -> skus.stream()
                        .map(sku -> "{\"sku\":\"%s\",\"amount\":1000000000000,\"currency\":\"%s\"}"
                                .formatted(sku, currency)))
                .collect(Collectors.joining(","));
        var oneMore = ",{\"sku\":\"%s\",\"amount\":1,\"currency\":\"CAD\"}".formatted(skus.getFirst());

        put(product, null, "{\"prices\": [" + prices + oneMore + "]}")
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/prices")));
        put(product, null, "{\"prices\": [" + prices + "]}")
                .then()
                .statusCode(200)
                .body("prices.size()", equalTo(1_500));
    }

    @Test
    void pricesFollowTheirVariants() {
        var one = Catalog.sku();
        var two = Catalog.sku();
        var renamed = Catalog.sku();
        var product = shop.create(
                "{\"name\": \"n\", \"variants\": [{\"sku\": \"%s\"}, {\"sku\": \"%s\"}]}".formatted(one, two));
        var first = product.json().getString("variants[0].id");
        put(product, null, """
                {"prices": [{"sku": "%s", "amount": 1, "currency": "USD"}, {"sku": "%s", "amount": 2, "currency": "EUR"}]}
                """.formatted(one, two)).then().statusCode(200);

        shop.patch(product, "{\"variants\": [{\"id\": \"%s\", \"sku\": \"%s\"}]}".formatted(first, renamed))
                .then()
                .statusCode(200);

        shop.as("admin")
                .get("/v1/products/" + product.id() + "/prices")
                .then()
                .body("version", equalTo(2))
                .body("prices.sku", equalTo(List.of(renamed)));
    }

    @Test
    void othersMayNotSetPrices() {
        var product = shop.published();

        for (var role : List.of("customer", "readonly", "service")) {
            shop.as(role)
                    .contentType("application/json")
                    .header("If-None-Match", "*")
                    .body(price(product, 1, "USD"))
                    .put("/v1/products/" + product.id() + "/prices")
                    .then()
                    .statusCode(403);
        }
    }
}
