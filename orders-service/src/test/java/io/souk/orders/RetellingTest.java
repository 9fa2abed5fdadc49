package io.souk.orders;

import io.restassured.http.ContentType;
import io.souk.testing.Retelling;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;

import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.testing.Eventually.eventually;
import static org.hamcrest.Matchers.equalTo;

@OrdersTest
class RetellingTest {
    private final Shop shop = new Shop();

    @Test
    void givenOrdersInSeveralStates_whenAllIsToldOnceMore_thenEachIsToldAsItWas() {
        reserved(shop.place("tok_ok"), "OPEN", "[]", "AUTHORISED");
        reserved(shop.place("tok_declined"), "OPEN", "[]", "DECLINED");
        reserved(
                shop.place("tok_ok"),
                "REFUSED",
                "[{\"line\":0,\"sku\":\"%s\",\"requested\":2,\"available\":1}]".formatted(shop.sku()),
                "REJECTED");

        var sent = shop.place("tok_ok");
        shop.confirm(sent);
        given().auth()
                .oauth2(Tokens.of(shop.tenant(), "admin"))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Shop.key())
                .body("{}")
                .post("/v1/orders/{id}/fulfilments", sent)
                .then()
                .statusCode(200);
        eventually(() -> shop.payment(sent).body("captured.amount", equalTo(900)));

        Retelling.assertAllIsToldAsItWas("orders", shop.tenant(), "order", "payment");
    }

    @Test
    void givenCustomersOneOfThemErased_whenAllIsToldOnceMore_thenEachIsToldAsItWas() {
        var ada = Customers.of(shop.customer());
        ada.make("{\"displayName\":\"Ada\"}").statusCode(201);
        ada.addAddress("\"1\"", Customers.BROOKLYN).statusCode(201);
        var bob = Customers.of(Tokens.of(shop.tenant(), "customer", "bob", null));
        bob.make("{}").statusCode(201);
        bob.erase("\"1\"").statusCode(204);

        Retelling.assertAllIsToldAsItWas("orders", shop.tenant(), "customer");
    }

    private void reserved(UUID order, String status, String refused, String becomes) {
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, order, status, refused);
        eventually(() -> shop.get(order).body("status", equalTo(becomes)));
    }
}
