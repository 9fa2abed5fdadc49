package io.souk.inventory;

import io.souk.testing.Database;
import io.souk.testing.FenceContract;
import org.junit.jupiter.api.Test;

import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@InventoryTest
class FenceTest extends FenceContract {
    private final Shop shop = new Shop();

    FenceTest() {
        super("inventory");
    }

    @Test
    void withoutATenantTheAppRoleSeesAndWritesNothing() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(UUID.randomUUID(), 1, "PLACED", shop.line(shirt, 1));
        eventually(() -> assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(1));

        try (var app = Database.of("inventory", "app")) {
            for (var table : new String[] {
                "known_product",
                "variant",
                "variant_setting",
                "location",
                "pack",
                "unit",
                "supplier",
                "purchase_order",
                "purchase_order_line",
                "purchase",
                "stock_level",
                "stock_movement",
                "reservation",
                "reservation_hold"
            }) {
                assertThat(app.query("select tenant from inventory." + table))
                        .as(table)
                        .isEmpty();
            }
            app.as(shop.tenant());
            assertThat(app.query("select tenant from inventory.stock_level")).containsExactly(shop.tenant());
            app.as("other");
            assertThat(app.query("select tenant from inventory.stock_level")).isEmpty();
            assertThat(app.query("update inventory.stock_level set on_hand = on_hand + 1 returning sku"))
                    .isEmpty();
            assertThatThrownBy(() -> app.query("""
                            insert into inventory.location (tenant, id, code, name, position, version, created_at)
                            values (?, gen_random_uuid(), 'x', 'x', 1, 1, now())
                            returning id
                            """, shop.tenant())).hasMessageContaining("row-level security");
        }
    }

    @Test
    void theLedgerCannotBeRewritten() {
        shop.stocked("shirt", 5);

        for (var role : new String[] {"app", "worker"}) {
            try (var connection = Database.of("inventory", role)) {
                assertThatThrownBy(
                                () -> connection.query("update inventory.stock_movement set quantity = 1 returning id"))
                        .hasMessageContaining("permission denied");
                assertThatThrownBy(() -> connection.query("delete from inventory.stock_movement returning id"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void aLocationStaysWhoseItIs() {
        shop.location("a-1", "a");

        for (var role : new String[] {"app", "worker"}) {
            try (var connection = Database.of("inventory", role)) {
                assertThatThrownBy(() -> connection.query("update inventory.location set vendor = 'b' returning id"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void theRowItselfRefusesToBeOversold() {
        shop.stocked("shirt", 5);

        assertThatThrownBy(() ->
                        Ledger.update("update inventory.stock_level set reserved = 6 where tenant = ?", shop.tenant()))
                .hasMessageContaining("stock_level_not_oversold");
    }
}
