package io.souk.bench.stampede;

import io.souk.bench.stack.OwnStack;
import io.souk.stack.StackException;

import java.sql.Connection;
import java.sql.SQLException;

/** How often catalog-service has read products by their ids, as PostgreSQL has counted it. */
final class DatabaseReads implements AutoCloseable {
    /** Of the role that serves requests. The text is what the service sends, without its values. */
    private static final String CALLS = """
            select coalesce(sum(calls), 0)
              from public.pg_stat_statements
             where userid = (select oid from pg_roles where rolname = 'catalog_app')
               and query like '%from product p%p.id = any($%'
            """;

    private final Connection database;

    DatabaseReads(OwnStack stack) throws SQLException {
        database = stack.connectAsSuperuser();
    }

    /** Since the start of the stack, by all replicas. */
    long count() {
        try (var statement = database.createStatement();
                var found = statement.executeQuery(CALLS)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException e) {
            throw new StackException("PostgreSQL does not tell its statements: %s.".formatted(e.getMessage()), e);
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
