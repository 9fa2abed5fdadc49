package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ada has a profile, an address, a wishlist, a cart and an order that goes to her. Everybody else reaches for each of them: what
 * they may see is listed here, and nothing they do changes anything.
 */
@OrdersTest
class PrivacyTest {
    private static final String NAME = "Ada Q. Lovelace";
    private static final String STREET = "12 Carroll Street";
    private static final String LIST = "Things for the engine";

    private final Shop shop = new Shop();
    private final Customers ada = Customers.of(shop.customer());
    private final Map<String, String> things = new LinkedHashMap<>();

    /** Who is not Ada. */
    enum Stranger {
        ANONYMOUS,
        OTHER_CUSTOMER,
        /** A customer of the same name in another shop. */
        NAMESAKE_ELSEWHERE,
        ADMIN_ELSEWHERE,
        READONLY,
        MERCHANT,
        SERVICE,
        /** A service whose token has Ada's subject. */
        SERVICE_OF_HER_NAME,
        ADMIN;

        @Nullable
        String token(String tenant) {
            return switch (this) {
                case ANONYMOUS -> null;
                case OTHER_CUSTOMER -> Tokens.of(tenant, "customer", "bob", null);
                case NAMESAKE_ELSEWHERE -> Tokens.of(Tenants.fresh(), "customer", "ada", null);
                case ADMIN_ELSEWHERE -> Tokens.of(Tenants.fresh(), "admin");
                case READONLY -> Tokens.of(tenant, "readonly");
                case MERCHANT -> Tokens.of(tenant, "merchant");
                case SERVICE -> Tokens.of(tenant, "service");
                case SERVICE_OF_HER_NAME -> Tokens.of(tenant, "service", "ada", null);
                case ADMIN -> Tokens.of(tenant, "admin");
            };
        }

        /** What each answers to a look at: customer, wishlist, its items, cart, order, its payment and its timeline. */
        List<Integer> looks() {
            return switch (this) {
                case ANONYMOUS -> List.of(401, 401, 401, 401, 401, 401, 401);
                case OTHER_CUSTOMER, NAMESAKE_ELSEWHERE -> List.of(403, 404, 404, 404, 404, 404, 404);
                case ADMIN_ELSEWHERE -> List.of(404, 403, 403, 404, 404, 404, 404);
                case READONLY -> List.of(403, 403, 403, 200, 200, 200, 200);
                case MERCHANT -> List.of(403, 403, 403, 403, 403, 403, 403);
                case SERVICE, SERVICE_OF_HER_NAME -> List.of(403, 403, 403, 404, 200, 200, 200);
                case ADMIN -> List.of(200, 403, 403, 200, 200, 200, 200);
            };
        }
    }

    @BeforeEach
    void giveAdaSomething() {
        ada.make("{\"displayName\":\"%s\",\"email\":\"ada@lovelace.example\"}".formatted(NAME))
                .statusCode(201);
        var address = ada.keep(Customers.BROOKLYN.replace("Ada Lovelace", NAME));
        var wishlists = Wishlists.of(shop.customer());
        var list = wishlists.create(LIST);
        wishlists.add(list, shop.sku()).statusCode(200);
        String variant = wishlists.items(list, 1, null).extract().path("items[0].variantId");
        var carts = Carts.of(shop.customer());
        var cart = carts.open();
        carts.add(cart, shop.sku(), 1).statusCode(200);
        String order = Shop.post(
                        key(),
                        shop.customer(),
                        Shop.body(shop.sku(), 2, "tok_ok")
                                .replace("\"payment\"", "\"shippingAddressId\":\"" + address + "\",\"payment\""))
                .statusCode(202)
                .extract()
                .path("id");
        things.put("customer", "/v1/customers/" + ada.me().extract().path("id"));
        things.put("wishlist", "/v1/wishlists/" + list);
        things.put("items", "/v1/wishlists/" + list + "/items");
        things.put("cart", "/v1/carts/" + cart);
        things.put("order", "/v1/orders/" + order);
        things.put("payment", "/v1/orders/" + order + "/payment");
        things.put("timeline", "/v1/orders/" + order + "/timeline");
        things.put("variant", variant);
        things.put("address", address);
    }

    @ParameterizedTest
    @EnumSource
    void givenWhatIsAdas_whenAStrangerLooks_thenTheySeeWhatIsTheirsToSeeAndNothingOfThePerson(Stranger stranger) {
        var token = stranger.token(shop.tenant());

        var answers = things.values().stream()
                .filter(path -> path.startsWith("/"))
                .map(path -> get(token, path))
                .toList();
        var lists = List.of(
                        "/v1/customers",
                        "/v1/customers/me",
                        "/v1/wishlists",
                        "/v1/orders",
                        "/v1/customers?email=ada@lovelace.example",
                        "/v1/orders?customer=" + path("customer").substring("/v1/customers/".length()))
                .stream()
                .map(path -> get(token, path))
                .toList();

        assertThat(answers).extracting(Response::statusCode).isEqualTo(stranger.looks());
        if (stranger == Stranger.ADMIN) {
            assertThat(answers.getFirst().asString()).contains(NAME, STREET);
            assertThat(answers.get(4).asString()).contains(NAME, STREET);
            assertThat(lists.get(0).asString()).contains(NAME, STREET);
            assertThat(lists.get(1).statusCode()).isEqualTo(403);
            assertThat(lists.get(4).asString()).contains(NAME, STREET);
            assertThat(lists.get(5).asString()).contains(NAME, STREET, "customerId");
        } else {
            assertThat(answers).extracting(Response::asString).allSatisfy(PrivacyTest::saysNobody);
            assertThat(lists).extracting(Response::asString).allSatisfy(PrivacyTest::saysNobody);
        }
        assertThat(lists).extracting(Response::asString).noneMatch(text -> text.contains(LIST));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
    void givenWhatIsAdas_whenAStrangerReachesForIt_thenNothingHasChanged(Stranger stranger) {
        var before = all();
        var token = stranger.token(shop.tenant());

        var statuses = new ArrayList<Integer>();
        statuses.add(send(token, "PATCH", path("customer"), "{\"type\":\"wholesale\"}"));
        statuses.add(send(token, "DELETE", path("customer"), null));
        statuses.add(send(token, "PATCH", "/v1/customers/me", "{\"displayName\":\"Mallory\"}"));
        assertThat(send(token, "DELETE", "/v1/customers/me", null))
                .as("whoever is a customer has forgotten themselves")
                .isIn(204, 401, 403);
        statuses.add(send(token, "POST", "/v1/customers/erasures", "{\"subject\":\"ada\"}"));
        statuses.add(send(token, "POST", "/v1/customers/me/addresses", Customers.VIENNA));
        statuses.add(send(token, "GET", "/v1/customers/me/addresses/" + things.get("address"), null));
        statuses.add(send(token, "PATCH", "/v1/customers/me/addresses/" + things.get("address"), "{\"label\":\"M\"}"));
        statuses.add(send(token, "DELETE", "/v1/customers/me/addresses/" + things.get("address"), null));
        statuses.add(send(token, "PATCH", path("wishlist"), "{\"name\":\"Mallory's\"}"));
        statuses.add(send(token, "POST", path("items"), "{\"sku\":\"%s\"}".formatted(shop.sku())));
        statuses.add(send(token, "DELETE", path("items") + "/" + things.get("variant"), null));
        statuses.add(send(
                token,
                "POST",
                path("items") + "/" + things.get("variant") + "/move",
                "{\"cartId\":\"%s\",\"quantity\":1}".formatted(path("cart").substring("/v1/carts/".length()))));
        statuses.add(send(token, "DELETE", path("wishlist"), null));
        statuses.add(
                send(token, "POST", path("cart") + "/lines", "{\"sku\":\"%s\",\"quantity\":1}".formatted(shop.sku())));
        statuses.add(send(token, "PATCH", path("cart") + "/lines/" + things.get("variant"), "{\"quantity\":9}"));
        statuses.add(send(token, "DELETE", path("cart") + "/lines/" + things.get("variant"), null));
        statuses.add(send(token, "POST", path("cart") + "/prices", "{}"));
        statuses.add(send(token, "POST", path("cart") + "/merge", "{}"));
        statuses.add(send(
                token,
                "POST",
                path("cart") + "/checkout",
                "{\"payment\":{\"provider\":\"sandbox\",\"token\":\"tok_ok\"}}"));
        statuses.add(send(
                token,
                "POST",
                "/v1/orders",
                Shop.body(shop.sku(), 1, "tok_ok")
                        .replace(
                                "\"payment\"", "\"shippingAddressId\":\"" + things.get("address") + "\",\"payment\"")));
        if (!stranger.name().startsWith("SERVICE")) { // which may cancel any order, for the shop
            statuses.add(send(token, "POST", path("order") + "/cancel", "{}"));
        }

        assertThat(statuses)
                .isSubsetOf(
                        stranger == Stranger.ADMIN_ELSEWHERE
                                ? List.of(204, 403, 404, 422)
                                : List.of(401, 403, 404, 422));
        assertThat(all()).isEqualTo(before);
    }

    @Test
    void givenTheShopsAdmin_whenTheyReachForWhatIsTheCustomersOwn_thenOnlyTypeErasureAndOrdersAreTheirs() {
        var admin = Tokens.of(shop.tenant(), "admin");

        assertThat(send(admin, "PATCH", "/v1/customers/me", "{\"displayName\":\"M\"}"))
                .isEqualTo(403);
        assertThat(send(admin, "PATCH", path("customer"), "{\"displayName\":\"M\"}"))
                .isEqualTo(400);
        assertThat(send(admin, "DELETE", path("wishlist"), null)).isEqualTo(403);
        assertThat(send(admin, "POST", path("cart") + "/prices", "{}")).isEqualTo(403);
        assertThat(send(admin, "PATCH", path("customer"), "{\"type\":\"wholesale\"}"))
                .isEqualTo(200);
        assertThat(send(admin, "POST", path("order") + "/cancel", "{}")).isEqualTo(200);
    }

    /** As Ada sees it; the order is left out of it, which changes by itself. */
    private List<String> all() {
        var all = new ArrayList<String>();
        for (var path : List.of("/v1/customers/me", path("wishlist"), path("items"), path("cart"))) {
            all.add(get(shop.customer(), path).asString());
        }
        all.add(shop.list().extract().path("items.id").toString());
        return all;
    }

    private String path(String thing) {
        return String.valueOf(things.get(thing));
    }

    private static void saysNobody(String text) {
        assertThat(text)
                .doesNotContain(NAME, STREET, "555-0142", "lovelace.example", "Brooklyn", "\"ada\"", "customerId");
    }

    private static Response get(@Nullable String token, String path) {
        return (token == null ? given() : given().auth().oauth2(token)).get(path);
    }

    /** At the version that everything of Ada's has. */
    private static int send(@Nullable String token, String method, String path, @Nullable String body) {
        var request = (token == null ? given() : given().auth().oauth2(token))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key())
                .header("If-Match", "\"2\"");
        return (body == null ? request : request.body(body))
                .request(method, path)
                .statusCode();
    }
}
