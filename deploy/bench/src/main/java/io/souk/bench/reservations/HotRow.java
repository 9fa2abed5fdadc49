package io.souk.bench.reservations;

import io.souk.bench.stack.OwnStack;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The stock level that everybody wants, as the worker role has it, which needs no tenant to be set. */
record HotRow(OwnStack stack, String tenant, String sku, UUID id, UUID variant) {
    private static final long LOOK_MILLIS = 20;

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

    /** Asks again and again until so much is reserved; over one connection, since to open one costs more than to ask. */
    void awaitReserved(long units, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        try (var connection = connect()) {
            while (number(connection, RESERVED) < units) {
                if (System.nanoTime() > deadline) {
                    throw new StackException(
                            "%d units were not reserved in %d s.".formatted(units, longest.toSeconds()));
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (SQLException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while measuring.", e);
        }
    }

    /** Without either of them a commit is not on the disk, and what is measured is no durable reservation. */
    void requireDurable() {
        try (var connection = connect()) {
            for (var setting : List.of("fsync", "synchronous_commit")) {
                try (var ask = connection.prepareStatement("show " + setting);
                        var rows = ask.executeQuery()) {
                    rows.next();
                    if (!rows.getString(1).equals("on")) {
                        throw new StackException("%s is %s.".formatted(setting, rows.getString(1)));
                    }
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private long number(String sql) {
        try (var connection = connect()) {
            return number(connection, sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private long number(Connection connection, String sql) throws SQLException {
        try (var ask = connection.prepareStatement(sql)) {
            ask.setString(1, tenant);
            ask.setObject(2, id);
            try (var rows = ask.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static StackException failed(SQLException e) {
        return new StackException("The database does not do it: %s.".formatted(e.getMessage()), e);
    }
}
