package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.ValidatableResponse;
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
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

/**
 * Who may do what: every route of the service is tried by everybody, upon what is Ada's. A route without a row fails, as does a
 * row without a route.
 */
@OrdersTest
class RolesTest {
    private static final List<String> CALLERS = List.of(
            "nobody",
            "ada",
            "bob",
            "readonly",
            "merchant",
            "service",
            "service called ada",
            "admin",
            "readonly ada",
            "ada of another tenant",
            "admin of another tenant",
            "operator",
            "expired admin");

    /**
     * In the order of {@link #CALLERS}. What is Ada's is a 404 for whom it does not exist, or in a body a 422; a 409 says that the
     * caller may, but not at this moment.
     */
    private static final List<Route> ROUTES = Route.table("""
            GET    /v1/orders                                401 200 200 200 403 200 200 200 200 200 200 403 401
            POST   /v1/orders                                401 202 202 403 403 202 202 202 202 202 202 403 401
            GET    /v1/orders/{id}                           401 200 404 200 403 200 200 200 200 404 404 403 401
            POST   /v1/orders/{id}/cancel                    401 200 404 403 403 200 200 200 200 404 404 403 401
            POST   /v1/orders/{id}/fulfilments               401 403 403 403 403 409 409 409 403 403 404 403 401
            PATCH  /v1/orders/{id}/fulfilments               401 403 403 403 403 412 412 412 403 403 404 403 401
            POST   /v1/orders/{id}/deliver                   401 403 403 403 403 409 409 409 403 403 404 403 401
            GET    /v1/orders/{id}/payment                   401 200 404 200 403 200 200 200 200 404 404 403 401
            POST   /v1/orders/{id}/payment/captures          401 403 403 403 403 409 409 409 403 403 404 403 401
            POST   /v1/orders/{id}/payment/refunds           401 403 403 403 403 409 409 409 403 403 404 403 401
            GET    /v1/orders/{id}/timeline                  401 200 404 200 403 200 200 200 200 404 404 403 401
            POST   /v1/orders/verifications                  401 403 403 403 403 403 403 200 403 403 200 403 401
            POST   /v1/orders/reference-verifications        401 403 403 403 403 403 403 200 403 403 200 403 401
            POST   /v1/orders/reservation-verifications      401 403 403 403 403 403 403 200 403 403 200 403 401
            GET    /v1/tax-rates                             401 403 403 200 200 200 200 200 200 403 200 403 401
            PUT    /v1/tax-rates                             401 403 403 403 403 403 403 200 403 403 200 403 401
            POST   /v1/customers                             401 200 201 403 403 403 403 403 200 201 403 403 401
            GET    /v1/customers                             401 403 403 403 403 403 403 200 403 403 200 403 401
            GET    /v1/customers/{id}                        401 403 403 403 403 403 403 200 403 403 404 403 401
            PATCH  /v1/customers/{id}                        401 403 403 403 403 403 403 200 403 403 404 403 401
            DELETE /v1/customers/{id}                        401 403 403 403 403 403 403 204 403 403 404 403 401
            POST   /v1/customers/erasures                    401 403 403 403 403 403 403 204 403 403 204 403 401
            GET    /v1/customers/me                          401 200 404 403 403 403 403 403 200 404 403 403 401
            PATCH  /v1/customers/me                          401 200 404 403 403 403 403 403 200 404 403 403 401
            DELETE /v1/customers/me                          401 204 204 403 403 403 403 403 204 204 403 403 401
            POST   /v1/customers/me/addresses                401 201 404 403 403 403 403 403 201 404 403 403 401
            GET    /v1/customers/me/addresses/{addressId}    401 200 404 403 403 403 403 403 200 404 403 403 401
            PATCH  /v1/customers/me/addresses/{addressId}    401 200 404 403 403 403 403 403 200 404 403 403 401
            DELETE /v1/customers/me/addresses/{addressId}    401 200 404 403 403 403 403 403 200 404 403 403 401
            GET    /v1/wishlists                             401 200 200 403 403 403 403 403 200 200 403 403 401
            POST   /v1/wishlists                             401 201 201 403 403 403 403 403 201 201 403 403 401
            GET    /v1/wishlists/{id}                        401 200 404 403 403 403 403 403 200 404 403 403 401
            PATCH  /v1/wishlists/{id}                        401 200 404 403 403 403 403 403 200 404 403 403 401
            DELETE /v1/wishlists/{id}                        401 204 404 403 403 403 403 403 204 404 403 403 401
            GET    /v1/wishlists/{id}/items                  401 200 404 403 403 403 403 403 200 404 403 403 401
            POST   /v1/wishlists/{id}/items                  401 200 404 403 403 403 403 403 200 404 403 403 401
            DELETE /v1/wishlists/{id}/items/{variantId}      401 200 404 403 403 403 403 403 200 404 403 403 401
            POST   /v1/wishlists/{id}/items/{variantId}/move 401 200 404 403 403 403 403 403 200 404 403 403 401
            POST   /v1/carts                                 401 200 201 403 403 201 201 403 200 201 403 403 401
            GET    /v1/carts/{id}                            401 200 404 200 403 404 404 200 200 404 404 403 401
            POST   /v1/carts/{id}/lines                      401 200 404 403 403 404 404 403 200 404 403 403 401
            PATCH  /v1/carts/{id}/lines/{variantId}          401 200 404 403 403 404 404 403 200 404 403 403 401
            DELETE /v1/carts/{id}/lines/{variantId}          401 200 404 403 403 404 404 403 200 404 403 403 401
            POST   /v1/carts/{id}/prices                     401 200 404 403 403 404 404 403 200 404 403 403 401
            POST   /v1/carts/{id}/merge                      401 200 200 403 403 403 403 403 200 404 403 403 401
            POST   /v1/carts/{id}/checkout                   401 202 404 403 403 404 404 403 202 404 403 403 401
            GET    /v1/changes/orders                        401 403 403 200 403 200 200 200 200 403 200 403 401
            GET    /v1/schemas/orders                        401 403 403 200 200 200 200 200 200 403 200 403 401
            GET    /v1/schemas/orders/{type}                 401 403 403 200 200 200 200 200 200 403 200 403 401
            GET    /v1/asyncapi/orders                       401 403 403 200 200 200 200 200 200 403 200 403 401
            GET    /v1/admin/outbox                          401 403 403 403 403 403 403 403 403 403 403 200 401
            GET    /v1/admin/retellings                      401 403 403 403 403 403 403 403 403 403 403 200 401
            POST   /v1/admin/retellings                      401 403 403 403 403 403 403 403 403 403 403 400 401
            GET    /v1/admin/retellings/{id}                 401 403 403 403 403 403 403 403 403 403 403 404 401
            GET    /v1/admin/caches                          401 403 403 403 403 403 403 403 403 403 403 200 401
            POST   /v1/admin/caches/rebuilds                 401 403 403 403 403 403 403 403 403 403 403 409 401
            POST   /v1/admin/caches/renewals                 401 403 403 403 403 403 403 403 403 403 403 409 401
            GET    /v1/admin/caches/jobs                     401 403 403 403 403 403 403 403 403 403 403 200 401
            POST   /v1/admin/caches/jobs                     401 403 403 403 403 403 403 403 403 403 403 400 401
            GET    /v1/admin/caches/jobs/{id}                401 403 403 403 403 403 403 403 403 403 403 404 401
            GET    /v1/admin/dead-letters                    401 403 403 403 403 403 403 403 403 403 403 200 401
            GET    /v1/admin/dead-letters/{id}               401 403 403 403 403 403 403 403 403 403 403 404 401
            GET    /v1/admin/dead-letters/redrives           401 403 403 403 403 403 403 403 403 403 403 200 401
            POST   /v1/admin/dead-letters/redrives           401 403 403 403 403 403 403 403 403 403 403 400 401
            GET    /v1/admin/dead-letters/redrives/{id}      401 403 403 403 403 403 403 403 403 403 403 404 401
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
        route.assertAnswers(CALLERS, caller -> attempt(route, caller));
    }

    /** Who buys of a vendor is none of the vendor's business, whatever else its people may look at. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/{id}", "/{id}/payment", "/{id}/timeline"})
    void givenAMerchantWithASecondRole_whenTheyReachForOrders_thenOnlyTheirOwnAsACustomerAreThere(String path) {
        var order = shop.place("tok_ok").toString();
        var tenant = shop.tenant();

        look(path, order, Tokens.of(tenant, "merchant", "mia", "v-1")).statusCode(403);
        look(path, order, Tokens.of(tenant, "merchant readonly", "mia", "v-1")).statusCode(403);
        look(path, order, Tokens.of(tenant, "merchant readonly", "ada", "v-1")).statusCode(403);
        look(path, order, Tokens.of(tenant, "merchant service", "mia", "v-1")).statusCode(200);
        look(path, order, Tokens.of(tenant, "merchant admin", "mia", "v-1")).statusCode(200);
        look(path, order, Tokens.of(tenant, "merchant customer", "ada", "v-1")).statusCode(200);
        for (var roles : List.of("merchant customer", "merchant customer readonly")) {
            var mia = look(path, order, Tokens.of(tenant, roles, "mia", "v-1"));
            if (path.isEmpty()) {
                mia.statusCode(200).body("items", hasSize(0));
            } else {
                mia.statusCode(404);
            }
        }
    }

    @Test
    void givenAMerchantWhoMayRead_whenTheyReachForCarts_thenOnlyTheirOwnAsACustomerAreThere() {
        var cart = Carts.of(shop.customer()).open();
        var tenant = shop.tenant();

        lookAtCart(cart, Tokens.of(tenant, "merchant", "mia", "v-1")).statusCode(403);
        lookAtCart(cart, Tokens.of(tenant, "merchant readonly", "mia", "v-1")).statusCode(404);
        lookAtCart(cart, Tokens.of(tenant, "merchant customer readonly", "mia", "v-1"))
                .statusCode(404);
        lookAtCart(cart, Tokens.of(tenant, "merchant customer readonly", "ada", "v-1"))
                .statusCode(200);
        lookAtCart(cart, Tokens.of(tenant, "merchant admin", "mia", "v-1")).statusCode(200);
        lookAtCart(cart, Tokens.of(tenant, "readonly", "rose", null)).statusCode(200);
    }

    private static ValidatableResponse lookAtCart(String cart, String token) {
        return given().auth().oauth2(token).get("/v1/carts/{id}", cart).then();
    }

    private static ValidatableResponse look(String path, String order, String token) {
        return given().auth()
                .oauth2(token)
                .get("/v1/orders" + path.replace("{id}", order))
                .then();
    }

    private int attempt(Route route, String caller) {
        var ada = new Ada(shop, route.path());
        var request = given().contentType(ContentType.JSON).header("Idempotency-Key", key());
        @Nullable String token = token(caller);
        if (token != null) {
            request.auth().oauth2(token);
        }
        if (route.operation().equals("PUT /v1/tax-rates")) {
            request.header("If-None-Match", "*");
        } else {
            request.header("If-Match", "\"2\"").header("Souk-Cart-Token", ada.guestToken);
        }
        @Nullable JsonObject body = ada.body(route.operation());
        if (body != null) {
            request.body(body.encode());
        }
        return request.request(Method.valueOf(route.method()), ada.address(route.path()))
                .statusCode();
    }

    private @Nullable String token(String caller) {
        return switch (caller) {
            case "nobody" -> null;
            case "ada" -> shop.customer();
            case "bob" -> Tokens.of(shop.tenant(), "customer", "bob", null);
            case "service called ada" -> Tokens.of(shop.tenant(), "service", "ada", null);
            case "readonly ada" -> Tokens.of(shop.tenant(), "customer readonly", "ada", null);
            case "ada of another tenant" -> Tokens.of(stranger, "customer", "ada", null);
            case "admin of another tenant" -> Tokens.of(stranger, "admin");
            case "operator" -> Tokens.withoutTenant("operator");
            case "expired admin" -> Tokens.expired(shop.tenant(), "admin");
            default -> Tokens.of(shop.tenant(), caller);
        };
    }

    /**
     * What the routes are tried upon: a customer with an address, a list with a wish on it and a cart with a line in it, all of them at
     * version 2; an order that was just placed; and a guest's cart, whose token everybody has who tries to merge it. New for each
     * attempt, which may change it.
     */
    private static final class Ada {
        private final Shop shop;
        private final String id;
        private String guestToken = "";
        private String addressId = "";
        private String variantId = "";
        private String cartId = "";

        Ada(Shop shop, String path) {
            this.shop = shop;
            if (path.startsWith("/v1/customers")) {
                id = customer();
            } else if (path.startsWith("/v1/wishlists") || path.startsWith("/v1/carts")) {
                forget(Customers.of(shop.customer()));
                var list = list();
                cartId = cart();
                id = path.startsWith("/v1/wishlists") ? list : path.endsWith("/merge") ? guestsCart() : cartId;
            } else if (path.startsWith("/v1/orders/{id}")) {
                id = shop.place("tok_ok").toString();
            } else {
                id = UUID.randomUUID().toString();
            }
        }

        private String customer() {
            var ada = Customers.of(shop.customer());
            forget(ada);
            addressId = ada.keep(Customers.BROOKLYN);
            return ada.me().extract().path("id");
        }

        private static void forget(Customers ada) {
            ada.erase(ada.me().extract().header("ETag")).statusCode(204);
        }

        private String list() {
            var lists = Wishlists.of(shop.customer());
            var list = lists.create("Birthday");
            lists.add(list, shop.sku()).statusCode(200);
            variantId = lists.items(list, 1, null).extract().path("items[0].variantId");
            return list;
        }

        private String cart() {
            var carts = Carts.of(shop.customer());
            var cart = carts.open();
            carts.add(cart, shop.sku(), 1).statusCode(200);
            return cart;
        }

        private String guestsCart() {
            var opened = Carts.of(Tokens.of(shop.tenant(), "service"))
                    .open("{\"currency\":\"USD\"}")
                    .extract();
            guestToken = opened.path("token");
            return opened.path("id");
        }

        String address(String path) {
            return path.replace("{addressId}", addressId)
                    .replace("{variantId}", variantId)
                    .replace("{type}", "souk.orders.order.changed.v1")
                    .replace("{id}", id);
        }

        /** One that would be taken, so that nothing but the caller is refused. */
        @Nullable
        JsonObject body(String operation) {
            return switch (operation) {
                case "POST /v1/orders" -> new JsonObject(Shop.body(shop.sku(), 1, "tok_ok"));
                case "POST /v1/orders/{id}/payment/captures",
                        "POST /v1/orders/{id}/payment/refunds",
                        "POST /v1/orders/{id}/fulfilments",
                        "PATCH /v1/orders/{id}/fulfilments",
                        "POST /v1/customers" -> new JsonObject();
                case "PUT /v1/tax-rates" -> new JsonObject().put("rates", new JsonArray());
                case "PATCH /v1/customers/{id}" -> new JsonObject().put("type", "retail");
                case "POST /v1/orders/reservation-verifications" ->
                    new JsonObject().put("reservations", new JsonArray());
                case "POST /v1/customers/erasures" -> new JsonObject().put("subject", "ada");
                case "PATCH /v1/customers/me" -> new JsonObject().put("displayName", "A");
                case "POST /v1/customers/me/addresses" -> new JsonObject(Customers.VIENNA);
                case "PATCH /v1/customers/me/addresses/{addressId}" -> new JsonObject().put("label", "A");
                case "POST /v1/wishlists", "PATCH /v1/wishlists/{id}" -> new JsonObject().put("name", key());
                case "POST /v1/wishlists/{id}/items" -> new JsonObject().put("sku", shop.sku());
                case "POST /v1/wishlists/{id}/items/{variantId}/move" ->
                    new JsonObject().put("cartId", cartId).put("quantity", 1);
                case "POST /v1/carts" -> new JsonObject().put("currency", "USD");
                case "POST /v1/carts/{id}/lines" ->
                    new JsonObject().put("sku", shop.sku()).put("quantity", 1);
                case "PATCH /v1/carts/{id}/lines/{variantId}" -> new JsonObject().put("quantity", 3);
                case "POST /v1/carts/{id}/checkout" ->
                    new JsonObject()
                            .put(
                                    "payment",
                                    new JsonObject().put("provider", "sandbox").put("token", "tok_ok"));
                default -> null;
            };
        }
    }
}
