package io.souk.chaos.fleet;

import io.souk.stack.PostgresServer;
import io.souk.stack.StackException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The database as its superuser sees it, past proxies and fences. A connection per use: none outlives a fault. */
public final class Database {
    private static final String DATABASE = "souk";

    private final Fleet fleet;

    public Database(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Makes something of a row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    public void execute(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    public <T> List<T> query(String sql, RowReader<T> reader) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private Connection connect() throws SQLException {
        var login = new Properties();
        login.setProperty("user", "postgres");
        login.setProperty(
                "password", PostgresServer.superuserPassword(fleet.folder().resolve("postgres")));
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "20");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(fleet.port(Server.POSTGRES), DATABASE), login);
    }

    private static StackException failed(String sql, SQLException e) {
        return new StackException("The database does not answer %s: %s".formatted(sql.strip(), e.getMessage()), e);
    }
}
