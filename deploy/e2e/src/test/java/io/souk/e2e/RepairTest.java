package io.souk.e2e;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

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
}
