package io.souk.orders;

import io.restassured.response.ValidatableResponse;
import io.souk.testing.Tokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;

/** Who buys of a vendor is none of the vendor's business, whatever else its people may look at. */
@OrdersTest
class MerchantsTest {
    private final Shop shop = new Shop();

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
}
