package io.souk.inventory.stock;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

@InventoryTest
class StockTest {
    private final Shop shop = new Shop();

    @Test
    void givenSkus_thenTheirStockComesInTheOrderAsked_andUnknownOnesAreLeftOut() {
        shop.stocked("a", 1);
        shop.stocked("b", 2);

        shop.as("admin")
                .queryParam("sku", "B,nothing,A,b")
                .get("/v1/stock")
                .then()
                .statusCode(200)
                .body("items.sku", contains("b", "a"))
                .body("items.available", contains(2, 1))
                .body("next", nullValue());
    }

    @Test
    void givenAVariantWithoutStock_thenThereIsNone() {
        shop.stocked("first", 1);
        shop.article("empty");
        shop.stocked("later", 1);

        shop.as("admin")
                .queryParam("limit", 2)
                .get("/v1/stock")
                .then()
                .statusCode(200)
                .body("items.sku", contains("empty", "first"))
                .body("items.onHand", contains(0, 1))
                .body("items[0].levels", hasSize(0));
    }

    @Test
    void givenPages_thenEachVariantComesOnce() {
        for (var sku : new String[] {"e", "b", "d", "a", "c"}) {
            shop.stocked(sku, 1);
        }
        var first = shop.as("admin").queryParam("limit", 3).get("/v1/stock");

        first.then().body("items.sku", contains("a", "b", "c"));
        shop.as("admin")
                .queryParam("limit", 3)
                .queryParam("cursor", first.jsonPath().getString("next"))
                .get("/v1/stock")
                .then()
                .body("items.sku", contains("d", "e"))
                .body("next", nullValue());
    }

    @Test
    void givenAnotherTenant_thenItSeesNothing() {
        shop.stocked("a", 1);

        new Shop().as("admin").queryParam("sku", "a").get("/v1/stock").then().body("items", empty());
        new Shop().as("admin").get("/v1/stock").then().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource({"limit, 0, 422", "limit, 201, 422", "limit, x, 400", "cursor, x, 400", "sku, '', 400", "sku, ',', 422"})
    void badParametersAreNamed(String name, String value, int status) {
        shop.as("admin")
                .queryParam(name, value)
                .get("/v1/stock")
                .then()
                .statusCode(status)
                .body("errors.parameter", contains(name));
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "merchant, 403", "service, 200", "readonly, 200", "customer, 403", "operator, 403"})
    void rolesDecide(String role, int status) {
        shop.as(role).get("/v1/stock").then().statusCode(status);
    }
}
