package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.ValidatableResponse;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

/** Who may do what: every operation is tried by every role, by another customer, and by the same roles of another tenant. */
@OrdersTest
class RolesTest {
    private static final Set<String> ROLES = Set.of("admin", "merchant", "customer", "readonly", "service");

    private static final List<Operation> OPERATIONS = List.of(
            operation("GET", "/v1/orders", "admin", "customer", "readonly", "service"),
            operation("POST", "/v1/orders", "admin", "customer", "service"),
            operation("GET", "/v1/orders/{id}", "admin", "customer", "readonly", "service"),
            operation("POST", "/v1/orders/{id}/cancel", "admin", "customer", "service"),
            operation("POST", "/v1/orders/{id}/fulfilments", "admin", "service"),
            operation("PATCH", "/v1/orders/{id}/fulfilments", "admin", "service"),
            operation("POST", "/v1/orders/{id}/deliver", "admin", "service"),
            operation("GET", "/v1/orders/{id}/payment", "admin", "customer", "readonly", "service"),
            operation("POST", "/v1/orders/{id}/payment/captures", "admin", "service"),
            operation("POST", "/v1/orders/{id}/payment/refunds", "admin", "service"),
            operation("GET", "/v1/orders/{id}/timeline", "admin", "customer", "readonly", "service"),
            operation("POST", "/v1/orders/verifications", "admin"),
            operation("POST", "/v1/orders/reference-verifications", "admin"),
            operation("GET", "/v1/tax-rates", "admin", "merchant", "readonly", "service"),
            operation("PUT", "/v1/tax-rates", "admin"),
            operation("POST", "/v1/customers", "customer"),
            operation("GET", "/v1/customers", "admin"),
            operation("GET", "/v1/customers/{id}", "admin"),
            operation("PATCH", "/v1/customers/{id}", "admin"),
            operation("DELETE", "/v1/customers/{id}", "admin"),
            operation("POST", "/v1/customers/erasures", "admin"),
            operation("GET", "/v1/customers/me", "customer"),
            operation("PATCH", "/v1/customers/me", "customer"),
            operation("DELETE", "/v1/customers/me", "customer"),
            operation("POST", "/v1/customers/me/addresses", "customer"),
            operation("GET", "/v1/customers/me/addresses/{addressId}", "customer"),
            operation("PATCH", "/v1/customers/me/addresses/{addressId}", "customer"),
            operation("DELETE", "/v1/customers/me/addresses/{addressId}", "customer"),
            operation("POST", "/v1/wishlists", "customer"),
            operation("GET", "/v1/wishlists", "customer"),
            operation("GET", "/v1/wishlists/{id}", "customer"),
            operation("PATCH", "/v1/wishlists/{id}", "customer"),
            operation("DELETE", "/v1/wishlists/{id}", "customer"),
            operation("GET", "/v1/wishlists/{id}/items", "customer"),
            operation("POST", "/v1/wishlists/{id}/items", "customer"),
            operation("DELETE", "/v1/wishlists/{id}/items/{variantId}", "customer"),
            operation("POST", "/v1/wishlists/{id}/items/{variantId}/move", "customer"),
            operation("POST", "/v1/carts", "customer", "service"),
            operation("GET", "/v1/carts/{id}", "admin", "customer", "readonly", "service"),
            operation("POST", "/v1/carts/{id}/lines", "customer", "service"),
            operation("PATCH", "/v1/carts/{id}/lines/{variantId}", "customer", "service"),
            operation("DELETE", "/v1/carts/{id}/lines/{variantId}", "customer", "service"),
            operation("POST", "/v1/carts/{id}/prices", "customer", "service"),
            operation("POST", "/v1/carts/{id}/merge", "customer"),
            operation("POST", "/v1/carts/{id}/checkout", "customer", "service"));

    /** Bodies that would be taken, so that nothing but the caller is refused. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            entry("/v1/orders/{id}/payment/captures", "{}"),
            entry("/v1/orders/{id}/payment/refunds", "{}"),
            entry("/v1/orders/{id}/fulfilments", "{}"),
            entry("/v1/tax-rates", "{\"rates\":[]}"),
            entry("/v1/customers", "{}"),
            entry("/v1/customers/{id}", "{\"type\":\"retail\"}"),
            entry("/v1/customers/erasures", "{\"subject\":\"nobody\"}"),
            entry("/v1/customers/me", "{\"displayName\":\"A\"}"),
            entry("/v1/customers/me/addresses", Customers.VIENNA),
            entry("/v1/customers/me/addresses/{addressId}", "{\"label\":\"A\"}"),
            entry("/v1/wishlists", "{\"name\":\"Some day\"}"),
            entry("/v1/wishlists/{id}", "{\"name\":\"Never\"}"),
            entry("/v1/wishlists/{id}/items", "{\"sku\":\"A\"}"),
            entry(
                    "/v1/wishlists/{id}/items/{variantId}/move",
                    "{\"cartId\":\"01a1fef4-f2b0-7d31-8c05-2f6a4b7c8d90\",\"quantity\":1}"),
            entry("/v1/carts", "{\"currency\":\"USD\"}"),
            entry("/v1/carts/{id}/lines", "{\"sku\":\"A\",\"quantity\":1}"),
            entry("/v1/carts/{id}/lines/{variantId}", "{\"quantity\":1}"),
            entry("/v1/carts/{id}/checkout", "{\"payment\":{\"provider\":\"sandbox\",\"token\":\"tok_ok\"}}"));

    record Operation(String method, String path, Set<String> allowed) {
        boolean isOfOne() {
            boolean forgets =
                    method.equals("DELETE") && path.endsWith("/me"); // which whoever is none yet may ask for too
            return path.contains("{id}") || (path.contains("/me") && !forgets);
        }
    }

    private static Operation operation(String method, String path, String... allowed) {
        return new Operation(method, path, Set.of(allowed));
    }

    private final Shop shop = new Shop();

    @Test
    void givenTheApi_thenTheseAreItsOperations() {
        Map<String, Map<String, Object>> paths =
                given().queryParam("format", "json").get("/q/openapi").path("paths");

        var documented = paths.entrySet().stream()
                .filter(path -> path.getKey().matches("/v1/(orders|carts|customers|wishlists|tax-rates)(/.*)?"))
                .flatMap(path -> path.getValue().keySet().stream()
                        .filter(Set.of("get", "put", "post", "patch", "delete")::contains)
                        .map(method -> method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toSet());
        assertThat(OPERATIONS.stream()
                        .map(operation -> operation.method() + " " + operation.path())
                        .collect(Collectors.toSet()))
                .isEqualTo(documented);
    }

    @ParameterizedTest
    @FieldSource("OPERATIONS")
    void givenARoleThatTheOperationIsNotFor_whenItIsTried_thenItIsForbidden(Operation operation) {
        var order = shop.place("tok_ok").toString();

        for (var role : ROLES) {
            if (!operation.allowed().contains(role)) {
                send(operation, Tokens.of(shop.tenant(), role, "ada", null), order)
                        .statusCode(403);
            }
        }
        send(operation, null, order).statusCode(401);
        send(operation, Tokens.withoutTenant("operator"), order).statusCode(403);
        send(operation, Tokens.expired(shop.tenant(), "admin"), order).statusCode(401);
    }

    @ParameterizedTest
    @FieldSource("OPERATIONS")
    void givenAnotherTenantsRoles_whenTheyReachForAnOrderOrACart_thenItDoesNotExist(Operation operation) {
        var mine = mine(operation);
        var stranger = Tenants.fresh();

        for (var role : operation.allowed()) {
            if (operation.isOfOne()) {
                send(operation, Tokens.of(stranger, role, "ada", null), mine).statusCode(404);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("OPERATIONS")
    void givenAnotherCustomer_whenTheyReachForAdasOrderOrCart_thenItDoesNotExist(Operation operation) {
        if (!operation.allowed().contains("customer") || !operation.isOfOne()) {
            return;
        }

        send(operation, Tokens.of(shop.tenant(), "customer", "bob", null), mine(operation))
                .statusCode(404);
    }

    @Test
    void givenAnotherCustomer_whenTheyListOrders_thenTheySeeNoneOfAdas() {
        shop.place("tok_ok");

        Shop.list(Tokens.of(shop.tenant(), "customer", "bob", null)).body("items", hasSize(0));
        shop.list().body("items", hasSize(1));
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

    private static ValidatableResponse look(String path, String order, String token) {
        return given().auth()
                .oauth2(token)
                .get("/v1/orders" + path.replace("{id}", order))
                .then();
    }

    /** What is Ada's, as the operation wants it. */
    private String mine(Operation operation) {
        if (operation.path().startsWith("/v1/customers")) {
            var ada = Customers.of(shop.customer());
            var address = ada.keep(Customers.BROOKLYN);
            return operation.path().contains("{addressId}")
                    ? address
                    : ada.me().extract().path("id");
        }
        if (operation.path().startsWith("/v1/wishlists")) {
            return Wishlists.of(shop.customer()).create("Birthday");
        }
        return operation.path().startsWith("/v1/carts")
                ? Carts.of(shop.customer()).open()
                : shop.place("tok_ok").toString();
    }

    /** @param token null: anonymously */
    private static ValidatableResponse send(Operation operation, @Nullable String token, String id) {
        var request = (token == null ? given() : given().auth().oauth2(token))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key())
                .header("If-Match", "\"1\"");
        var body = BODIES.get(operation.path());
        if (body != null
                && !operation.method().equals("GET")
                && !operation.method().equals("DELETE")) {
            request.body(body);
        }
        var path =
                operation.path().replace("{id}", id).replace("{variantId}", id).replace("{addressId}", id);
        return request.request(Method.valueOf(operation.method()), path).then();
    }
}
