package io.souk.stack;

import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Lays out Souk's database: makes it, runs {@code bootstrap.sql} in it, and gives the roles their passwords. */
public final class Bootstrap {
    private static final String SUPERUSER = "postgres";
    /** Roles belong to the whole server: two launchers that make them at once would trip over each other. */
    private static final long LOCK = 7_685_107;

    private static final int CONNECT_SECONDS = 2;

    private Bootstrap() {}

    /** The services that have a schema and the roles {@code <service>_owner}, {@code _app} and {@code _worker}. */
    public static List<String> services() {
        return List.of("catalog", "inventory", "orders", "search");
    }

    /**
     * Makes the database if it is not there, and all that is missing in it. Running it again changes nothing but passwords.
     *
     * @param passwords by role: {@code postgres} to log in with, and those to be set for the roles of the services
     */
    public static void run(String host, int port, String database, Map<String, String> passwords) {
        var password = Objects.requireNonNull(passwords.get(SUPERUSER), "password of " + SUPERUSER);
        var roles = new TreeMap<>(passwords);
        roles.remove(SUPERUSER);
        try (var server = superuser(host, port, SUPERUSER, password).getConnection()) {
            execute(server, "select pg_advisory_lock(%d)".formatted(LOCK));
            makeDatabase(server, database);
            try (var souk = superuser(host, port, database, password).getConnection()) {
                souk.setAutoCommit(false);
                execute(souk, script());
                for (var role : roles.entrySet()) {
                    setPassword(souk, role.getKey(), role.getValue());
                }
                souk.commit();
            }
        } catch (SQLException e) {
            throw new StackException("The database %s cannot be laid out: %s".formatted(database, e.getMessage()), e);
        }
    }

    /** The script as operators run it in production. */
    public static String script() {
        try (var resource = Bootstrap.class.getResourceAsStream("bootstrap.sql")) {
            return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StackException("bootstrap.sql cannot be read.", e);
        }
    }

    static PGSimpleDataSource superuser(String host, int port, String database, @Nullable String password) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(SUPERUSER);
        source.setPassword(password);
        source.setConnectTimeout(CONNECT_SECONDS);
        return source;
    }

    private static void makeDatabase(Connection server, String database) throws SQLException {
        try (var find = server.prepareStatement("select 1 from pg_database where datname = ?")) {
            find.setString(1, database);
            if (find.executeQuery().next()) {
                return;
            }
        }
        execute(server, "create database " + quoted(server, "quote_ident", database));
    }

    private static void setPassword(Connection souk, String role, String password) throws SQLException {
        execute(
                souk,
                "alter role %s password %s"
                        .formatted(quoted(souk, "quote_ident", role), quoted(souk, "quote_literal", password)));
    }

    private static String quoted(Connection connection, String function, String value) throws SQLException {
        try (var quote = connection.prepareStatement("select " + function + "(?)")) {
            quote.setString(1, value);
            var row = quote.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
