package io.souk.inventory.reservation;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.nullValue;

/** Which reservations a list has. */
@InventoryTest
class ReservationListTest {
    private final Shop shop = new Shop();

    @Test
    void givenAStatus_thenThoseThatStandThereAlone_newestFirst_pageByPage() {
        var shirt = shop.stocked("shirt", 9);
        var open = reserved(shirt, "jane");
        var first = confirmed(shirt, "jane");
        var second = confirmed(shirt, "tarzan");

        list("status", "CONFIRMED").then().body("items.id", contains(second, first));
        list("status", "OPEN").then().body("items.id", contains(open));
        list("status", "EXPIRED").then().body("items", empty());
        list("status", "CONFIRMED", "owner", "jane").then().body("items.id", contains(first));
        var page = list("status", "CONFIRMED", "limit", "1");
        page.then().body("items.id", contains(second));
        list("status", "CONFIRMED", "limit", "1", "cursor", page.path("next"))
                .then()
                .body("items.id", contains(first))
                .body("next", nullValue());
    }

    @Test
    void givenACustomer_whenItNamesAStatus_thenItSeesItsOwn() {
        var shirt = shop.stocked("shirt", 9);
        var own = confirmed(shirt, "jane");
        confirmed(shirt, "tarzan");

        Shop.with(Tokens.of(shop.tenant(), "customer", "jane", null))
                .queryParam("status", "CONFIRMED")
                .get("/v1/reservations")
                .then()
                .statusCode(200)
                .body("items.id", contains(own));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "SOLD"})
    void givenAStatusThatThereIsNot_thenItIsRefused(String status) {
        list("status", status)
                .then()
                .statusCode(400)
                .body("errors.parameter", contains("status"))
                .body("errors[0].detail", containsString("OPEN, CONFIRMED"));
    }

    private Response list(String... filter) {
        var request = shop.as("readonly");
        for (int i = 0; i < filter.length; i += 2) {
            request.queryParam(filter[i], filter[i + 1]);
        }
        return request.get("/v1/reservations");
    }

    private String confirmed(Article article, String owner) {
        var id = reserved(article, owner);
        shop.as("service")
                .header("If-Match", "\"1\"")
                .post("/v1/reservations/" + id + "/confirm")
                .then()
                .statusCode(200);
        return id;
    }

    private String reserved(Article article, String owner) {
        var line = new JsonObject().put("sku", article.sku()).put("quantity", 1);
        return shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject()
                        .put("owner", owner)
                        .put("lines", new JsonArray().add(line))
                        .encode())
                .post("/v1/reservations")
                .path("id");
    }
}
