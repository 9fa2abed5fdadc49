package io.souk.inventory;

import io.souk.testing.Database;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables behind the service, read as its worker role: what must be true of them whatever happened. */
public final class Ledger {
    private static final String UNBALANCED = """
        select level.id
          from inventory.stock_level level
         where level.tenant = ?
           and (level.on_hand <> coalesce((select sum(quantity) from inventory.stock_movement movement
                                            where movement.tenant = level.tenant and movement.level_id = level.id), 0)
             or level.reserved <> coalesce((select sum(hold.quantity)
                                              from inventory.reservation_hold hold
                                              join inventory.reservation reservation
                                                on reservation.tenant = hold.tenant and reservation.id = hold.reservation_id
                                             where hold.tenant = level.tenant
                                               and hold.level_id = level.id
                                               and reservation.status in ('OPEN', 'CONFIRMED')), 0)
             or level.by_unit
                and level.on_hand <> (select count(*)
                                        from inventory.unit
                                       where unit.tenant = level.tenant
                                         and unit.level_id = level.id
                                         and unit.status in ('AVAILABLE', 'CONSIGNED', 'NEED_SHIPPING', 'PACKED')))
        """;

    private Ledger() {}

    /** On hand is the sum of the movements and the number of the units, reserved the sum of the holds that count: for every level of the tenant. */
    public static void assertBalanced(String tenant) {
        assertThat(query(UNBALANCED, tenant)).as("levels that do not add up").isEmpty();
    }

    /** {@code status} of the order's reservation; empty while there is none. */
    public static List<String> statusOf(String tenant, UUID order) {
        return query("select status from inventory.reservation where tenant = ? and order_id = ?", tenant, order);
    }

    public static List<String> reservationOf(String tenant, UUID order) {
        return query("select id from inventory.reservation where tenant = ? and order_id = ?", tenant, order);
    }

    public static int update(String sql, Object... values) {
        try (var worker = Database.of("inventory", "worker")) {
            return worker.update(sql, values);
        }
    }

    /** The first column of each row as text. */
    public static List<String> query(String sql, Object... values) {
        try (var worker = Database.of("inventory", "worker")) {
            return worker.query(sql, values);
        }
    }
}
