package io.souk.inventory.verify;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.testing.Database;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What neither the code nor the database lets happen is done with the fences down, then found and repaired. */
@InventoryTest
class VerifyUnitsTest {
    private final Shop shop = new Shop();

    @Test
    void givenUnitsAsTheyShouldBe_thenNothingIsFound() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B", "C");
        confirmed(card, 2);

        assertThat(verify(true)).isEmpty();
    }

    @Test
    void givenAUnitIsGoneWithoutItsLevel_thenTheUnitsAreBelieved_andTheLedgerSaysSo() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B");
        damage("update inventory.unit set status = 'CANCELLED' where tenant = ? and serial = 'A'");

        assertThat(verify(false)).singleElement().satisfies(finding -> {
            assertThat(finding.getString("kind")).isEqualTo("UNITS");
            assertThat(finding.getString("sku")).isEqualTo("CARD");
            assertThat(finding.getLong("recorded")).isEqualTo(2);
            assertThat(finding.getLong("proven")).isEqualTo(1);
        });
        assertRepaired("UNITS");

        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(1);
        var newest = shop.as("admin")
                .queryParam("sku", "CARD")
                .get("/v1/stock/movements")
                .jsonPath();
        assertThat(newest.getString("items[0].kind")).isEqualTo("COUNT");
        assertThat(newest.getLong("items[0].quantity")).isEqualTo(-1);
        assertThat(newest.getString("items[0].reference")).isEqualTo("verification");
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()))
                .last()
                .satisfies(state -> assertThat(state.getLong("onHand")).isEqualTo(1)));
    }

    @Test
    void givenALevelThatIsNotItsUnits_thenItFollowsThem_andTheLedgerNeedsNothing() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B");
        damage("update inventory.stock_level set on_hand = 7 where tenant = ?");

        assertRepaired("UNITS");

        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(2);
        assertThat(Ledger.query("select quantity from inventory.stock_movement where tenant = ?", shop.tenant()))
                .containsExactly("2");
    }

    @Test
    void givenMoreArePromisedThanArePresent_thenItIsFound_andLeftToPeople() {
        var card = shop.tracked("CARD");
        shop.units(card, "A");
        var order = confirmed(card, 1);
        damage("update inventory.unit set status = 'CANCELLED', reservation_id = null, line = null where tenant = ?");

        for (boolean repair : List.of(true, false)) {
            assertThat(verify(repair))
                    .allSatisfy(finding ->
                            assertThat(finding.getBoolean("repaired")).isFalse())
                    .extracting(finding -> finding.getString("kind"))
                    .containsExactly("UNITS", "OVERSOLD", "ASSIGNED_UNITS");
        }

        assertThat(Ledger.statusOf(shop.tenant(), order)).containsExactly("CONFIRMED");

        shop.tellOrder(order, 3, "CANCELLED", shop.line(card, 1));
        shop.awaitReservation(order, "RELEASED");
        assertRepaired("UNITS");
        assertThat(shop.units(card, "B")).hasSize(1);
    }

    @Test
    void givenAnEndedReservationThatKeptItsUnits_thenTheyAreFreeAgain_andTold() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B");
        confirmed(card, 1);
        damage("update inventory.reservation set status = 'RELEASED', version = version + 1 where tenant = ?");

        assertThat(verify(false))
                .extracting(finding -> finding.getString("kind"))
                .containsExactly("RESERVED", "ASSIGNED_UNITS");
        assertRepaired("RESERVED", "ASSIGNED_UNITS");

        assertThat(Ledger.query(
                        "select count(*) from inventory.unit where tenant = ? and status = 'AVAILABLE'", shop.tenant()))
                .containsExactly("2");
        eventually(() -> assertThat(Told.states(Topics.UNIT, shop.tenant()))
                .filteredOn(state -> state.getString("serialNumber").equals("A"))
                .last()
                .satisfies(state -> {
                    assertThat(state.getString("status")).isEqualTo("AVAILABLE");
                    assertThat(state.getString("reservationId")).isNull();
                }));
    }

    @Test
    void givenAConfirmedReservationWithTooFewUnits_thenItGetsThoseThatAreFree() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B", "C");
        confirmed(card, 2);
        damage("""
                update inventory.unit set status = 'AVAILABLE', reservation_id = null, line = null
                 where tenant = ? and serial = 'A'
                """);

        assertThat(verify(false)).singleElement().satisfies(finding -> {
            assertThat(finding.getString("kind")).isEqualTo("ASSIGNED_UNITS");
            assertThat(finding.getLong("recorded")).isEqualTo(1);
            assertThat(finding.getLong("proven")).isEqualTo(2);
        });
        assertRepaired("ASSIGNED_UNITS");

        assertThat(assigned()).containsExactlyInAnyOrder("A", "B");
    }

    @Test
    void givenAConfirmedReservationWithTooManyUnits_thenTheNewestAreFreeAgain() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B", "C");
        confirmed(card, 2);
        damage("""
                update inventory.unit
                   set status = 'PACKED',
                       (reservation_id, line) = (select reservation_id, line from inventory.reservation_hold hold
                                                  where hold.tenant = unit.tenant)
                 where tenant = ? and serial = 'C'
                """);

        assertRepaired("ASSIGNED_UNITS");

        assertThat(assigned()).containsExactlyInAnyOrder("A", "B");
    }

    private List<String> assigned() {
        return Ledger.query(
                "select serial from inventory.unit where tenant = ? and status = 'NEED_SHIPPING'", shop.tenant());
    }

    private void assertRepaired(String... kinds) {
        Verification.assertRepaired(shop, kinds);
    }

    private List<JsonObject> verify(boolean repair) {
        return Verification.of(shop, repair);
    }

    /** An order that has so many units. */
    private UUID confirmed(Article article, long quantity) {
        var order = UUID.randomUUID();
        shop.tellOrder(order, 2, "AUTHORISED", shop.line(article, quantity));
        shop.awaitReservation(order, "CONFIRMED");
        return order;
    }

    /** As nobody who serves requests may, and as the database itself would refuse. */
    private void damage(String sql) {
        try (var owner = Database.of("inventory", "owner")) {
            owner.update("alter table inventory.unit disable trigger user");
            owner.update("alter table inventory.stock_level disable trigger user");
            try {
                owner.update(sql, shop.tenant());
            } finally {
                owner.update("alter table inventory.stock_level enable trigger user");
                owner.update("alter table inventory.unit enable trigger user");
            }
        }
    }
}
