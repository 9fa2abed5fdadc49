package io.souk.inventory.verify;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Shop;
import io.souk.testing.Database;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What was bought with a receipt is what the ledger has of it. Neither can be changed, so it is done with the owner's rights. */
@InventoryTest
class VerifyPurchasesTest {
    private final Shop shop = new Shop();

    @BeforeEach
    void givenTwelveOfALot_sevenWithoutOne_andFiveOats() {
        var milk = shop.article("MILK");
        var oats = shop.article("OATS");
        var supplier = shop.as("admin")
                .body("{\"code\": \"nordmilch\", \"name\": \"Nordmilch\"}")
                .post("/v1/suppliers")
                .jsonPath()
                .getString("id");
        var lines = new JsonArray()
                .add(new JsonObject()
                        .put("sku", milk.sku())
                        .put("quantity", 12)
                        .put("lot", "L1")
                        .put("expiresOn", "2099-01-31"))
                .add(new JsonObject().put("sku", milk.sku()).put("quantity", 7))
                .add(new JsonObject().put("sku", oats.sku()).put("quantity", 5));
        shop.receipt(
                        UUID.randomUUID().toString(),
                        new JsonObject()
                                .put("lines", lines)
                                .put("purchase", new JsonObject().put("supplierId", supplier)))
                .then()
                .statusCode(201);
    }

    @Test
    void givenThePurchasesAreTheReceipts_thenNothingIsFound() {
        assertThat(Verification.of(shop, true)).isEmpty();
    }

    @Test
    void givenAPurchaseOfMoreThanCame_thenItIsFound_andLeftToPeople() {
        damage("update inventory.purchase set quantity = 9 where tenant = ? and sku = 'OATS'");

        for (var repair : new boolean[] {true, false}) {
            assertThat(Verification.of(shop, repair)).singleElement().satisfies(finding -> {
                assertThat(finding.getString("kind")).isEqualTo("UNBOOKED_PURCHASE");
                assertThat(finding.getString("sku")).isEqualTo("OATS");
                assertThat(finding.getLong("recorded")).isEqualTo(9);
                assertThat(finding.getLong("proven")).isEqualTo(5);
                assertThat(finding.getBoolean("repaired")).isFalse();
            });
        }
    }

    @Test
    void givenMorePurchasesThanAPart_thenAllAreSeen() {
        damage("""
                insert into inventory.purchase (tenant, id, supplier_id, receipt_id, line, variant_id, sku, quantity, received_on, booked_at)
                select tenant, gen_random_uuid(), supplier_id, gen_random_uuid(), 0, variant_id, sku, 1, received_on, booked_at
                  from inventory.purchase, generate_series(1, 600)
                 where tenant = ?
                   and sku = 'OATS'
                """);

        assertThat(Verification.of(shop, false)).hasSize(600);
    }

    private void damage(String sql) {
        try (var owner = Database.of("inventory", "owner")) {
            owner.update(sql, shop.tenant());
        }
    }
}
