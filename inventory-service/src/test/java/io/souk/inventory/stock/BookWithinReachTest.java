package io.souk.inventory.stock;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Shop;
import io.souk.inventory.location.Reach;
import io.souk.inventory.stock.MovementRepository.Movement;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasSize;

/** The ledger's own fence, behind the one that finds the locations. */
@InventoryTest
class BookWithinReachTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Shop shop = new Shop();

    @Inject
    MovementRepository movements;

    @Inject
    Transactions transactions;

    @Test
    void givenALevelBeyondReach_whenAMovementOfItIsBooked_thenTheLedgerRefusesIt() {
        shop.location("a-1", "a");
        var shirt = shop.article("S");
        shop.receive(shirt, 1, "a-1");
        var level = UUID.fromString(
                shop.stock(shirt).getJsonArray("levels").getJsonObject(0).getString("id"));
        var tenant = new TenantId(shop.tenant());
        var paper = new Paper(Ids.next(), "mia", null, null, new Reach(tenant, "b"));

        assertThatThrownBy(() -> transactions
                        .inTenant(
                                tenant,
                                tx -> movements.book(
                                        tx, paper, List.of(new Movement(0, level, MovementKind.RECEIPT, 1, null))))
                        .await()
                        .atMost(DEADLINE))
                .hasMessageContaining("0 of 1 movements were within reach");

        shop.as("admin").get("/v1/stock/movements").then().body("items", hasSize(1));
    }
}
