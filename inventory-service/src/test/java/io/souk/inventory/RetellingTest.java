package io.souk.inventory;

import io.souk.kit.event.Order;
import io.souk.testing.EventLog;
import io.souk.testing.LogFold;
import io.souk.testing.Retelling;
import org.junit.jupiter.api.Test;

import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.nullValue;

@InventoryTest
class RetellingTest {
    private static final String RELEASE = """
            update inventory.reservation
               set status = 'RELEASED', version = version + 1, updated_at = now()
             where tenant = ?
               and order_id = ?
               and status = 'CONFIRMED'
            """;

    private final Shop shop = new Shop();

    @Test
    void givenStockAndReservations_whenAllIsToldOnceMore_thenEachIsToldAsItWas() {
        shop.location("side", 7);
        var bread = shop.stocked("BREAD", 10);
        shop.receive(bread, 3, "side");
        shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body("""
                    {"lines": [{"sku": "BREAD", "quantity": 2, "lot": "L1", "expiresOn": "2099-01-01"}]}""")
                .post("/v1/stock/receipts")
                .then()
                .statusCode(201);
        shop.pack("10614141000415", bread, 12);
        shop.pack("96385074", bread, 1);
        shop.as("admin")
                .header("If-Match", "\"1\"")
                .post("/v1/packs/96385074/archive")
                .then()
                .statusCode(200);
        var card = shop.tracked("CARD");
        shop.units(card, "A-1", "A-2");
        var held = order(bread, 12, "PLACED", "OPEN");
        order(bread, 50, "PLACED", "REFUSED");
        var cancelled = order(bread, 1, "PLACED", "OPEN");
        shop.tellOrder(held, 2, "AUTHORISED", shop.line(bread, 12));
        shop.awaitReservation(held, "CONFIRMED");
        shop.tellOrder(cancelled, 2, "CANCELLED", shop.line(bread, 1));
        shop.awaitReservation(cancelled, "RELEASED");
        var shipped = order(bread, 1, "PLACED", "OPEN");
        shop.tellOrder(shipped, 2, "FULFILLED", shop.line(bread, 1));
        shop.awaitReservation(shipped, "SHIPPED");

        Retelling.assertAllIsToldAsItWas(
                "inventory", shop.tenant(), "location", "pack", "stock", "unit", "reservation");
    }

    /** A row from before reasons were kept: it is read as it is, and told without one. */
    @Test
    void givenARefusalWithoutAReason_whenItIsToldOnceMore_thenItHasNone() {
        var order = order(shop.stocked("BREAD", 5), 6, "PLACED", "REFUSED");
        var id = Ledger.reservationOf(shop.tenant(), order).getFirst();
        Ledger.update(
                "update inventory.reservation set refused = refused #- '{0,reason}' where tenant = ?", shop.tenant());

        var ended = Retelling.run();

        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        shop.as("readonly")
                .get("/v1/reservations/" + id)
                .then()
                .statusCode(200)
                .body("refused.available", contains(5))
                .body("refused.reason", contains(nullValue()));
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()))
                .extracting(
                        state -> state.getJsonArray("refused").getJsonObject(0).getString("reason"))
                .containsExactly("TOO_FEW", null));
    }

    /** As docs/operations.md tells operators: no request releases what follows an order, and the books agree. */
    @Test
    void givenWhatIsHeldForAnOrderThatWasLost_whenItIsReleasedByHand_thenItsUnitsAreFreeAndTold() {
        var bread = shop.stocked("BREAD", 10);
        var order = order(bread, 4, "PLACED", "OPEN");
        shop.tellOrder(order, 2, "AUTHORISED", shop.line(bread, 4));
        shop.awaitReservation(order, "CONFIRMED");
        ForeignEvents.deleted(Topics.ORDER, shop.tenant(), order, new Order(1, 3));
        shop.settleOrder(order);
        assertThat(Ledger.statusOf(shop.tenant(), order)).containsExactly("CONFIRMED");

        Ledger.update(RELEASE, shop.tenant(), order);
        var repaired = shop.as("admin").queryParam("repair", true).post("/v1/stock/verifications");
        var ended = Retelling.run();

        repaired.then().statusCode(200).body("findings.kind", contains("RESERVED"));
        assertThat(shop.stock(bread).getLong("available")).isEqualTo(10);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        Retelling.awaitRelayed("inventory", shop.tenant());
        var id = Ledger.reservationOf(shop.tenant(), order).getFirst();
        assertThat(LogFold.of(EventLog.topic("inventory", "reservation"), shop.tenant()))
                .hasEntrySatisfying(
                        id,
                        told -> assertThat(requireNonNull(told.state())
                                        .path("status")
                                        .asText())
                                .isEqualTo("RELEASED"));
    }

    private UUID order(Shop.Article article, long quantity, String status, String reserved) {
        var order = UUID.randomUUID();
        shop.tellOrder(order, 1, status, shop.line(article, quantity));
        shop.awaitReservation(order, reserved);
        return order;
    }
}
