package io.souk.inventory;

import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.souk.inventory.Shop.Article;
import io.souk.kit.gtin.Gtin;
import io.souk.testing.ApiDocument;
import io.souk.testing.Route;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what: every route of the service is tried by everybody, upon things of the vendor {@code a}. A route without a row
 * fails, as does a row without a route.
 */
@InventoryTest
class RolesTest {
    private static final List<String> CALLERS = List.of(
            "nobody",
            "customer",
            "readonly",
            "merchant of a",
            "merchant of b",
            "merchant of none",
            "service",
            "admin",
            "admin of another tenant",
            "operator",
            "readonly merchant of a",
            "readonly customer");

    /** In the order of {@link #CALLERS}. What exists for somebody else alone is a 404, or in a body a 422, as if it were not there. */
    private static final List<Route> ROUTES = Route.table("""
            GET   /v1/locations                        401 403 200 200 200 403 200 200 200 403 200 200
            POST  /v1/locations                        401 403 403 201 403 403 201 201 201 403 201 403
            GET   /v1/locations/{id}                   401 403 200 200 404 403 200 200 404 403 200 200
            PATCH /v1/locations/{id}                   401 403 403 200 404 403 200 200 404 403 200 403
            GET   /v1/stock                            401 403 200 200 200 403 200 200 200 403 200 200
            GET   /v1/stock/{variantId}/levels         401 403 200 200 200 403 200 200 404 403 200 200
            POST  /v1/stock/receipts                   401 403 403 201 422 403 201 201 422 403 201 403
            POST  /v1/stock/adjustments                401 403 403 201 422 403 201 201 422 403 201 403
            POST  /v1/stock/transfers                  401 403 403 201 422 403 201 201 422 403 201 403
            POST  /v1/stock/counts                     401 403 403 201 422 403 201 201 422 403 201 403
            PATCH /v1/stock/levels/{id}                401 403 403 200 404 403 200 200 404 403 200 403
            GET   /v1/stock/movements                  401 403 200 200 200 403 200 200 200 403 200 200
            POST  /v1/stock/verifications              401 403 403 403 403 403 403 200 200 403 403 403
            POST  /v1/stock/reference-verifications    401 403 403 403 403 403 403 200 200 403 403 403
            GET   /v1/packs                            401 403 200 200 200 403 200 200 200 403 200 200
            GET   /v1/packs/{gtin}                     401 403 200 200 200 403 200 200 404 403 200 200
            PUT   /v1/packs/{gtin}                     401 403 403 403 403 403 201 201 422 403 403 403
            POST  /v1/packs/{gtin}/archive             401 403 403 403 403 403 200 200 404 403 403 403
            GET   /v1/suppliers                        401 403 403 403 403 403 200 200 200 403 403 403
            POST  /v1/suppliers                        401 403 403 403 403 403 201 201 201 403 403 403
            GET   /v1/suppliers/{id}                   401 403 403 403 403 403 200 200 404 403 403 403
            PUT   /v1/suppliers/{id}                   401 403 403 403 403 403 200 200 404 403 403 403
            GET   /v1/suppliers/{id}/purchases         401 403 403 403 403 403 200 200 404 403 403 403
            GET   /v1/suppliers/{id}/performance       401 403 403 403 403 403 200 200 404 403 403 403
            GET   /v1/purchase-orders                  401 403 403 403 403 403 200 200 200 403 403 403
            POST  /v1/purchase-orders                  401 403 403 403 403 403 201 201 422 403 403 403
            GET   /v1/purchase-orders/{id}             401 403 403 403 403 403 200 200 404 403 403 403
            POST  /v1/purchase-orders/{id}/close       401 403 403 403 403 403 200 200 404 403 403 403
            GET   /v1/reservations                     401 200 200 403 403 403 200 200 200 403 403 200
            POST  /v1/reservations                     401 201 403 403 403 403 201 201 422 403 403 201
            GET   /v1/reservations/{id}                401 404 200 403 403 403 200 200 404 403 403 200
            POST  /v1/reservations/{id}/renew          401 404 403 403 403 403 200 200 404 403 403 404
            POST  /v1/reservations/{id}/confirm        401 403 403 403 403 403 200 200 404 403 403 403
            POST  /v1/reservations/{id}/ship           401 403 403 403 403 403 409 409 404 403 403 403
            POST  /v1/reservations/{id}/release        401 404 403 403 403 403 200 200 404 403 403 404
            POST  /v1/reservations/reference-verifications 401 403 403 403 403 403 403 200 200 403 403 403
            POST  /v1/reservations/order-verifications 401 403 403 403 403 403 403 200 200 403 403 403
            GET   /v1/tracked-variants                 401 403 200 403 403 403 200 200 200 403 403 200
            GET   /v1/tracked-variants/{variantId}     401 403 200 403 403 403 200 200 404 403 403 200
            PUT   /v1/tracked-variants/{variantId}     401 403 403 403 403 403 403 200 404 403 403 403
            DELETE /v1/tracked-variants/{variantId}    401 403 403 403 403 403 403 204 404 403 403 403
            GET   /v1/units                            401 403 200 200 200 403 200 200 200 403 200 200
            GET   /v1/units/{id}                       401 403 200 200 404 403 200 200 404 403 200 200
            PUT   /v1/units/{id}                       401 403 403 403 403 403 200 200 404 403 403 403
            POST  /v1/units/{id}/status                401 403 403 403 403 403 200 200 404 403 403 403
            POST  /v1/units/receipts                   401 403 403 403 403 403 201 201 422 403 403 403
            POST  /v1/units/transfers                  401 403 403 403 403 403 201 201 422 403 403 403
            POST  /v1/units/counts                     401 403 403 403 403 403 201 201 422 403 403 403
            GET   /v1/changes/inventory                401 403 200 403 403 403 200 200 200 403 403 200
            GET   /v1/schemas/inventory                401 403 200 200 200 200 200 200 200 403 200 200
            GET   /v1/schemas/inventory/{type}         401 403 200 200 200 200 200 200 200 403 200 200
            GET   /v1/asyncapi/inventory               401 403 200 200 200 200 200 200 200 403 200 200
            GET   /v1/admin/outbox                     401 403 403 403 403 403 403 403 403 200 403 403
            GET   /v1/admin/retellings                 401 403 403 403 403 403 403 403 403 200 403 403
            POST  /v1/admin/retellings                 401 403 403 403 403 403 403 403 403 400 403 403
            GET   /v1/admin/retellings/{id}            401 403 403 403 403 403 403 403 403 404 403 403
            GET   /v1/admin/caches                     401 403 403 403 403 403 403 403 403 200 403 403
            POST  /v1/admin/caches/rebuilds            401 403 403 403 403 403 403 403 403 409 403 403
            POST  /v1/admin/caches/renewals            401 403 403 403 403 403 403 403 403 409 403 403
            GET   /v1/admin/caches/jobs                401 403 403 403 403 403 403 403 403 200 403 403
            POST  /v1/admin/caches/jobs                401 403 403 403 403 403 403 403 403 400 403 403
            GET   /v1/admin/caches/jobs/{id}           401 403 403 403 403 403 403 403 403 404 403 403
            GET   /v1/admin/dead-letters               401 403 403 403 403 403 403 403 403 200 403 403
            GET   /v1/admin/dead-letters/{id}          401 403 403 403 403 403 403 403 403 404 403 403
            GET   /v1/admin/dead-letters/redrives      401 403 403 403 403 403 403 403 403 200 403 403
            POST  /v1/admin/dead-letters/redrives      401 403 403 403 403 403 403 403 403 400 403 403
            GET   /v1/admin/dead-letters/redrives/{id} 401 403 403 403 403 403 403 403 403 404 403 403
            """);

    private final Shop shop = new Shop();
    private final String stranger = Tenants.fresh();

    @Test
    void givenTheApi_thenTheseAreItsRoutes() {
        var document = ApiDocument.of(
                given().queryParam("format", "json").get("/q/openapi").asString());

        assertThat(ROUTES).extracting(Route::operation).containsExactlyInAnyOrderElementsOf(document.operations());
    }

    @ParameterizedTest
    @FieldSource("ROUTES")
    void givenEverybody_whenTheyTryTheRoute_thenItIsForThoseOfTheTable(Route route) {
        var things = new Things(shop, shop.article("S"));

        route.assertAnswers(CALLERS, caller -> attempt(route, caller, things));
    }

    private int attempt(Route route, String caller, Things things) {
        var request = given().contentType(ContentType.JSON).header("Idempotency-Key", UUID.randomUUID());
        @Nullable String token = token(caller);
        if (token != null) {
            request.auth().oauth2(token);
        }
        if (route.operation().equals("PUT /v1/packs/{gtin}")) {
            request.header("If-None-Match", "*");
        } else {
            request.header("If-Match", "\"1\"");
        }
        var address = things.address(route);
        @Nullable JsonObject body = things.body(route.operation());
        if (body != null) {
            request.body(body.encode());
        }
        return request.request(Method.valueOf(route.method()), address).statusCode();
    }

    private @Nullable String token(String caller) {
        return switch (caller) {
            case "nobody" -> null;
            case "merchant of a" -> Tokens.of(shop.tenant(), "merchant", null, "a");
            case "readonly merchant of a" -> Tokens.of(shop.tenant(), "merchant readonly", null, "a");
            case "readonly customer" -> Tokens.of(shop.tenant(), "customer readonly");
            case "merchant of b" -> Tokens.of(shop.tenant(), "merchant", null, "b");
            case "merchant of none" -> Tokens.of(shop.tenant(), "merchant");
            case "admin of another tenant" -> Tokens.of(stranger, "admin");
            case "operator" -> Tokens.withoutTenant("operator");
            default -> Tokens.of(shop.tenant(), caller);
        };
    }

    /** What the routes are tried upon; new for each attempt where an attempt may change it. */
    private static final class Things {
        private final Shop shop;
        private final Article article;
        private final String location;
        private final String supplier;
        private @Nullable Article units;

        Things(Shop shop, Article article) {
            this.shop = shop;
            this.article = article;
            shop.location("main", 0);
            location = shop.location("a-1", "a");
            shop.location("a-2", "a");
            shop.location("b-1", "b");
            shop.receive(article, 1_000, "a-1");
            supplier = supplier("shared");
        }

        String address(Route route) {
            var path = route.path();
            if (path.startsWith("/v1/packs/{gtin}")) {
                var gtin = gtin();
                if (!route.method().equals("PUT")) {
                    put("/v1/packs/" + gtin, new JsonObject().put("sku", "S").put("unitsPerPack", 12));
                }
                return path.replace("{gtin}", gtin);
            }
            if (path.equals("/v1/tracked-variants/{variantId}")) {
                var tracked = route.method().equals("DELETE") ? shop.tracked(fresh()) : units();
                return path.replace("{variantId}", tracked.id().toString());
            }
            if (path.equals("/v1/stock/{variantId}/levels")) {
                return path.replace("{variantId}", article.id().toString());
            }
            return path.replace("{type}", "souk.inventory.stock.changed.v1")
                    .replace("{id}", path.contains("{id}") ? id(path) : "");
        }

        private String id(String path) {
            if (path.startsWith("/v1/locations")) {
                return location;
            }
            if (path.startsWith("/v1/stock/levels")) {
                return lot();
            }
            if (path.startsWith("/v1/suppliers")) {
                return path.equals("/v1/suppliers/{id}") ? supplier(fresh()) : supplier;
            }
            if (path.startsWith("/v1/purchase-orders")) {
                return post("/v1/purchase-orders", purchaseOrder());
            }
            if (path.startsWith("/v1/units")) {
                return unitOfVendor();
            }
            return path.startsWith("/v1/reservations")
                    ? post("/v1/reservations", lines("quantity").put("owner", "cart"))
                    : UUID.randomUUID().toString();
        }

        private String lot() {
            var code = fresh();
            var body = lines("quantity", "a-1");
            body.getJsonArray("lines").getJsonObject(0).put("lot", code).put("expiresOn", "2099-01-01");
            shop.receipt(fresh(), body).then().statusCode(201);
            return Ledger.query(
                            "select id from inventory.stock_level where tenant = ? and lot = ?", shop.tenant(), code)
                    .getFirst();
        }

        private String unitOfVendor() {
            var unit = Shop.unit(units(), fresh()).put("location", "a-1");
            return shop.unitReceipt(new JsonArray().add(unit))
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("units[0].id");
        }

        /** The article of which each unit is known. */
        private Article units() {
            if (units == null) {
                units = shop.tracked("U");
            }
            return units;
        }

        /** One that would be taken, so that nothing but the caller is refused. */
        @Nullable
        JsonObject body(String operation) {
            return switch (operation) {
                case "POST /v1/locations" ->
                    new JsonObject().put("code", fresh()).put("name", "x").put("vendor", "a");
                case "PATCH /v1/locations/{id}" -> new JsonObject().put("name", "a-1");
                case "PATCH /v1/stock/levels/{id}" -> new JsonObject().put("expiresOn", "2099-01-01");
                case "POST /v1/stock/receipts" -> lines("quantity", "a-1");
                case "POST /v1/stock/adjustments" -> lines("quantity", "a-1").put("reason", "FOUND");
                case "POST /v1/stock/transfers" ->
                    lines("quantity").put("from", "a-1").put("to", "a-2");
                case "POST /v1/stock/counts" -> lines("counted").put("location", "a-1");
                case "PUT /v1/packs/{gtin}" -> new JsonObject().put("sku", "S").put("unitsPerPack", 12);
                case "POST /v1/suppliers" ->
                    new JsonObject().put("code", fresh()).put("name", "x");
                case "PUT /v1/suppliers/{id}" ->
                    new JsonObject().put("code", lastCode).put("name", "y");
                case "POST /v1/purchase-orders" -> purchaseOrder();
                case "POST /v1/units/receipts" ->
                    new JsonObject().put("units", new JsonArray().add(Shop.unit(units(), fresh())));
                case "POST /v1/units/transfers" ->
                    new JsonObject().put("to", "a-1").put("unitIds", new JsonArray(shop.units(units(), fresh())));
                case "POST /v1/units/counts" ->
                    new JsonObject().put("sku", units().sku()).put("serialNumbers", new JsonArray());
                case "PUT /v1/units/{id}" ->
                    new JsonObject()
                            .put("serialNumber", fresh())
                            .put("condition", "NEW")
                            .put("acquiredOn", "2026-01-31");
                case "POST /v1/units/{id}/status" -> new JsonObject().put("status", "CONSIGNED");
                case "POST /v1/reservations" -> lines("quantity");
                case "POST /v1/reservations/order-verifications" -> new JsonObject().put("confirmed", new JsonArray());
                case "POST /v1/reservations/{id}/renew" -> new JsonObject().put("ttlSeconds", 60);
                default -> null;
            };
        }

        private String lastCode = "";

        private String supplier(String code) {
            lastCode = code;
            return post("/v1/suppliers", new JsonObject().put("code", code).put("name", "x"));
        }

        private JsonObject purchaseOrder() {
            var order = lines("quantity");
            order.getJsonArray("lines")
                    .getJsonObject(0)
                    .put("unitCost", new JsonObject().put("amount", 100).put("currency", "USD"));
            return order.put("supplierId", supplier)
                    .put("number", fresh())
                    .put("orderedOn", "2026-01-01")
                    .put("expectedOn", "2026-01-09");
        }

        private String post(String path, JsonObject body) {
            return shop.as("admin")
                    .header("Idempotency-Key", fresh())
                    .body(body.encode())
                    .post(path)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
        }

        private void put(String path, JsonObject body) {
            shop.as("admin")
                    .header("If-None-Match", "*")
                    .body(body.encode())
                    .put(path)
                    .then()
                    .statusCode(201);
        }

        private static JsonObject lines(String amount) {
            return new JsonObject()
                    .put(
                            "lines",
                            new JsonArray().add(new JsonObject().put("sku", "S").put(amount, 1)));
        }

        private static JsonObject lines(String amount, String location) {
            var body = lines(amount);
            body.getJsonArray("lines").getJsonObject(0).put("location", location);
            return body;
        }

        private static String fresh() {
            return UUID.randomUUID().toString();
        }

        private static String gtin() {
            return ThreadLocalRandom.current()
                    .longs(1_000_000_000_000L, 10_000_000_000_000L)
                    .mapToObj(Long::toString)
                    .filter(digits -> Gtin.parse(digits).isPresent())
                    .findFirst()
                    .orElseThrow();
        }
    }
}
