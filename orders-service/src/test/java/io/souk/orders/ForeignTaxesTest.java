package io.souk.orders;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.souk.orders.ForeignTaxes.Mood;
import io.souk.testing.Database;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;
import java.util.Set;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static io.souk.orders.Shop.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

/** A shop whose taxes somebody else reckons. */
@OrdersTest
@TestProfile(ForeignTaxesTest.Rented.class)
class ForeignTaxesTest {
    private final Shop shop = new Shop();
    private final Carts ada = Carts.of(shop.customer());
    private final String bread =
            CatalogueServer.offer("BREAD-" + shop.tenant(), 399, "USD").sku();

    public static final class Rented implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(ForeignTaxes.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("souk.tax.time-limit", "3s");
        }
    }

    @Test
    void givenAProvider_whenOrdersAndCartsArePlaced_thenItsTaxesAreChargedAndNoTableIsAskedFor() {
        given().auth()
                .oauth2(Tokens.of(shop.tenant(), "admin"))
                .contentType("application/json")
                .header("If-None-Match", "*")
                .body("{\"rates\":[{\"country\":\"US\",\"rateMillionths\":500000,\"inclusive\":false}]}")
                .put("/v1/tax-rates")
                .then()
                .statusCode(200);

        order(key(), "")
                .statusCode(202)
                .body("lines.tax.amount.amount", contains(90, 40))
                .body("totals.taxAdded.amount", equalTo(130))
                .body("total.amount", equalTo(1_429));
        ada.checkOut(cart(), "\"2\"", key()).statusCode(202).body("total.amount", equalTo(990));
    }

    @Test
    void givenAProviderThatHasToKnowMore_whenAnOrderDoesNotSayIt_thenTheCustomerIsTold() {
        ForeignTaxes.feel(shop.tenant(), Mood.WANTS_A_DESTINATION);

        order(key(), "").statusCode(422).body("errors.pointer", contains("/shipTo"));
        order(key(), "\"shipTo\":{\"country\":\"US\"},").statusCode(202);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WELL", "WANTS_A_DESTINATION"})
    void givenAProviderThatIsNoHelp_whenAnOrderIsSent_thenItMayComeAgainAndNothingIsHalfDone(Mood mood) {
        var key = key();
        var cartKey = key();
        var cart = cart();
        ForeignTaxes.feel(shop.tenant(), mood);

        unavailable(order(key, ""));
        unavailable(ada.checkOut(cart, "\"2\"", cartKey));

        shop.list().body("items", empty());
        ada.get(cart).body("status", equalTo("OPEN")).body("version", equalTo(2));
        try (var worker = Database.of("orders", "worker")) {
            for (var table : Set.of("orders", "payment", "outbox")) {
                assertThat(worker.query("select count(*) from orders." + table + " where tenant = ?", shop.tenant()))
                        .as(table)
                        .containsExactly("0");
            }
        }
        ForeignTaxes.feel(shop.tenant(), Mood.WELL);
        order(key, "").statusCode(202).body("total.amount", equalTo(1_429));
        ada.checkOut(cart, "\"2\"", cartKey).statusCode(202).body("total.amount", equalTo(990));
    }

    private static void unavailable(ValidatableResponse answer) {
        var retryAfter = answer.statusCode(503)
                .body("type", equalTo("https://souk.example/problems/unavailable"))
                .body("detail", equalTo("The order's taxes cannot be reckoned at present; nothing was done"))
                .extract()
                .header("Retry-After");
        assertThat(Integer.parseInt(retryAfter)).isPositive();
    }

    /** Ada's, of two units; at version 2. */
    private String cart() {
        var cart = ada.open();
        ada.add(cart, shop.sku(), 2).statusCode(200);
        return cart;
    }

    /** Two units of the shop's own thing and a bread. */
    private ValidatableResponse order(String key, String shipTo) {
        return post(key, shop.customer(), """
                {"currency":"USD",%s"lines":[{"sku":"%s","quantity":2},{"sku":"%s","quantity":1}],
                 "payment":{"provider":"sandbox","token":"tok_ok"}}""".formatted(shipTo, shop.sku(), bread));
    }
}
