package io.souk.inventory.verify;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.kit.page.Cursor;
import io.souk.testing.Database;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

/** Damage that the code cannot do is done by hand, then found and repaired. */
@InventoryTest
class VerifyInventoryTest {
    private final Shop shop = new Shop();

    @Test
    void givenAShopAtWork_thenNothingIsFound() {
        var shirt = shop.stocked("shirt", 50);
        reserve(shirt, 2);
        var buyers = CompletableFuture.runAsync(() -> IntStream.range(0, 20).forEach(_ -> reserve(shirt, 1)));

        var findings = new ArrayList<JsonObject>();
        while (!buyers.isDone()) {
            findings.addAll(verify(true));
        }

        buyers.join();
        assertThat(findings).isEmpty();
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(22);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenALevelThatIsNotItsLedger_thenItIsFound_andTheLedgerIsBelieved() {
        var shirt = shop.stocked("shirt", 5);
        damage("update inventory.stock_level set on_hand = 7 where tenant = ?");

        assertThat(verify(false)).singleElement().satisfies(finding -> {
            assertThat(finding.getString("kind")).isEqualTo("ON_HAND");
            assertThat(finding.getString("sku")).isEqualTo("shirt");
            assertThat(finding.getLong("recorded")).isEqualTo(7);
            assertThat(finding.getLong("proven")).isEqualTo(5);
            assertThat(finding.getBoolean("repaired")).isFalse();
        });
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(7);

        assertRepaired("ON_HAND");
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(5);
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()))
                .last()
                .satisfies(state -> {
                    assertThat(state.getLong("version")).isEqualTo(2);
                    assertThat(state.getLong("onHand")).isEqualTo(5);
                }));
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "5"})
    void givenReservedIsNotWhatIsHeld_thenItIsFound_andTheReservationsAreBelieved(int wrong) {
        var shirt = shop.stocked("shirt", 5);
        reserve(shirt, 2);
        damage("update inventory.stock_level set reserved = " + wrong + " where tenant = ?");

        assertRepaired("RESERVED");

        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(2);
    }

    @Test
    void givenBothAreWrong_thenBothAreRepairedTogether() {
        var shirt = shop.stocked("shirt", 5);
        reserve(shirt, 4);
        damage("update inventory.stock_level set on_hand = 1, reserved = 1 where tenant = ?");

        assertRepaired("ON_HAND", "RESERVED");

        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(1);
    }

    @Test
    void givenMoreIsHeldThanThereIs_thenItIsFound_andLeftToPeople() {
        var shirt = shop.stocked("shirt", 5);
        reserve(shirt, 4);
        damage("update inventory.stock_movement set quantity = 3 where tenant = ?");

        for (boolean repair : List.of(false, true)) {
            assertThat(verify(repair))
                    .extracting(finding -> finding.getString("kind"))
                    .containsExactly("ON_HAND", "OVERSOLD");
        }

        assertThat(verify(true))
                .allSatisfy(
                        finding -> assertThat(finding.getBoolean("repaired")).isFalse());
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(5);
    }

    @Test
    void givenALiveReservationThatHoldsNothing_thenItIsReleased_andTold() {
        var shirt = shop.stocked("shirt", 5);
        var id = reserve(shirt, 2);
        damage("delete from inventory.reservation_hold where tenant = ?");

        assertThat(verify(false))
                .extracting(finding -> finding.getString("kind"))
                .containsExactlyInAnyOrder("RESERVED", "EMPTY_RESERVATION");
        assertRepaired("RESERVED", "EMPTY_RESERVATION");

        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()))
                .last()
                .satisfies(state -> {
                    assertThat(state.getString("id")).isEqualTo(id);
                    assertThat(state.getString("status")).isEqualTo("RELEASED");
                }));
        Told.assertNamed(Topics.RESERVATION, shop.tenant());
    }

    @Test
    void givenAShippedReservation_thenItHoldsNothing_andAllIsRight() {
        var shirt = shop.stocked("shirt", 5);
        shipped(shirt, 2);
        reserve(shirt, 1);

        assertThat(verify(true)).isEmpty();

        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(1);
        Ledger.assertBalanced(shop.tenant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from inventory.stock_movement where tenant = ? and kind = 'SHIPMENT'",
                "update inventory.stock_movement set quantity = -1 where tenant = ? and kind = 'SHIPMENT'"
            })
    void givenAShippedReservationThatTheLedgerDoesNotHaveWhole_thenItIsFound_andLeftToPeople(String damage) {
        var shirt = shop.stocked("shirt", 5);
        var id = shipped(shirt, 2);
        damage(damage);

        for (boolean repair : List.of(false, true)) {
            assertThat(verify(repair))
                    .filteredOn(finding -> !finding.getString("kind").equals("ON_HAND"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.getString("kind")).isEqualTo("UNBOOKED_SHIPMENT");
                        assertThat(finding.getString("id")).isEqualTo(id);
                        assertThat(finding.getBoolean("repaired")).isFalse();
                    });
        }
    }

    @Test
    void givenAShippedReservationThatHeldNothing_thenItIsFound() {
        shipped(shop.stocked("shirt", 5), 2);
        damage("delete from inventory.reservation_hold where tenant = ?");

        assertThat(verify(true))
                .extracting(finding -> finding.getString("kind"))
                .containsExactly("UNBOOKED_SHIPMENT");
    }

    @Test
    void givenOneThatTheSweepCannotEnd_thenItIsTold_andEndsOnceItsLevelIsRepaired() {
        var shirt = shop.stocked("shirt", 5);
        var id = reserve(shirt, 2);
        damage("update inventory.stock_level set reserved = 0 where tenant = ?");
        damage("update inventory.reservation set expires_at = now() - interval '2 minutes' where tenant = ?");

        assertThat(verify(false))
                .extracting(finding -> finding.getString("kind"))
                .containsExactlyInAnyOrder("RESERVED", "LATE_RESERVATION");
        verify(true);

        eventually(() -> assertThat(
                        Ledger.query("select status from inventory.reservation where id = ?", UUID.fromString(id)))
                .containsExactly("EXPIRED"));
        assertThat(verify(false)).isEmpty();
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenMoreLevelsThanAPart_thenAllAreSeen() {
        shop.stocked("shirt", 5);
        try (var owner = Database.of("inventory", "owner")) {
            owner.update("""
                    with article as (
                        insert into inventory.variant (tenant, id, product_id, sku, sku_key, live, told_at)
                        select tenant, gen_random_uuid(), product_id, 'x' || n, 'x' || n, true, told_at
                          from inventory.variant, generate_series(1, 250) as n
                         where tenant = ?
                        returning tenant, id, product_id, sku
                    ), setting as (
                        insert into inventory.variant_setting (tenant, variant_id)
                        select tenant, id from article
                    )
                    insert into inventory.stock_level (tenant, id, variant_id, location_id, product_id, sku, on_hand, reserved, version)
                    select article.tenant, gen_random_uuid(), article.id, level.location_id, article.product_id, article.sku, 1, 0, 1
                      from article
                      join inventory.stock_level level using (tenant)
                    """, shop.tenant());
        }

        assertThat(verify(true)).hasSize(250);

        assertThat(verify(false)).isEmpty();
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void itIsTheTenantsOwn_andOnlyForItsAdmin() {
        shop.stocked("shirt", 5);
        damage("update inventory.stock_level set on_hand = 7 where tenant = ?");

        for (var role : List.of("merchant", "service", "readonly", "customer", "operator")) {
            shop.as(role).post("/v1/stock/verifications").then().statusCode(403);
        }
        new Shop()
                .as("admin")
                .queryParam("repair", true)
                .post("/v1/stock/verifications")
                .then()
                .statusCode(200)
                .body("levels", equalTo(0));
        for (var cursor : List.of("x", Cursor.encode("PACK", UUID.randomUUID()))) {
            shop.as("admin")
                    .queryParam("cursor", cursor)
                    .post("/v1/stock/verifications")
                    .then()
                    .statusCode(400)
                    .body("errors.parameter", contains("cursor"));
        }

        assertThat(verify(false)).hasSize(1);
    }

    private void assertRepaired(String... kinds) {
        Verification.assertRepaired(shop, kinds);
    }

    private List<JsonObject> verify(boolean repair) {
        return Verification.of(shop, repair);
    }

    private String reserve(Article article, long quantity) {
        var line = new JsonObject().put("sku", article.sku()).put("quantity", quantity);
        var made = shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject().put("lines", new JsonArray().add(line)).encode())
                .post("/v1/reservations");
        made.then().statusCode(201);
        return made.jsonPath().getString("id");
    }

    private String shipped(Article article, long quantity) {
        var id = reserve(article, quantity);
        act(id, "confirm", 1);
        act(id, "ship", 2);
        return id;
    }

    private void act(String id, String action, long version) {
        shop.as("service")
                .header("If-Match", "\"" + version + "\"")
                .post("/v1/reservations/" + id + "/" + action)
                .then()
                .statusCode(200);
    }

    /** As nobody who serves requests may. */
    private void damage(String sql) {
        try (var owner = Database.of("inventory", "owner")) {
            owner.update(sql, shop.tenant());
        }
    }
}
