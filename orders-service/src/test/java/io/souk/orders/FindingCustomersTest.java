package io.souk.orders;

import io.opentelemetry.api.common.AttributeKey;
import io.restassured.response.ValidatableResponse;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.body;
import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;

/** Somebody calls the shop, says their e-mail, and asks where their order is. */
@OrdersTest
class FindingCustomersTest {
    @Inject
    EndedSpans spans;

    private final Shop shop = new Shop();
    private final String admin = Tokens.of(shop.tenant(), "admin");

    @ParameterizedTest
    @CsvSource(textBlock = """
            ada@example.org,            ada@example.org
            Ada.Lovelace@Example.ORG,   aDA.lovelace@example.org
            ada+souk@example.org,       ADA+souk@example.org
            {ada}&=%25/?#@example.org,  {ADA}&=%25/?#@example.org
            \u00c4da@m\u00fcller.example,         \u00e4DA@M\u00dcLLER.example
            A\u0308da@example.org,           \u00e4da@example.org
            \u03a3\u0391\u03a3@example.org,            \u03c3\u03b1\u03c3@example.org
            \u0130da@example.org,            Ida@example.org
            """)
    void givenACustomer_whenTheAdminAsksForTheEmailInAnotherCase_thenTheyAreFoundAndShownAsTheyWroteIt(
            String written, String asked) {
        var ada = become("ada", written);
        become("bob", "x" + written);
        become("cem", null);

        find(asked)
                .statusCode(200)
                .header("Cache-Control", equalTo("private, no-store"))
                .body("items.id", contains(ada))
                .body("items.email", contains(written))
                .body("next", nullValue());
    }

    @Test
    void givenPeopleWhoShareAnEmail_whenTheAdminAsksForIt_thenAllAreListedPageByPage() {
        var ids = IntStream.range(0, 5)
                .mapToObj(i -> become("person-" + i, i % 2 == 0 ? "us+home@example.org" : "Us+Home@example.org"))
                .toList();

        var seen = new ArrayList<String>();
        var page = find("US+home@example.org", 2);
        for (@Nullable String next = take(page, seen); next != null; next = take(page, seen)) {
            String link = page.extract().header("Link");
            page = given().urlEncodingEnabled(false)
                    .auth()
                    .oauth2(admin)
                    .get(link.substring(link.indexOf('<') + 1, link.indexOf('>')))
                    .then()
                    .statusCode(200);
        }

        assertThat(seen).containsExactlyElementsOf(ids);
        given().auth()
                .oauth2(admin)
                .get("/v1/customers?email=us@example.org&cursor=x")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                        | 400 | is empty
            %20                       | 400 | is empty
            ada                       | 422 | is no e-mail address
            ada@                      | 422 | is no e-mail address
            ada+souk@example.org      | 422 | is no e-mail address
            ada@example.org,bob@x.org | 422 | is no e-mail address
            ada%09@example.org        | 422 | must not contain control characters
            """)
    void givenWhatCannotBeAnEmail_whenItIsAskedFor_thenTheParameterIsNamed(String query, int status, String fault) {
        raw(query)
                .statusCode(status)
                .contentType("application/problem+json")
                .body("errors.parameter", contains("email"))
                .body("errors[0].detail", containsString(fault));
    }

    @Test
    void givenAnEmailAsLongAsItMayBe_whenItIsAskedFor_thenItIsFound_andOneThatIsLongerIsNone() {
        var longest = "a".repeat(254 - "@example.org".length()) + "@example.org";
        var ada = become("ada", longest);

        find(longest).statusCode(200).body("items.id", contains(ada));
        find("a" + longest).statusCode(422).body("errors.parameter", contains("email"));
        raw("ada%00@example.org").statusCode(400);
    }

    @Test
    void
            givenSomebodyWhoChangedTheirEmail_orWasErased_orBuysElsewhere_whenTheirFormerOneIsAskedFor_thenNobodyIsFound() {
        become("ada", "ada@example.org");
        var ada = Customers.of(shop.customer());
        ada.edit("\"1\"", "{\"email\":\"countess@example.org\"}").statusCode(200);
        var stranger = Tenants.fresh();
        Customers.of(Tokens.of(stranger, "customer", "ada", null)).make("{\"email\":\"ada@example.org\"}");

        find("ada@example.org").statusCode(200).body("items", empty());
        find("countess@example.org").body("items.size()", equalTo(1));
        ada.erase("\"2\"").statusCode(204);
        find("countess@example.org").statusCode(200).body("items", empty());
        find("nobody@example.org").statusCode(200).body("items", empty());
    }

    @Test
    void givenAnOrder_whenTheAdminReadsIt_thenItSaysWhoPlacedIt_andToNobodyElse() {
        var before = shop.place("tok_ok");
        Shop.get(before, admin).statusCode(200).body("customerId", nullValue());
        var ada = become("ada", "ada@example.org");

        var placed = Shop.post(key(), shop.customer(), body(shop.sku(), 2, "tok_ok"))
                .statusCode(202)
                .body("customerId", nullValue());
        var order = UUID.fromString(placed.extract().path("id"));

        Shop.get(order, admin).body("customerId", equalTo(ada));
        Shop.list(admin).body("items.customerId", contains(ada, ada));
        Shop.cancel(order, admin).statusCode(200).body("customerId", equalTo(ada));
        for (var role : List.of("readonly", "service", "customer")) {
            var token = Tokens.of(shop.tenant(), role, "ada", null);
            Shop.get(order, token).statusCode(200).body("customerId", nullValue());
            Shop.list(token).body("items.size()", equalTo(2)).body("items.customerId", everyItem(nullValue()));
        }
        eventually(() -> assertThat(shop.events(order)).hasSize(2));
        assertThat(shop.events(order))
                .extracting(event -> new String(event.value(), StandardCharsets.UTF_8))
                .noneMatch(text -> text.contains(ada) || text.contains("customerId"));
        Customers.of(shop.customer()).erase("\"1\"").statusCode(204);
        Shop.get(order, admin).statusCode(200).body("customerId", nullValue());
    }

    @Test
    void givenACustomersOrders_whenTheAdminAsksForThem_thenTheyAreListedNewestFirstPageByPage() {
        var ada = become("ada", null);
        var bob = Tokens.of(shop.tenant(), "customer", "bob", null);
        var orders = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            orders.addFirst(shop.place("tok_ok").toString());
            Shop.post(key(), bob, body(shop.sku(), 1, "tok_ok")).statusCode(202);
        }

        var seen = new ArrayList<String>();
        var page = ordersOf(ada, null);
        for (var next = take(page, seen); next != null; next = take(page, seen)) {
            page = ordersOf(ada, next);
        }

        assertThat(seen).containsExactlyElementsOf(orders);
        Shop.list(admin).body("items.size()", equalTo(10));
        Customers.of(shop.customer()).erase("\"1\"").statusCode(204);
        ordersOf(ada, null).statusCode(200).body("items", empty());
    }

    @Test
    void givenACustomer_whenAnybodyButTheAdminAsksForTheirOrders_thenItIsForbidden_andAnotherShopKnowsNoneOfThem() {
        var ada = become("ada", null);
        shop.place("tok_ok");

        for (var role : List.of("merchant", "readonly", "service", "customer")) {
            of(Tokens.of(shop.tenant(), role, "ada", null), ada).statusCode(403);
        }
        of(Tokens.of(Tenants.fresh(), "admin"), ada).statusCode(200).body("items", empty());
        of(admin, UUID.randomUUID().toString()).statusCode(200).body("items", empty());
        for (var malformed : List.of("ada", "", " ")) {
            of(admin, malformed).statusCode(400).body("errors.parameter", contains("customer"));
        }
    }

    @Test
    void givenATraceThatIsKept_whenTheAdminAsksForAnEmail_thenTheTraceDoesNotSayWhose() {
        var trace = UUID.randomUUID().toString().replace("-", "");

        given().auth()
                .oauth2(admin)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .queryParam("email", "ada@lovelace.example")
                .get("/v1/customers")
                .then()
                .statusCode(200);

        eventually(() -> assertThat(spans.of(trace))
                .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("url.path")))
                .contains("/v1/customers"));
        assertThat(spans.of(trace)).extracting(Object::toString).noneMatch(text -> text.contains("lovelace"));
    }

    /** The new customer's id. */
    private String become(String subject, @Nullable String email) {
        return Customers.of(Tokens.of(shop.tenant(), "customer", subject, null))
                .make(email == null ? "{}" : "{\"email\":\"%s\"}".formatted(email))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse find(String email) {
        return find(email, 50);
    }

    private ValidatableResponse find(String email, int limit) {
        return given().auth()
                .oauth2(admin)
                .queryParam("email", email)
                .queryParam("limit", limit)
                .get("/v1/customers")
                .then();
    }

    /** As it stands in an address. */
    private ValidatableResponse raw(String email) {
        return given().urlEncodingEnabled(false)
                .auth()
                .oauth2(admin)
                .get("/v1/customers?email=" + email)
                .then();
    }

    private ValidatableResponse ordersOf(String customer, @Nullable String cursor) {
        var request =
                given().auth().oauth2(admin).queryParam("customer", customer).queryParam("limit", 2);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .get("/v1/orders")
                .then();
    }

    private static ValidatableResponse of(String token, String customer) {
        return given().auth()
                .oauth2(token)
                .queryParam("customer", customer)
                .get("/v1/orders")
                .then();
    }

    /** The next page's cursor, once this one's ids are noted. */
    private static @Nullable String take(ValidatableResponse page, List<String> seen) {
        seen.addAll(page.statusCode(200).extract().path("items.id"));
        return page.extract().path("next");
    }
}
