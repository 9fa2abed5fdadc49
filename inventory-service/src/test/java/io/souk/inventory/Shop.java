package io.souk.inventory;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.souk.kit.event.Order;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A fresh tenant, and what the world around the inventory does to it: its catalogue, its orders, its people. */
public final class Shop {
    private final String tenant = Tenants.fresh();

    public String tenant() {
        return tenant;
    }

    /** A variant of a product of its own that the catalogue has told of, and of which the service has heard. */
    public Article article(String sku) {
        var article = new Article(UUID.randomUUID(), UUID.randomUUID(), sku);
        tellProduct(article.productId(), 1, "PUBLISHED", article);
        awaitKnown(article);
        return article;
    }

    /** Comes back when the service knows the article: a booking waits only a second for one that it does not. */
    public void awaitKnown(Article article) {
        eventually(() -> assertThat(Ledger.query(
                        "select id from inventory.variant where tenant = ? and id = ?", tenant, article.id()))
                .isNotEmpty());
    }

    /** An article of which so many units have arrived. */
    public Article stocked(String sku, long units) {
        var article = article(sku);
        receive(article, units);
        return article;
    }

    public UUID tellProduct(UUID product, long version, String status, Article... articles) {
        var variants = new JsonArray();
        for (var article : articles) {
            variants.add(new JsonObject()
                    .put("id", article.id().toString())
                    .put("sku", article.sku())
                    .put("name", "Article " + article.sku())
                    .put("options", new JsonObject())
                    .put("gtins", new JsonArray()));
        }
        var state = new JsonObject()
                .put("id", product.toString())
                .put("version", version)
                .put("status", status)
                .put("name", "Product")
                .put("variants", variants)
                .put("changed", new JsonArray().add("variants"));
        return ForeignEvents.changed(Topics.PRODUCT, tenant, product, new Order(1, version), state);
    }

    public UUID tellProductDeleted(UUID product, long version) {
        return ForeignEvents.deleted(Topics.PRODUCT, tenant, product, new Order(1, version));
    }

    /** Comes back when all events of the product that were sent before are applied: an event behind them, of the variant {@code settled}, is. */
    public void settleProduct(UUID product) {
        var marker = behind(product);
        tellProduct(marker, 1, "PUBLISHED", new Article(UUID.randomUUID(), marker, "settled"));
        eventually(() -> assertThat(Ledger.query(
                        "select sku from inventory.variant where tenant = ? and product_id = ?", tenant, marker))
                .isNotEmpty());
    }

    /** Books units at the main location, which must work. */
    public void receive(Article article, long units) {
        receive(article, units, "main");
    }

    public void receive(Article article, long units, String location) {
        var line = new JsonObject()
                .put("sku", article.sku())
                .put("quantity", units)
                .put("location", location);
        receipt(UUID.randomUUID().toString(), new JsonObject().put("lines", new JsonArray().add(line)))
                .then()
                .statusCode(201);
    }

    public Response receipt(String key, JsonObject body) {
        return as("admin").header("Idempotency-Key", key).body(body.encode()).post("/v1/stock/receipts");
    }

    public void location(String code, int position) {
        as("admin")
                .body(new JsonObject()
                        .put("code", code)
                        .put("name", code)
                        .put("position", position)
                        .encode())
                .post("/v1/locations")
                .then()
                .statusCode(201);
    }

    /** A new location of a vendor's, behind the others. */
    public String location(String code, String vendor) {
        return as("admin")
                .body(new JsonObject()
                        .put("code", code)
                        .put("name", code)
                        .put("vendor", vendor)
                        .encode())
                .post("/v1/locations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** A new pack, which must work. */
    public void pack(String gtin, Article article, int units) {
        as("admin")
                .header("If-None-Match", "*")
                .body(new JsonObject()
                        .put("sku", article.sku())
                        .put("unitsPerPack", units)
                        .encode())
                .put("/v1/packs/" + gtin)
                .then()
                .statusCode(201);
    }

    /** An article of which each unit is known. */
    public Article tracked(String sku) {
        var article = article(sku);
        as("admin").put("/v1/tracked-variants/" + article.id()).then().statusCode(200);
        return article;
    }

    /** Units of a tracked article that are here now, at the main location: their ids, in the order of the serial numbers. */
    public List<String> units(Article article, String... serialNumbers) {
        var units = new JsonArray();
        for (var serialNumber : serialNumbers) {
            units.add(unit(article, serialNumber));
        }
        var booked = unitReceipt(units);
        booked.then().statusCode(201);
        return booked.jsonPath().getList("units.id");
    }

    public Response unitReceipt(JsonArray units) {
        return as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject().put("units", units).encode())
                .post("/v1/units/receipts");
    }

    public static JsonObject unit(Article article, String serialNumber) {
        return new JsonObject()
                .put("sku", article.sku())
                .put("serialNumber", serialNumber)
                .put("condition", "NEW")
                .put("cost", new JsonObject().put("amount", 100).put("currency", "USD"));
    }

    public OrderedLine line(Article article, long quantity) {
        return new OrderedLine(article, quantity);
    }

    /** Orders tells that the order is in this state; the event's id. */
    public UUID tellOrder(UUID order, long version, String status, OrderedLine... lines) {
        return ForeignEvents.changed(
                Topics.ORDER, tenant, order, new Order(1, version), orderState(order, version, status, lines));
    }

    /** As {@link #tellOrder(UUID, long, String, OrderedLine...)}, of an order that takes the place of its customer's hold. */
    public UUID tellOrder(UUID order, long version, String status, String replaces, OrderedLine... lines) {
        return ForeignEvents.changed(
                Topics.ORDER,
                tenant,
                order,
                new Order(1, version),
                orderState(order, version, status, lines).put("replaces", replaces));
    }

    /**
     * Comes back when all events of the order that were sent before have had their effect: orders of one batch are followed
     * side by side, but the second marker is sent when the first one has been read, and so lies in a later batch.
     */
    public void settleOrder(UUID order) {
        for (int i = 0; i < 2; i++) {
            var marker = behind(order);
            tellOrder(marker, 1, "CANCELLED");
            awaitReservation(marker, "RELEASED");
        }
    }

    /** Comes back when the order's reservation has that status. */
    public void awaitReservation(UUID order, String status) {
        eventually(() -> assertThat(Ledger.statusOf(tenant, order)).containsExactly(status));
    }

    /** An aggregate in the same partition. */
    private UUID behind(UUID id) {
        return Stream.generate(UUID::randomUUID)
                .filter(other -> ForeignEvents.shard(tenant, other) == ForeignEvents.shard(tenant, id))
                .findFirst()
                .orElseThrow();
    }

    public static JsonObject orderState(UUID order, long version, String status, OrderedLine... lines) {
        var told = new JsonArray();
        for (int i = 0; i < lines.length; i++) {
            told.add(lines[i].json(i));
        }
        return new JsonObject()
                .put("id", order.toString())
                .put("version", version)
                .put("status", status)
                .put("lines", told)
                .put("total", new JsonObject().put("amount", 100).put("currency", "USD"))
                .put("changed", new JsonArray().add("status"));
    }

    public RequestSpecification as(String role) {
        return with(Tokens.of(tenant, role));
    }

    public RequestSpecification asMerchantOf(String vendor) {
        return with(Tokens.of(tenant, "merchant", null, vendor));
    }

    public static RequestSpecification with(String token) {
        return RestAssured.given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    /** What the service says there is of the article. */
    public JsonObject stock(Article article) {
        var answer = as("admin").queryParam("sku", article.sku()).get("/v1/stock");
        answer.then().statusCode(200);
        return new JsonObject(answer.asString()).getJsonArray("items").getJsonObject(0);
    }

    /** A variant as the catalogue knows it. */
    public record Article(UUID id, UUID productId, String sku) {
        public Article renamed(String newSku) {
            return new Article(id, productId, newSku);
        }
    }

    public record OrderedLine(Article article, long quantity) {
        JsonObject json(int line) {
            return new JsonObject()
                    .put("line", line)
                    .put("variantId", article.id().toString())
                    .put("productId", article.productId().toString())
                    .put("sku", article.sku())
                    .put("quantity", quantity)
                    .put("unitPrice", new JsonObject().put("amount", 100).put("currency", "USD"));
        }
    }
}
