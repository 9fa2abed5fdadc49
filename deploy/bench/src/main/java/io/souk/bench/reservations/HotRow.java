package io.souk.bench.reservations;

import io.souk.bench.stack.OwnStack;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** The stock level that everybody wants, as the worker role has it, which needs no tenant to be set. */
record HotRow(OwnStack stack, String tenant, String sku, UUID id, UUID variant) {
    private static final String FIND = """
        select id, variant_id from inventory.stock_level where tenant = ? and sku = ? order by on_hand desc limit 1
        """;

    private static final String RESERVED = "select reserved from inventory.stock_level where tenant = ? and id = ?";

    private static final String HELD = """
        select coalesce(sum(hold.quantity), 0)
          from inventory.reservation_hold hold
          join inventory.reservation reservation
            on reservation.tenant = hold.tenant and reservation.id = hold.reservation_id
         where hold.tenant = ? and hold.level_id = ? and reservation.status in ('OPEN', 'CONFIRMED')
        """;

    static HotRow find(OwnStack stack, String tenant, String sku) {
        try (var connection = stack.connect(Component.INVENTORY, "worker");
                var find = connection.prepareStatement(FIND)) {
            find.setString(1, tenant);
            find.setString(2, sku);
            try (var rows = find.executeQuery()) {
                if (!rows.next()) {
                    throw new StackException("There is no stock of %s.".formatted(sku));
                }
                return new HotRow(stack, tenant, sku, rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    Connection connect() throws SQLException {
        return stack.connect(Component.INVENTORY, "worker");
    }

    long reserved() {
        return number(RESERVED);
    }

    /** What live reservations hold of it. */
    long held() {
        return number(HELD);
    }

    private long number(String sql) {
        try (var connection = connect();
                var ask = connection.prepareStatement(sql)) {
            ask.setString(1, tenant);
            ask.setObject(2, id);
            try (var rows = ask.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static StackException failed(SQLException e) {
        return new StackException("The database does not do it: %s.".formatted(e.getMessage()), e);
    }
}
