package io.souk.orders;

import io.restassured.response.ValidatableResponse;
import io.souk.testing.Database;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.testing.Eventually.eventually;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@OrdersTest
class VerifyReferencesTest {
    private final Shop shop = new Shop();
    private final String admin = Tokens.of(shop.tenant(), "admin");

    @AfterEach
    void healCatalogue() {
        CatalogueServer.heal();
    }

    @Test
    void givenOrdersOfWhatIsThere_whenTheyAreVerified_thenNothingIsFound() {
        shop.place("tok_ok");
        shop.place("tok_ok");

        verify(admin)
                .statusCode(200)
                .body("orders", equalTo(2))
                .body("references", equalTo(2))
                .body("findings", empty())
                .body("next", nullValue());
    }

    @Test
    void givenAVariantThatWasDeleted_whenOrdersAreVerified_thenThoseThatNeedItAreFound() {
        var open = shop.place("tok_ok");
        var rejected = shop.place("tok_ok");
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, rejected, "REFUSED", "[]");
        eventually(() -> shop.get(rejected).body("status", equalTo("REJECTED")));

        CatalogueServer.withdraw(shop.sku());

        verify(admin)
                .statusCode(200)
                .body("orders", equalTo(2))
                .body("references", equalTo(1))
                .body("findings.kind", contains("NO_VARIANT"))
                .body("findings.id", contains(open.toString()))
                .body("findings.sku", contains(shop.sku()))
                .body("findings.detail", contains(containsString("line 0")));
    }

    @Test
    void givenAVariantThatWasRenamed_andItsSkuWasTakenByAnother_thenItIsStillThere() {
        shop.place("tok_ok");

        CatalogueServer.rename(shop.sku(), "NEW-" + shop.tenant());
        verify(admin).body("findings", empty());

        CatalogueServer.offer(shop.sku(), 1, "USD");
        verify(admin).body("findings", empty());
        CatalogueServer.withdraw("NEW-" + shop.tenant());
        verify(admin).body("findings.kind", contains("NO_VARIANT"));
    }

    @Test
    void givenMoreOrdersThanAPart_whenTheyAreVerified_thenTheNextPartHasTheRest() {
        try (var owner = Database.of("orders", "owner")) {
            for (int i = 0; i < 26; i++) {
                Planted.order(owner, shop.tenant(), UUID.randomUUID(), "CANCELLED", "VOIDED");
            }
        }

        String next = verify(admin)
                .body("orders", equalTo(25))
                .body("references", equalTo(0))
                .body("next", notNullValue())
                .extract()
                .path("next");
        verify(admin, next).body("orders", equalTo(1)).body("next", nullValue());
        verify(admin, "nonsense").statusCode(400);
    }

    @Test
    void givenACatalogueThatIsAway_whenOrdersAreVerified_thenNothingIsCalledMissing() {
        shop.place("tok_ok");
        CatalogueServer.failWith(503);

        verify(admin).statusCode(503).header("Retry-After", notNullValue());
    }

    @Test
    void givenOthers_whenTheyVerify_thenOnlyTheShopsAdminMay() {
        shop.place("tok_ok");
        CatalogueServer.withdraw(shop.sku());

        for (var role : new String[] {"customer", "merchant", "readonly", "service"}) {
            verify(Tokens.of(shop.tenant(), role)).statusCode(403);
        }
        verify(Tokens.of(Tenants.fresh(), "admin")).body("orders", equalTo(0));
    }

    private static ValidatableResponse verify(String token) {
        return verify(token, null);
    }

    private static ValidatableResponse verify(String token, @Nullable String cursor) {
        var request = given().auth().oauth2(token);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .post("/v1/orders/reference-verifications")
                .then();
    }
}
