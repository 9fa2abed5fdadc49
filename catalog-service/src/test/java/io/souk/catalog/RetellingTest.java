package io.souk.catalog;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.souk.kit.id.Ids;
import io.souk.testing.Retelling;
import org.junit.jupiter.api.Test;

import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
class RetellingTest extends CatalogServiceTest {
    @Test
    void givenAggregatesOfEachKind_whenAllIsToldOnceMore_thenEachIsToldAsItWas() {
        delete("/v1/brands", create("/v1/brands", "{\"name\": \"Gone\"}"));
        create("/v1/brands", "{\"name\": \"Acme\"}");
        var parent = create("/v1/categories", "{\"name\": \"Food\"}");
        create("/v1/categories", "{\"name\": \"Bread\", \"parentId\": \"%s\"}".formatted(parent));
        delete("/v1/categories", create("/v1/categories", "{\"name\": \"Gone\"}"));
        create("/v1/product-types", """
                {"name": "loaf", "title": "Loaf", "schema": {"properties": {"weight": {"type": "integer"}}}}""");
        delete(
                "/v1/product-types",
                create("/v1/product-types", "{\"name\": \"gone\", \"title\": \"Gone\", \"schema\": {}}"));
        shop.draft();
        var sold = priced(shop.published());
        var gone = priced(shop.published());
        stocked(sold);
        soldOut(stocked(gone), gone); // or it would have to be archived
        shop.as("admin")
                .header("If-Match", gone.etag())
                .delete("/v1/products/" + gone.id())
                .then()
                .statusCode(204);

        Retelling.assertAllIsToldAsItWas(
                "catalog",
                shop.tenant(),
                "product",
                "price",
                "availability",
                "brand",
                "category",
                "product-type",
                "tenant");
    }

    private String create(String path, String body) {
        return shop.admin()
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void delete(String path, String id) {
        Response deleted = shop.as("admin").header("If-Match", "\"1\"").delete(path + "/" + id);
        deleted.then().statusCode(204);
    }

    private Catalog.Made priced(Catalog.Made product) {
        shop.admin()
                .header("If-None-Match", "*")
                .body("{\"prices\": [{\"sku\": \"%s\", \"amount\": 450, \"currency\": \"USD\"}]}"
                        .formatted(product.sku()))
                .put("/v1/products/" + product.id() + "/prices")
                .then()
                .statusCode(200);
        return product;
    }

    private UUID stocked(Catalog.Made product) {
        var level = Ids.next();
        told(product, level, 1, 5);
        return level;
    }

    private void soldOut(UUID level, Catalog.Made product) {
        told(product, level, 2, 0);
    }

    private void told(Catalog.Made product, UUID level, long version, int units) {
        new StockTopic(shop.tenant()).level(level, version, product.variantId(), units);
        eventually(() -> shop.cardPastCaches(product, "customer")
                .then()
                .statusCode(200)
                .body("availability.available", equalTo(units)));
    }
}
