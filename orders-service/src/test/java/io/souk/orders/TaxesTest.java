package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static io.souk.orders.Shop.post;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

/** A shop in New York: 8.875 % on all but groceries, and 20 % in what it shows to Austria. */
@OrdersTest
class TaxesTest {
    private static final String RATES = """
            {"rates": [{"country": "US", "region": "NY", "rateMillionths": 88750, "inclusive": false},
             {"country": "US", "region": "NY", "category": "grocery", "rateMillionths": 0, "inclusive": false},
             {"country": "AT", "rateMillionths": 200000, "inclusive": true}]}""";

    private final Shop shop = new Shop();
    private final String admin = Tokens.of(shop.tenant(), "admin");
    private final String bread =
            CatalogueServer.grocery("BREAD-" + shop.tenant(), 399).sku();

    @Test
    void givenAShopWithRates_whenAnOrderGoesWhereTheyAreAdded_thenEachLineSaysItsTaxAndTheChargeHasIt() {
        set(RATES, null).statusCode(200).header("ETag", equalTo("\"1\""));

        var order = order("\"shipTo\":{\"country\":\"US\",\"region\":\"NY\"},")
                .statusCode(202)
                .body("lines[0].amount.amount", equalTo(900))
                .body("lines[0].tax.rateMillionths", equalTo(88_750))
                .body("lines[0].tax.inclusive", equalTo(false))
                .body("lines[0].tax.amount.amount", equalTo(80)) // 79.875
                .body("lines[0].total.amount", equalTo(980))
                .body("lines[1].tax.amount.amount", equalTo(0))
                .body("lines[1].total.amount", equalTo(399))
                .body("totals.amount.amount", equalTo(1_299))
                .body("totals.taxAdded.amount", equalTo(80))
                .body("totals.taxIncluded.amount", equalTo(0))
                .body("total.amount", equalTo(1_379));

        var id = UUID.fromString(order.extract().path("id"));
        shop.payment(id).body("amount.amount", equalTo(1_379));
        shop.get(id).body("total.amount", equalTo(1_379)).body("lines[0].tax.amount.amount", equalTo(80));
        eventually(() -> assertThat(shop.events(id)).isNotEmpty());
        assertThat(new String(shop.events(id).getFirst().value(), StandardCharsets.UTF_8))
                .contains("\"tax\":{\"rateMillionths\":88750,\"inclusive\":false");
    }

    @Test
    void givenATaxThatIsInThePrice_whenAnOrderGoesThere_thenItIsToldAndNothingIsAdded() {
        set(RATES, null).statusCode(200);

        order("\"shipTo\":{\"country\":\"AT\"},")
                .statusCode(202)
                .body("lines[0].tax.amount.amount", equalTo(150))
                .body("lines[0].total.amount", equalTo(900))
                .body("totals.taxIncluded.amount", equalTo(217)) // 150 + 66.5
                .body("total.amount", equalTo(1_299));
    }

    @Test
    void givenACart_whenItIsCheckedOutWhereTaxesAreAdded_thenTheyAreCharged() {
        set(RATES, null).statusCode(200);
        var ada = Carts.of(shop.customer());
        var cart = ada.open();
        ada.add(cart, shop.sku(), 2).statusCode(200);

        given().auth()
                .oauth2(shop.customer())
                .contentType(ContentType.JSON)
                .header("If-Match", "\"2\"")
                .header("Idempotency-Key", key())
                .body(
                        "{\"shipTo\":{\"country\":\"US\",\"region\":\"NY\"},\"payment\":{\"provider\":\"sandbox\",\"token\":\"tok_ok\"}}")
                .post("/v1/carts/{id}/checkout", cart)
                .then()
                .statusCode(202)
                .body("total.amount", equalTo(980));
    }

    @Test
    void givenAShopWithRates_whenAnOrderDoesNotSayWhereItGoes_thenItIsAsked() {
        set(RATES, null).statusCode(200);

        order("").statusCode(422).body("errors.pointer", contains("/shipTo"));
        order("\"shipTo\":{\"country\":\"FR\"},")
                .statusCode(202)
                .body("lines[0].tax", nullValue())
                .body("total.amount", equalTo(1_299));
        shop.list().body("items.total.amount", contains(1_299));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"country\":\"XX\"}', /shipTo/country",
        "'{}', /shipTo/country",
        "'{\"country\":\"US\",\"region\":\"new york\"}', /shipTo/region"
    })
    void givenADestinationThatIsNone_whenAnOrderIsSent_thenItIsNamed(String shipTo, String pointer) {
        order("\"shipTo\":" + shipTo + ",").statusCode(422).body("errors.pointer", hasItem(pointer));
    }

    @Test
    void givenATable_whenTwoSetItAtOnce_thenTheSecondIsToldWhatIsThere() {
        set(RATES, null).statusCode(200);

        set("{\"rates\":[]}", null).statusCode(412).body("current.version", equalTo(1));
        set("{\"rates\":[]}", "\"7\"").statusCode(412);
        set("{\"rates\":[]}", "\"1\"")
                .statusCode(200)
                .body("version", equalTo(2))
                .body("rates", empty());
        order("").statusCode(202).body("total.amount", equalTo(1_299));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"rates\":[null]}",
                "{\"rates\":[{\"country\":\"US\",\"rateMillionths\":-1,\"inclusive\":true}]}",
                "{\"rates\":[{\"country\":\"US\",\"rateMillionths\":1000001,\"inclusive\":true}]}",
                "{\"rates\":[{\"country\":\"US\",\"rateMillionths\":1}]}",
                "{\"rates\":[{\"country\":\"us\",\"rateMillionths\":1,\"inclusive\":true}]}",
                "{\"rates\":[{\"country\":\"US\",\"region\":\"\",\"rateMillionths\":1,\"inclusive\":true}]}",
                "{\"rates\":[{\"country\":\"US\",\"category\":\" \",\"rateMillionths\":1,\"inclusive\":true}]}",
                "{\"rates\":[{\"country\":\"US\",\"rateMillionths\":1,\"inclusive\":true},{\"country\":\"US\",\"rateMillionths\":2,\"inclusive\":true}]}"
            })
    void givenATableThatBreaksARule_whenItIsSet_thenItIsRefused(String table) {
        set(table, null).statusCode(422).contentType("application/problem+json");

        read(admin).statusCode(200).body("version", equalTo(0));
    }

    @Test
    void givenOthers_whenTheyReadOrSetTheTable_thenOnlyTheShopsStaffMay() {
        set(RATES, null).statusCode(200);

        read(Tokens.of(shop.tenant(), "readonly")).statusCode(200).body("rates.size()", equalTo(3));
        read(shop.customer()).statusCode(403);
        read(Tokens.of(Tenants.fresh(), "admin")).statusCode(200).body("rates", empty());
        for (var role : new String[] {"merchant", "service", "readonly", "customer"}) {
            send(RATES, "\"1\"", Tokens.of(shop.tenant(), role)).statusCode(403);
        }
    }

    /** Two units of the shop's own thing and a bread. */
    private ValidatableResponse order(String shipTo) {
        return post(key(), shop.customer(), """
                {"currency":"USD",%s"lines":[{"sku":"%s","quantity":2},{"sku":"%s","quantity":1}],
                 "payment":{"provider":"sandbox","token":"tok_ok"}}""".formatted(shipTo, shop.sku(), bread));
    }

    private ValidatableResponse set(String table, @Nullable String ifMatch) {
        return send(table, ifMatch, admin);
    }

    private static ValidatableResponse send(String table, @Nullable String ifMatch, String token) {
        var request = given().auth().oauth2(token).contentType(ContentType.JSON).body(table);
        return (ifMatch == null ? request.header("If-None-Match", "*") : request.header("If-Match", ifMatch))
                .put("/v1/tax-rates")
                .then();
    }

    private static ValidatableResponse read(String token) {
        return given().auth().oauth2(token).get("/v1/tax-rates").then();
    }
}
