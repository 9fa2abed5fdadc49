package io.souk.inventory.verify;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.UUID;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@InventoryTest
class VerifyReferencesTest {
    private static final String REFERENCES = "/v1/packs/reference-verifications";

    private final Shop shop = new Shop();

    @Test
    void aPackWhoseVariantIsGoneIsTold_butNoneOfAnArchivedProduct_andNoneThatIsArchivedItself() {
        var gone = shop.article("GONE");
        var resting = shop.article("RESTING");
        var told = shop.article("TOLD");
        shop.pack("10614141000415", gone, 12);
        shop.pack("96385074", gone, 1);
        shop.pack("4006381333931", resting, 1);
        shop.pack("614141000036", told, 1);
        shop.as("admin")
                .header("If-Match", "\"1\"")
                .post("/v1/packs/96385074/archive")
                .then()
                .statusCode(200);
        shop.tellProduct(resting.productId(), 2, "ARCHIVED", resting);
        shop.settleProduct(resting.productId());
        shop.as("admin")
                .post(REFERENCES)
                .then()
                .statusCode(200)
                .body("packs", equalTo(4))
                .body("findings", empty());

        shop.tellProductDeleted(gone.productId(), 2);
        shop.settleProduct(gone.productId());
        Ledger.update(
                "update inventory.pack set variant_id = ? where tenant = ? and gtin = '00614141000036'",
                UUID.randomUUID(),
                shop.tenant());

        shop.as("admin")
                .post(REFERENCES)
                .then()
                .statusCode(200)
                .body("packs", equalTo(4))
                .body("next", nullValue())
                .body("findings.kind", contains("NO_VARIANT", "NO_VARIANT"))
                .body("findings.sku", contains(equalTo("GONE"), nullValue()))
                .body("findings[0].detail", containsString("10614141000415"));
        new Shop().as("admin").post(REFERENCES).then().body("packs", equalTo(0));
    }

    @Test
    void aCursorThatWeDidNotGiveOutIsRefused() {
        shop.as("admin").queryParam("cursor", "x").post(REFERENCES).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "merchant, 403", "service, 403", "readonly, 403", "customer, 403", "operator, 403"})
    void rolesDecide(String role, int status) {
        shop.as(role).post(REFERENCES).then().statusCode(status);
    }
}
