package io.souk.inventory.stock;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

/** Goods of a variant that the catalogue has deleted leave the books, and none come in. */
@InventoryTest
class GoneVariantTest {
    private static final String CASE = "10614141000415";

    private final Shop shop = new Shop();

    @Test
    void givenGoodsOfADeletedVariant_whenTheyAreAdjustedByItsId_thenTheyLeave_withTheirMovementAndTheirEvent() {
        var shirt = deleted("shirt", 5);

        adjust("DAMAGED", line(shirt, "quantity", -2).put("location", "main"))
                .then()
                .statusCode(201)
                .body("lines.sku", contains("shirt"))
                .body("lines.onHand", contains(3));

        shop.as("admin")
                .get("/v1/stock/movements")
                .then()
                .body("items.quantity", contains(-2, 5))
                .body("items[0].reason", equalTo("DAMAGED"));
        eventually(() -> assertThat(
                        Told.states(Topics.STOCK, shop.tenant()).stream().map(state -> state.getLong("available")))
                .containsExactly(5L, 3L));
        adjust("LOST", line(shirt, "quantity", -4))
                .then()
                .statusCode(409)
                .body("type", containsString("stock-promised"));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenThoseOfALot_whenTheyAreCountedAway_thenTheLotIsEmpty() {
        var milk = shop.article("milk");
        shop.receipt(
                        UUID.randomUUID().toString(),
                        body(new JsonObject()
                                .put("sku", "milk")
                                .put("quantity", 4)
                                .put("lot", "FRIDAY")
                                .put("expiresOn", "2999-01-01")))
                .then()
                .statusCode(201);
        delete(milk);

        book("counts", body(line(milk, "counted", 1).put("lot", "FRIDAY")))
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(-3));
        book("counts", body(line(milk, "counted", 0).put("lot", "FRIDAY")))
                .then()
                .statusCode(201);

        assertThat(Ledger.query("select on_hand from inventory.stock_level where tenant = ?", shop.tenant()))
                .containsExactly("0");
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenADeletedVariant_thenNothingOfItComesInOrGoesAbout_andItsSkuNamesNothing() {
        shop.location("far", 9);
        var shirt = deleted("shirt", 5);

        for (var refused : List.of(
                adjust("FOUND", line(shirt, "quantity", 1)),
                book("counts", body(line(shirt, "counted", 6))),
                book("receipts", body(line(shirt, "quantity", 1))),
                book(
                        "transfers",
                        body(line(shirt, "quantity", 1)).put("from", "main").put("to", "far")))) {
            refused.then()
                    .statusCode(422)
                    .body("type", containsString("unknown-sku"))
                    .body("errors.pointer", contains("/lines/0/variantId"));
        }
        adjust("LOST", new JsonObject().put("sku", "shirt").put("quantity", -1))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/sku"));
        adjust(
                        "LOST",
                        new JsonObject()
                                .put("variantId", UUID.randomUUID().toString())
                                .put("quantity", -1))
                .then()
                .statusCode(422)
                .body("type", containsString("unknown-sku"));
        assertThat(Ledger.query("select on_hand from inventory.stock_level where tenant = ?", shop.tenant()))
                .containsExactly("5");
    }

    @Test
    void givenSomeArePromised_thenTheyStay() {
        var shirt = shop.stocked("shirt", 5);
        var order = UUID.randomUUID();
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 2));
        shop.awaitReservation(order, "OPEN");
        delete(shirt);

        adjust("LOST", line(shirt, "quantity", -4))
                .then()
                .statusCode(409)
                .body("type", containsString("stock-promised"));
        adjust("LOST", line(shirt, "quantity", -3)).then().statusCode(201);
    }

    @Test
    void givenAMerchant_thenItTakesOutWhatIsAtItsOwnLocations() {
        var shirt = shop.article("shirt");
        shop.location("a-1", "a");
        shop.receive(shirt, 3, "a-1");
        delete(shirt);
        var away = adjustment("LOST", line(shirt, "quantity", -3).put("location", "a-1"))
                .encode();

        shop.asMerchantOf("b")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(away)
                .post("/v1/stock/adjustments")
                .then()
                .statusCode(422);
        shop.asMerchantOf("a")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(away)
                .post("/v1/stock/adjustments")
                .then()
                .statusCode(201);
    }

    @Test
    void givenADeletedVariant_thenItsLevelsAreSeen_byThoseWhoCanBookThemOut() {
        var shirt = shop.article("shirt");
        shop.location("a-1", "a");
        shop.receive(shirt, 5);
        shop.receive(shirt, 3, "a-1");
        delete(shirt);
        var levels = "/v1/stock/" + shirt.id() + "/levels";

        shop.as("admin").get(levels).then().statusCode(200).body("items.onHand", containsInAnyOrder(5, 3));
        shop.asMerchantOf("a").get(levels).then().statusCode(200).body("items.location", contains("a-1"));
        shop.asMerchantOf("b").get(levels).then().statusCode(404);
        new Shop().as("admin").get(levels).then().statusCode(404);
        shop.as("admin").queryParam("sku", "shirt").get("/v1/stock").then().body("items", empty());
    }

    @Test
    void givenAPackOfADeletedVariant_thenItsGtinNamesNothing_whateverAnotherLineNames() {
        var shirt = shop.stocked("shirt", 24);
        shop.pack(CASE, shirt, 12);
        delete(shirt);
        var adjusted = new JsonObject().put("gtin", CASE).put("packs", -1);
        var counted = new JsonObject().put("gtin", CASE).put("packs", 1);

        for (var refused : List.of(
                adjust("LOST", adjusted),
                adjust("LOST", adjusted, line(shirt, "quantity", -1)),
                book("counts", body(counted)),
                book("counts", body(counted, line(shirt, "counted", 12).put("lot", "none"))))) {
            refused.then()
                    .statusCode(422)
                    .body("type", containsString("unknown-sku"))
                    .body("errors.pointer", contains("/lines/0/gtin"));
        }
        assertThat(Ledger.query("select on_hand from inventory.stock_level where tenant = ?", shop.tenant()))
                .containsExactly("24");
    }

    @Test
    void givenSeveralDeletedVariants_whenThereWouldBeMoreOfThem_thenEachLineIsNamed() {
        var shirt = shop.stocked("shirt", 5);
        var scarf = shop.stocked("scarf", 5);
        var hat = shop.stocked("hat", 5);
        List.of(shirt, scarf, hat).forEach(this::delete);

        for (var refused : List.of(
                adjust("FOUND", line(shirt, "quantity", 1), line(scarf, "quantity", -1), line(hat, "quantity", 2)),
                book("counts", body(line(shirt, "counted", 6), line(scarf, "counted", 4), line(hat, "counted", 7))))) {
            refused.then()
                    .statusCode(422)
                    .body("type", containsString("unknown-sku"))
                    .body("errors.pointer", contains("/lines/0/variantId", "/lines/2/variantId"));
        }
        assertThat(Ledger.query("select on_hand from inventory.stock_level where tenant = ?", shop.tenant()))
                .containsExactly("5", "5", "5");
    }

    @Test
    void givenOneThatIsGone_whenAnotherLineNamesOneThatIsOnItsWay_thenItIsWaitedFor() {
        var shirt = deleted("shirt", 5);

        eventually(() -> {
            var scarf = new Article(UUID.randomUUID(), UUID.randomUUID(), "scarf-" + UUID.randomUUID());
            shop.tellProduct(scarf.productId(), 1, "DRAFT", scarf);
            adjust("FOUND", line(shirt, "quantity", -1), line(scarf, "quantity", 2))
                    .then()
                    .statusCode(201)
                    .body("lines.onHand", contains(4, 2));
        });
    }

    private Article deleted(String sku, long units) {
        var article = shop.stocked(sku, units);
        delete(article);
        return article;
    }

    private void delete(Article article) {
        shop.tellProductDeleted(article.productId(), 2);
        shop.settleProduct(article.productId());
    }

    private Response adjust(String reason, JsonObject... lines) {
        return book("adjustments", adjustment(reason, lines));
    }

    private static JsonObject adjustment(String reason, JsonObject... lines) {
        return body(lines).put("reason", reason);
    }

    private Response book(String what, JsonObject body) {
        return shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.encode())
                .post("/v1/stock/" + what);
    }

    private static JsonObject body(JsonObject... lines) {
        return new JsonObject().put("lines", new JsonArray(List.of(lines)));
    }

    private static JsonObject line(Article article, String amount, long units) {
        return new JsonObject().put("variantId", article.id().toString()).put(amount, units);
    }
}
