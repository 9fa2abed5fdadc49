package io.souk.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A service's schema as one of its roles sees it, past the service's code. Not thread-safe. What the database refuses is
 * thrown as an {@link IllegalStateException} with its message.
 */
public final class Database implements AutoCloseable {
    /** Parameters stay open, as in a prepared statement that has run often. */
    private static final String EXPLAIN = "explain (generic_plan, format json) ";

    /**
     * As if the tables held one tenant alone: its name then narrows nothing, and the planner weighs what the other conditions
     * are worth.
     */
    private static final String ONE_TENANT = """
        select pg_restore_attribute_stats(
                   'schemaname', current_schema()::text, 'relname', c.relname::text, 'attname', 'tenant', 'inherited', false,
                   'null_frac', 0::real, 'avg_width', 8, 'n_distinct', 1::real)
          from pg_class c
          join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
         where c.relnamespace = current_schema()::regnamespace
           and c.relkind = 'r'
        """;

    private final String service;
    private final Connection connection;

    private Database(String service, Connection connection) {
        this.service = service;
        this.connection = connection;
    }

    /**
     * A connection of a service's role.
     *
     * @param role {@code owner}, {@code app} or {@code worker}
     */
    public static Database of(String service, String role) {
        var space = Space.own();
        var url = "jdbc:postgresql://127.0.0.1:%d/%s?currentSchema=%s&preferQueryMode=extendedForPrepared"
                .formatted(space.servers().postgresPort(), space.name(), service);
        try {
            return new Database(service, DriverManager.getConnection(url, service + "_" + role, Space.password(role)));
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    static Database ofSuperuser(String url, String password) {
        try {
            return new Database("postgres", DriverManager.getConnection(url, "postgres", password));
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    /** From now on row-level security lets this tenant's rows through. */
    public Database as(String tenant) {
        query("select set_config('souk.tenant', ?, false)", tenant);
        return this;
    }

    /** The first column of each row as text. */
    public List<String> query(String sql, Object... values) {
        try (var statement = prepare(sql, values);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    /** The number of rows that were written. */
    public int update(String sql, Object... values) {
        try (var statement = prepare(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    /**
     * How a statement would run on large tables of one tenant: row by row, and with a sequential scan only where no index
     * helps. So it shows what row-level security keeps out of an index, however few rows there are.
     *
     * @param repository the class that holds the statement
     * @param constant the name of its static field
     */
    public Plan plan(String repository, String constant) {
        try (var owner = of(service, "owner")) {
            owner.query(ONE_TENANT);
        }
        try (var explain = connection.createStatement()) {
            explain.execute("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off");
            try (var rows = explain.executeQuery(EXPLAIN + statement(repository, constant))) {
                rows.next();
                return Plan.of(rows.getString(1));
            }
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    /** Read from the class, so that no test holds a copy that stays behind. */
    private static String statement(String repository, String constant) {
        try {
            var field = Class.forName(repository, true, Thread.currentThread().getContextClassLoader())
                    .getDeclaredField(constant);
            field.setAccessible(true);
            return String.valueOf(field.get(null));
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalArgumentException(repository + "." + constant, unknown);
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static IllegalStateException refused(SQLException failure) {
        return new IllegalStateException(failure.getMessage(), failure);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }
}
