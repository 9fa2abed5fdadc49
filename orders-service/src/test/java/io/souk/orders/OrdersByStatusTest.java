package io.souk.orders;

import io.restassured.response.ValidatableResponse;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.body;
import static io.souk.orders.Shop.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

/** Which orders wait for somebody, without reading all that there ever were. */
@OrdersTest
class OrdersByStatusTest {
    private final Shop shop = new Shop();
    private final String admin = Tokens.of(shop.tenant(), "admin");
    private final String bob = Tokens.of(shop.tenant(), "customer", "bob", null);

    @Test
    void givenOrdersInSeveralStatuses_whenTheShopAsksForSome_thenItSeesThoseAloneNewestFirst() {
        var confirmed = shop.place("tok_ok");
        shop.confirm(confirmed);
        var cancelled = cancelled(shop.customer());
        var placed = shop.place("tok_ok");
        var bobs = cancelled(bob);

        list(admin, "status=CONFIRMED").body("items.id", contains(confirmed.toString()));
        list(admin, "status=CANCELLED").body("items.id", contains(texts(bobs, cancelled)));
        list(admin, "status=CANCELLED&status=CONFIRMED&status=CANCELLED")
                .body("items.id", contains(texts(bobs, cancelled, confirmed)));
        list(admin, "status=DELIVERED").body("items", empty());
        list(admin, "limit=100").body("items.id", contains(texts(bobs, placed, cancelled, confirmed)));
        for (var role : List.of("readonly", "service")) {
            list(Tokens.of(shop.tenant(), role), "status=CANCELLED").body("items.id", contains(texts(bobs, cancelled)));
        }
        list(Tokens.of(Tenants.fresh(), "admin"), "status=CANCELLED").body("items", empty());
    }

    @Test
    void givenACustomer_whenTheyAskForAStatus_thenTheySeeTheirOwnInItAlone() {
        var cancelled = cancelled(shop.customer());
        shop.place("tok_ok");
        var bobs = cancelled(bob);

        list(shop.customer(), "status=CANCELLED").body("items.id", contains(cancelled.toString()));
        list(shop.customer(), "status=DECLINED&status=EXPIRED").body("items", empty());
        list(bob, "status=CANCELLED&status=PLACED").body("items.id", contains(bobs.toString()));
    }

    @Test
    void givenTheAdmin_whenACustomersOrdersInAStatusAreAskedFor_thenBothNarrow() {
        String ada = Customers.of(shop.customer())
                .make("{\"displayName\":\"Ada\"}")
                .statusCode(201)
                .extract()
                .path("id");
        var cancelled = cancelled(shop.customer());
        shop.place("tok_ok");
        cancelled(bob);

        list(admin, "status=CANCELLED&customer=" + ada).body("items.id", contains(cancelled.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "customer"})
    void givenMoreThanAPage_whenTheLinkIsFollowed_thenEachComesOnceAndNoOtherStatusDoes(String role) {
        var wanted = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            wanted.addFirst(cancelled(shop.customer()).toString());
            shop.place("tok_ok");
        }
        var token = role.equals("admin") ? admin : shop.customer();

        var seen = new ArrayList<String>();
        var page = list(token, "status=EXPIRED&status=CANCELLED&limit=2");
        for (var link = take(page, seen); link != null; link = take(page, seen)) {
            page = given().auth()
                    .oauth2(token)
                    .urlEncodingEnabled(false)
                    .get(link)
                    .then();
        }

        assertThat(seen).containsExactlyElementsOf(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=SHIPPED", "status=confirmed", "status=CONFIRMED,PLACED", "status=PLACED&status=x"})
    void givenAStatusThatThereIsNot_whenItIsAskedFor_thenTheParameterIsNamedAndWhatItMaySay(String query) {
        for (var token : List.of(admin, shop.customer())) {
            get(token, query)
                    .statusCode(400)
                    .body("type", equalTo("https://souk.example/problems/malformed"))
                    .body("errors.parameter", contains("status"))
                    .body("errors.detail", hasItem(containsString("PLACED, RESERVED, AUTHORISED, CONFIRMED")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "status=", "status=PLACED&status=", "status=%20"})
    void givenAStatusThatSaysNothing_whenItIsAskedFor_thenItIsNotTakenForEverything(String query) {
        get(admin, query).statusCode(400).body("errors.parameter", contains("status"));
    }

    private UUID cancelled(String customer) {
        String id = Shop.post(key(), customer, body(shop.sku(), 1, "tok_ok"))
                .statusCode(202)
                .extract()
                .path("id");
        Shop.cancel(UUID.fromString(id), customer).statusCode(200);
        return UUID.fromString(id);
    }

    private static @Nullable String take(ValidatableResponse page, List<String> seen) {
        List<String> ids = page.statusCode(200).extract().path("items.id");
        seen.addAll(ids);
        var link = page.extract().header("Link");
        return link == null ? null : link.substring(1, link.indexOf('>'));
    }

    private static String[] texts(UUID... ids) {
        return List.of(ids).stream().map(UUID::toString).toArray(String[]::new);
    }

    private static ValidatableResponse list(String token, String query) {
        return get(token, query).statusCode(200);
    }

    private static ValidatableResponse get(String token, String query) {
        return given().auth()
                .oauth2(token)
                .urlEncodingEnabled(false)
                .get("/v1/orders?" + query)
                .then();
    }
}
