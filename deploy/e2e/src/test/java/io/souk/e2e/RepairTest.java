package io.souk.e2e;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.UUID;

import static io.souk.e2e.Shop.expect;
import static io.souk.e2e.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Books that somebody has damaged past the services, as a restore or a hand in the database may. */
@Order(2)
@Timeout(600)
@ExtendWith(TellsLogs.class)
class RepairTest {
    private final Souk souk = Souk.stack();
    private final Shop shop = new Shop(souk);

    @Test
    void givenALevelThatIsNotItsLedger_whenTheInventoryIsVerified_thenItIsToldAndOnRepairTheCardIsRightAgain() {
        var sku = "DREIDEL-" + shop.tenant();
        var id = shop.sell(sku, null, "Dreidel", 300);
        shop.receive(sku, 5);
        souk.damage("update inventory.stock_level set on_hand = on_hand + 2 where tenant = ?", shop.tenant());
        shop.receive(sku, 1);
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(8));

        var found = souk.command("verify", "inventory", "--tenant", shop.tenant());

        assertThat(found.code()).isEqualTo(1);
        assertThat(found.out())
                .containsPattern("ON_HAND +[0-9a-f-]{36} " + sku + ": ")
                .contains(": 1 findings, 0 repaired");
        assertThat(shop.stock(sku).path("onHand").asLong())
                .as("looking changes nothing")
                .isEqualTo(8);

        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant(), "--repair"))
                .contains("(repaired)")
                .contains(": 1 findings, 1 repaired");

        assertThat(shop.stock(sku).path("onHand").asLong()).isEqualTo(6);
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(6));
        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant())).contains(": 0 findings");
    }

    @Test
    void
            givenAnOrderWithoutItsReservationAndAReservationWithoutItsOrder_whenReferencesAreVerified_thenBothAreToldUntilMended() {
        var sku = "MATZO-" + shop.tenant();
        var id = shop.sell(sku, null, "Matzo", 400);
        shop.receive(sku, 10);
        var order = confirmedOrder(sku, 3);
        var hold = confirmedHold(sku, 2);
        loseReservationsOfOrders();
        var unknown = UUID.randomUUID().toString();
        giveTo(unknown, hold);

        var found = verifyReferences();

        assertThat(found.code()).isEqualTo(1);
        assertThat(found.out())
                .containsPattern("NOT_HELD +" + order + ": it is CONFIRMED, but there is no reservation for it")
                .containsPattern(
                        "NO_ORDER +" + unknown + ": there is no such order, but reservation " + hold + " is CONFIRMED")
                .contains(": 2 findings, 0 repaired");
        assertThat(verifyReferences())
                .as("nothing is repaired: a person has to say what becomes of it")
                .isEqualTo(found);
        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant()))
                .as("the books agree")
                .contains(": 0 findings");

        assertThat(souk.run("retell", "--service", "orders", "--aggregate", "order"))
                .contains("rows told once more");

        eventually(() -> assertThat(shop.stock(sku).path("reserved").asLong()).isEqualTo(5));
        var left = verifyReferences();
        assertThat(left.code()).isEqualTo(1);
        assertThat(left.out()).doesNotContain("NOT_HELD").contains("NO_ORDER").contains(": 1 findings, 0 repaired");

        releaseAsDocumented(unknown, hold);

        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant(), "--repair"))
                .containsPattern("RESERVED +[0-9a-f-]{36} " + sku + ": .* \\(repaired\\)")
                .contains(": 1 findings, 1 repaired");
        var last = verifyReferences();
        assertThat(last.out()).contains(": 0 findings");
        assertThat(last.code()).isZero();
        assertThat(shop.stock(sku).path("reserved").asLong()).isEqualTo(3);
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(7));
        assertThat(shop.get("/v1/orders/" + order).body().path("status").asText())
                .isEqualTo("CONFIRMED");

        var retold = souk.command("retell", "--service", "inventory", "--aggregate", "reservation");

        assertThat(retold.code())
                .as("the log still has what was lost, and no epoch was raised")
                .isEqualTo(1);
        assertThat(retold.out()).contains("the table has none");
    }

    private Souk.Ran verifyReferences() {
        return souk.command("verify", "references", "--tenant", shop.tenant());
    }

    /** One of which inventory has followed every event: it would make up at once for what it misses. */
    private String confirmedOrder(String sku, int quantity) {
        var order = expect(200, shop.order(key(), sku, quantity, "tok_ok", 30)).body();
        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        var id = order.path("id").asText();
        eventually(() -> assertThat(shop.told("orders", "order"))
                .filteredOn(event -> event.path("subject").asText().equals(id))
                .filteredOn(event -> event.at("/data/status").asText().equals("CONFIRMED"))
                .singleElement()
                .satisfies(event -> assertThat(souk.finds(
                                "select 1 from inventory.inbox where tenant = ? and consumer = 'reservations' and event_id = ?::uuid",
                                shop.tenant(),
                                event.path("id").asText()))
                        .isTrue()));
        souk.damage(
                "update orders.orders set updated_at = now() - interval '1 hour' where tenant = ? and id = ?::uuid",
                shop.tenant(),
                id);
        return id;
    }

    /** Of a client, without an order. */
    private String confirmedHold(String sku, int quantity) {
        var lines = "{\"lines\": [{\"sku\": \"%s\", \"quantity\": %d}]}".formatted(sku, quantity);
        var held = expect(201, shop.buy("POST", "/v1/reservations", lines, "Idempotency-Key", key()));
        var id = held.body().path("id").asText();
        expect(200, shop.manage("POST", "/v1/reservations/" + id + "/confirm", null, "If-Match", "\"1\""));
        return id;
    }

    /** With what they hold: as if inventory had been put back to before. */
    private void loseReservationsOfOrders() {
        souk.damage("""
                with lost as (
                    delete from inventory.reservation
                     where tenant = ?
                       and order_id is not null
                    returning tenant, id
                ), held as (
                    delete from inventory.reservation_hold as hold
                     using lost
                     where hold.tenant = lost.tenant
                       and hold.reservation_id = lost.id
                    returning hold.tenant, hold.level_id, hold.quantity
                )
                update inventory.stock_level as level
                   set reserved = level.reserved - held.quantity
                  from held
                 where level.tenant = held.tenant
                   and level.id = held.level_id
                """, shop.tenant());
    }

    /** What is held for an order that orders has forgotten looks so from inventory. */
    private void giveTo(String order, String reservation) {
        souk.damage("""
                update inventory.reservation
                   set order_id = ?::uuid, owner = null, updated_at = now() - interval '1 hour'
                 where tenant = ?
                   and id = ?::uuid
                """, order, shop.tenant(), reservation);
    }

    /** By hand, as operations.md says, since the service leaves it to its order. */
    private void releaseAsDocumented(String order, String reservation) {
        var refused = expect(
                409, shop.manage("POST", "/v1/reservations/" + reservation + "/release", null, "If-Match", "\"2\""));
        assertThat(refused.body().path("type").asText()).endsWith("/reservation-of-order");
        souk.damage("""
                update inventory.reservation
                   set status = 'RELEASED', version = version + 1, updated_at = now()
                 where tenant = ? and order_id = ?::uuid and status = 'CONFIRMED'
                """, shop.tenant(), order);
    }
}
