package io.souk.inventory;

import org.eclipse.microprofile.config.ConfigProvider;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
                                               and reservation.status in ('OPEN', 'CONFIRMED')), 0))
        """;

    private Ledger() {}

    /** On hand is the sum of the movements, reserved that of the holds that count: for every level of the tenant. */
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
        try (var connection = connect("inventory_worker", "worker");
                var statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The first column of each row as text. */
    public static List<String> query(String sql, Object... values) {
        try (var connection = connect("inventory_worker", "worker")) {
            return query(connection, sql, values);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    public static List<String> query(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /** A connection of one of the roles, whose passwords the test servers fix. */
    public static Connection connect(String role, String kind) throws SQLException {
        var url = "jdbc:postgresql://%s:%s/%s"
                .formatted(config("souk.db.host"), config("souk.db.port"), config("souk.db.name"));
        return DriverManager.getConnection(url, role, config("souk.db." + kind + "-password"));
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
