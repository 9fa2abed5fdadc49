package io.souk.inventory.stock;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

/** A variant has a level for each lot that ever was of it: a list shows some of what there is, and pages show all. */
@InventoryTest
class LevelsTest {
    private static final int SHOWN = 100;

    private final Shop shop = new Shop();

    @Test
    void givenALotThatIsGone_thenTheListDoesNotShowIt_andThePagesDo() {
        var milk = shop.article("milk");
        shop.receive(milk, 4);
        take(milk, 4, null);
        receive(milk, "main", List.of("kept", "gone"));
        take(milk, 1, "gone");

        shop.as("admin")
                .queryParam("sku", "milk")
                .get("/v1/stock")
                .then()
                .body("items.onHand", contains(1))
                .body("items[0].levels.lot", contains(null, "kept"))
                .body("items[0].levels.onHand", contains(0, 1))
                .body("items[0].moreLevels", equalTo(false));
        assertThat(lots(() -> shop.as("admin"), milk, 200)).containsExactly(null, "gone", "kept");
        assertThat(shop.as("admin")
                        .get("/v1/stock/" + milk.id() + "/levels")
                        .jsonPath()
                        .getList("items.onHand"))
                .containsExactly(0, 0, 1);
    }

    @Test
    void givenExactlyAsManyLevelsAsAListShows_thenThereAreNoMore_andWithOneMoreThereAre() {
        var milk = shop.article("milk");
        receive(milk, "main", numbered(0, SHOWN));

        assertThat(shop.stock(milk).getJsonArray("levels")).hasSize(SHOWN);
        assertThat(shop.stock(milk).getBoolean("moreLevels")).isFalse();

        shop.receive(milk, 1);
        assertThat(shop.stock(milk).getJsonArray("levels")).hasSize(SHOWN);
        assertThat(shop.stock(milk).getBoolean("moreLevels")).isTrue();
    }

    @Test
    void givenManyLots_thenTheSumsHaveAllOfThem_ofEachVariantByItself() {
        var milk = shop.article("milk");
        shop.location("far", 9);
        receive(milk, "main", numbered(0, 90));
        receive(milk, "far", numbered(0, 90));
        expire(milk, "L003");
        shop.stocked("shirt", 7);
        reserve(milk, 120);

        shop.as("admin")
                .queryParam("sku", "milk,shirt")
                .get("/v1/stock")
                .then()
                .body("items.sku", contains("milk", "shirt"))
                .body("items.onHand", contains(180, 7))
                .body("items.reserved", contains(120, 0))
                .body("items.available", contains(58, 7))
                .body("items.moreLevels", contains(true, false))
                .body("items[0].levels", hasSize(SHOWN))
                .body("items[1].levels", hasSize(1));
    }

    @Test
    void givenPages_thenEachLevelComesOnce_andAMerchantHasItsOwn() {
        var milk = shop.article("milk");
        shop.location("a-1", "a");
        receive(milk, "main", numbered(0, 12));
        receive(milk, "a-1", numbered(5, 12));

        assertThat(lots(() -> shop.as("admin"), milk, 5))
                .containsExactlyInAnyOrderElementsOf(IntStream.of(0, 5)
                        .boxed()
                        .flatMap(from -> numbered(from, 12).stream())
                        .toList());
        assertThat(lots(() -> shop.asMerchantOf("a"), milk, 5)).isEqualTo(numbered(5, 12));
        shop.asMerchantOf("b").get("/v1/stock/" + milk.id() + "/levels").then().body("items", empty());
        shop.asMerchantOf("a")
                .queryParam("sku", "milk")
                .get("/v1/stock")
                .then()
                .body("items.onHand", contains(7))
                .body("items[0].levels.location.unique()", contains("a-1"));
    }

    @Test
    void ofWhatTheTenantsCatalogueDoesNotHaveThereAreNoLevels() {
        var milk = shop.stocked("milk", 1);

        shop.as("admin")
                .get("/v1/stock/" + UUID.randomUUID() + "/levels")
                .then()
                .statusCode(404);
        new Shop().as("admin").get("/v1/stock/" + milk.id() + "/levels").then().statusCode(404);
        shop.as("admin").get("/v1/stock/no-id/levels").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"limit, 0, 422", "limit, 201, 422", "cursor, x, 400", "cursor, WyJ4IiwieSJd, 400"})
    void badParametersAreNamed(String name, String value, int status) {
        shop.as("admin")
                .queryParam(name, value)
                .get("/v1/stock/" + shop.article("milk").id() + "/levels")
                .then()
                .statusCode(status)
                .body("errors.parameter", contains(name));
    }

    /** Of all pages. */
    private static List<@Nullable String> lots(Supplier<RequestSpecification> as, Article article, int limit) {
        var all = new ArrayList<@Nullable String>();
        @Nullable String cursor = null;
        do {
            var request = as.get().queryParam("limit", limit);
            var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/v1/stock/" + article.id() + "/levels");
            page.then().statusCode(200);
            assertThat(page.jsonPath().getList("items")).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.jsonPath().getList("items.lot", String.class));
            cursor = page.jsonPath().getString("next");
        } while (cursor != null);
        return all;
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> "L%03d".formatted(number))
                .toList();
    }

    /** One unit of each lot. */
    private void receive(Article article, String location, List<String> lots) {
        var lines = new JsonArray();
        lots.forEach(
                lot -> lines.add(line(article, 1, lot).put("location", location).put("expiresOn", "2099-01-01")));
        book("receipts", new JsonObject().put("lines", lines)).then().statusCode(201);
    }

    private void take(Article article, long units, @Nullable String lot) {
        book(
                        "adjustments",
                        new JsonObject()
                                .put("lines", new JsonArray().add(line(article, -units, lot)))
                                .put("reason", "DAMAGED"))
                .then()
                .statusCode(201);
    }

    private void reserve(Article article, long units) {
        var lines = new JsonArray();
        lines.add(line(article, units / 2, null)).add(line(article, units - units / 2, null));
        shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject().put("lines", lines).encode())
                .post("/v1/reservations")
                .then()
                .statusCode(201);
    }

    private Response book(String what, JsonObject body) {
        return shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.encode())
                .post("/v1/stock/" + what);
    }

    private void expire(Article article, String lot) {
        Ledger.update(
                "update inventory.stock_level set expires_on = current_date - 1 where variant_id = ? and lot = ?",
                article.id(),
                lot);
    }

    private static JsonObject line(Article article, long quantity, @Nullable String lot) {
        var line = new JsonObject().put("sku", article.sku()).put("quantity", quantity);
        return lot == null ? line : line.put("lot", lot);
    }
}
