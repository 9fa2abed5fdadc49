package io.souk.orders;

import io.souk.testing.Database;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

@OrdersTest
class OverdueTest {
    /** More than one sweep takes on. */
    private static final int STUCK = 250;

    private final Shop shop = new Shop();

    @Test
    void givenAnOrderWithoutAnAnswer_whenItsDeadlinePasses_thenItEnds() {
        var id = shop.place("tok_ok");

        try (var worker = Database.of("orders", "worker")) {
            passDeadline(worker);
        }

        eventually(() -> shop.get(id).body("status", equalTo("EXPIRED")));
    }

    /** What cannot be read is given up by its reader; the order that waits for it must not wait for ever. */
    @Test
    void givenAnAnswerThatCannotBeRead_thenTheReaderGoesOnAndTheOrderEndsByItsDeadline() {
        var script = ScriptedProvider.script(shop.tenant());
        var id = shop.placeScripted(shop.tenant());
        var other = shop.place("tok_ok");
        var reservation = UUID.randomUUID();

        InventoryEvents.withoutEnd(shop.tenant(), reservation, id);
        InventoryEvents.reservation(
                shop.tenant(), InventoryEvents.inPartitionOf(shop.tenant(), reservation), 1, other, "REFUSED", "[]");

        eventually(() -> shop.get(other).body("status", equalTo("REJECTED")));
        shop.get(id).body("status", equalTo("PLACED"));
        try (var worker = Database.of("orders", "worker")) {
            passDeadline(worker);
        }
        eventually(() -> shop.get(id).body("status", equalTo("EXPIRED")));
        shop.payment(id).body("status", equalTo("VOIDED"));
        assertThat(script.asked).hasValue(0);
    }

    @Test
    void givenMoreThatCannotBeEndedThanASweepTakesOn_thenAYoungerOneEndsAllTheSame() {
        var stuck = new Shop().tenant();
        var id = shop.place("tok_ok");
        try (var owner = Database.of("orders", "owner")) {
            try {
                placeStuck(owner, stuck);

                passDeadline(owner);

                eventually(Duration.ofMinutes(2), () -> shop.get(id).body("status", equalTo("EXPIRED")));
            } finally {
                owner.update("update orders.orders set status = 'EXPIRED' where tenant = ?", stuck);
            }
        }
    }

    /** Overdue for a day; their timeline has the next version already, so that no step can be written. */
    private static void placeStuck(Database owner, String tenant) {
        owner.update("""
                with stuck as (
                    insert into orders.orders (tenant, id, version, customer, currency, total, status, placed_at, updated_at, deadline)
                    select ?, gen_random_uuid(), 1, 'ada', 'USD', 0, 'PLACED', now(), now(), now() - interval '1 day'
                      from generate_series(1, ?)
                    returning tenant, id
                )
                insert into orders.order_step (tenant, order_id, version, status, note, at)
                select tenant, id, 2, 'PLACED', '', now() from stuck
                """, tenant, STUCK);
    }

    private void passDeadline(Database database) {
        database.update(
                "update orders.orders set deadline = now() - interval '1 second' where tenant = ?", shop.tenant());
    }
}
