package io.souk.inventory.verify;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

@InventoryTest
class VerifyReferencesTest {
    private static final String REFERENCES = "/v1/stock/reference-verifications";

    private final Shop shop = new Shop();

    @Test
    void goodsWhoseVariantIsGoneAreTold_butNoneOfAnArchivedProduct_andNoEmptyLevel() {
        var gone = shop.stocked("GONE", 5);
        var resting = shop.stocked("RESTING", 3);
        var sold = shop.stocked("SOLD", 2);
        count(sold, 0);
        shop.tellProduct(resting.productId(), 2, "ARCHIVED", resting);
        shop.settleProduct(resting.productId());
        assertThat(findings()).isEmpty();

        delete(gone, sold);

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getString("kind")).isEqualTo("NO_VARIANT");
            assertThat(finding.getString("sku")).isEqualTo("GONE");
            assertThat(finding.getString("id")).isEqualTo(level(gone));
            assertThat(finding.getString("detail"))
                    .startsWith("5 units are on hand of variant %s at main,".formatted(gone.id()));
        });
        assertThat(new VerifyReferencesTest().findings()).isEmpty();

        count(new JsonObject().put("variantId", gone.id().toString()).put("counted", 0)); // as operators are told to
        assertThat(findings()).isEmpty();
    }

    @Test
    void unitsThatAreHereOrOnTheirWay_andTheirVariantThatIsTracked_areTold() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B");
        shop.unitReceipt(new JsonArray().add(Shop.unit(card, "C").put("status", "INCOMING")))
                .then()
                .statusCode(201);
        assertThat(findings()).isEmpty();

        delete(card);

        assertThat(details())
                .hasSize(3)
                .anySatisfy(detail -> assertThat(detail).startsWith("2 units are on hand"))
                .anySatisfy(detail -> assertThat(detail).startsWith("unit C is on its way"))
                .anySatisfy(detail -> assertThat(detail).startsWith("each unit is tracked"));
    }

    @Test
    void aVariantThatIsGoneIsTrackedNoMoreOnceSomebodySaysSo() {
        var card = shop.tracked("CARD");
        delete(card);
        assertThat(details()).singleElement().asString().startsWith("each unit is tracked");

        shop.as("admin").delete("/v1/tracked-variants/" + card.id()).then().statusCode(204);

        assertThat(findings()).isEmpty();
    }

    @Test
    void whatOpenPurchaseOrdersStillWaitForIsTold() {
        var oats = shop.article("OATS");
        var milk = shop.article("MILK");
        var salt = shop.article("SALT");
        var supplier = supplier();
        var open = order(supplier, "PO-1", oats, milk, salt);
        close(order(supplier, "PO-2", oats));
        shop.receipt(
                        UUID.randomUUID().toString(),
                        new JsonObject()
                                .put(
                                        "purchase",
                                        new JsonObject()
                                                .put("supplierId", supplier)
                                                .put("orderId", open))
                                .put("lines", new JsonArray().add(line(oats, 4)).add(line(milk, 10))))
                .then()
                .statusCode(201);
        count(oats, 0);
        count(milk, 0);
        assertThat(findings()).isEmpty();

        delete(oats, milk);

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getString("id")).isEqualTo(open);
            assertThat(finding.getString("sku")).isEqualTo("OATS");
            assertThat(finding.getString("detail")).startsWith("purchase order PO-1 waits for 6 units");
        });
    }

    @Test
    void aPackWhoseVariantIsGoneIsTold_andNoneThatIsArchivedItself() {
        var gone = shop.article("GONE");
        var told = shop.article("TOLD");
        shop.pack("10614141000415", gone, 12);
        shop.pack("96385074", gone, 1);
        shop.pack("614141000036", told, 1);
        shop.as("admin")
                .header("If-Match", "\"1\"")
                .post("/v1/packs/96385074/archive")
                .then()
                .statusCode(200);
        assertThat(findings()).isEmpty();

        delete(gone);
        Ledger.update(
                "update inventory.pack set variant_id = ? where tenant = ? and gtin = '00614141000036'",
                UUID.randomUUID(),
                shop.tenant());

        assertThat(findings()).extracting(finding -> finding.getString("sku")).containsExactly("GONE", null);
        assertThat(details().getFirst()).contains("10614141000415");
    }

    @Test
    void moreThanAPartHoldsComesWithTheNextParts() {
        var gone = shop.article("GONE");
        Ledger.update("""
                insert into inventory.purchase_order (tenant, id, supplier_id, number, ordered_on, expected_on, status, version, created_at, updated_at)
                select ?, gen_random_uuid(), ?, i::text, current_date, current_date, 'OPEN', 1, now(), now() from generate_series(1, 21) as i
                """, shop.tenant(), UUID.fromString(supplier()));
        Ledger.update("""
                insert into inventory.purchase_order_line (tenant, order_id, line, variant_id, sku, quantity, cost_amount, cost_currency)
                select tenant, id, line, case line when 0 then ? else gen_random_uuid() end, 'X', 1, 1, 'USD'
                  from inventory.purchase_order cross join generate_series(0, 1) as line
                 where tenant = ?
                """, gone.id(), shop.tenant());

        assertThat(findings()).hasSize(21);
        delete(gone);
        assertThat(findings()).hasSize(42);
    }

    @Test
    void aCursorThatWeDidNotGiveOutIsRefused() {
        for (var cursor : List.of("x", "WyJ4IiwiMDE5OGM1ZDItMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAwIl0")) {
            shop.as("admin")
                    .queryParam("cursor", cursor)
                    .post(REFERENCES)
                    .then()
                    .statusCode(400);
        }
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "merchant, 403", "service, 403", "readonly, 403", "customer, 403", "operator, 403"})
    void rolesDecide(String role, int status) {
        shop.as(role).post(REFERENCES).then().statusCode(status);
    }

    /** All findings, part by part. */
    private List<JsonObject> findings() {
        var findings = new ArrayList<JsonObject>();
        @Nullable String cursor = null;
        do {
            var request = shop.as("admin");
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var answer = request.post(REFERENCES);
            answer.then().statusCode(200);
            var part = new JsonObject(answer.asString());
            part.getJsonArray("findings").forEach(finding -> findings.add((JsonObject) finding));
            cursor = part.getString("next");
        } while (cursor != null);
        return findings;
    }

    private List<String> details() {
        return findings().stream().map(finding -> finding.getString("detail")).toList();
    }

    private void delete(Article... articles) {
        for (var article : articles) {
            shop.tellProductDeleted(article.productId(), 2);
        }
        for (var article : articles) {
            shop.settleProduct(article.productId());
        }
    }

    private String level(Article article) {
        return Ledger.query(
                        "select id from inventory.stock_level where tenant = ? and variant_id = ?",
                        shop.tenant(),
                        article.id())
                .getFirst();
    }

    private void count(Article article, long units) {
        count(new JsonObject().put("sku", article.sku()).put("counted", units));
    }

    private void count(JsonObject line) {
        shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject().put("lines", new JsonArray().add(line)).encode())
                .post("/v1/stock/counts")
                .then()
                .statusCode(201);
    }

    private String supplier() {
        return shop.as("admin")
                .body("{\"code\": \"nord\", \"name\": \"Nord\"}")
                .post("/v1/suppliers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Ten of each. */
    private String order(String supplier, String number, Article... articles) {
        var lines = new JsonArray();
        for (var article : articles) {
            lines.add(line(article, 10)
                    .put("unitCost", new JsonObject().put("amount", 1).put("currency", "USD")));
        }
        return shop.as("admin")
                .body(new JsonObject()
                        .put("supplierId", supplier)
                        .put("number", number)
                        .put("orderedOn", "2026-11-01")
                        .put("expectedOn", "2026-11-02")
                        .put("lines", lines)
                        .encode())
                .post("/v1/purchase-orders")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void close(String order) {
        shop.as("admin")
                .header("If-Match", "\"1\"")
                .post("/v1/purchase-orders/" + order + "/close")
                .then()
                .statusCode(200);
    }

    private static JsonObject line(Article article, long units) {
        return new JsonObject().put("sku", article.sku()).put("quantity", units);
    }
}
