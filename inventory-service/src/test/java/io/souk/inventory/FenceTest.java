package io.souk.inventory;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the database itself refuses, whatever the code above it does. */
@InventoryTest
class FenceTest {
    private final Shop shop = new Shop();

    @Test
    void everyTableWithATenantHasRowLevelSecurity_andTheAppRoleOwnsNothing() {
        assertThat(Ledger.query("""
                        select c.relname
                          from pg_class c
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
                         where c.relnamespace = 'inventory'::regnamespace
                           and c.relkind in ('r', 'p')
                           and not c.relrowsecurity
                        """)).isEmpty();
        assertThat(Ledger.query("""
                        select relname
                          from pg_class
                         where relowner in ('inventory_app'::regrole, 'inventory_worker'::regrole)
                        """)).isEmpty();
    }

    @Test
    void withoutATenantTheAppRoleSeesAndWritesNothing() throws SQLException {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(UUID.randomUUID(), 1, "PLACED", shop.line(shirt, 1));
        eventually(() -> assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(1));

        try (var app = Ledger.connect("inventory_app", "app")) {
            for (var table : new String[] {
                "known_product",
                "variant",
                "location",
                "stock_level",
                "stock_movement",
                "reservation",
                "reservation_hold"
            }) {
                assertThat(Ledger.query(app, "select tenant from inventory." + table))
                        .as(table)
                        .isEmpty();
            }
            set(app, shop.tenant());
            assertThat(Ledger.query(app, "select tenant from inventory.stock_level"))
                    .containsExactly(shop.tenant());
            set(app, "other");
            assertThat(Ledger.query(app, "select tenant from inventory.stock_level"))
                    .isEmpty();
            assertThat(Ledger.query(app, "update inventory.stock_level set on_hand = on_hand + 1 returning sku"))
                    .isEmpty();
            assertThatThrownBy(() -> Ledger.query(app, """
                            insert into inventory.location (tenant, id, code, name, position, version, created_at)
                            values (?, gen_random_uuid(), 'x', 'x', 1, 1, now())
                            returning id
                            """, shop.tenant())).hasMessageContaining("row-level security");
        }
    }

    @Test
    void theLedgerCannotBeRewritten() throws SQLException {
        shop.stocked("shirt", 5);

        for (var role : new String[] {"app", "worker"}) {
            try (var connection = Ledger.connect("inventory_" + role, role)) {
                assertThatThrownBy(() -> Ledger.query(
                                connection, "update inventory.stock_movement set quantity = 1 returning id"))
                        .hasMessageContaining("permission denied");
                assertThatThrownBy(() -> Ledger.query(connection, "delete from inventory.stock_movement returning id"))
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

    private static void set(Connection connection, String tenant) throws SQLException {
        Ledger.query(connection, "select set_config('souk.tenant', ?, false)", tenant);
    }
}
