package io.souk.bench.reservations;

import io.souk.stack.StackException;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** What one would write without a batcher: a conditional UPDATE of the row and an INSERT, in a transaction for each. */
final class PlainTransactions {
    private static final String TAKE = """
        update inventory.stock_level
           set reserved = reserved + 1, version = version + 1
         where tenant = ? and id = ? and on_hand - reserved >= 1
        """;

    /** The hold goes with it, so that the books agree afterwards; no event is written, which the service does. */
    private static final String INSERT = """
        with made as (
            insert into inventory.reservation (tenant, id, owner, status, expires_at, version, created_at, updated_at)
            values (?, gen_random_uuid(), 'plain', 'CONFIRMED', now() + interval '1 hour', 1, now(), now())
            returning tenant, id
        )
        insert into inventory.reservation_hold (tenant, reservation_id, line, level_id, quantity)
        select tenant, id, 0, ?, 1 from made
        """;

    private final HotRow row;
    private final int clients;

    PlainTransactions(HotRow row, int clients) {
        this.row = row;
        this.clients = clients;
    }

    /** Reservations a second. */
    double run(Duration time) {
        long started = System.nanoTime();
        long until = started + time.toNanos();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var running = threads.invokeAll(IntStream.range(0, clients)
                    .<Callable<Long>>mapToObj(_ -> () -> client(until))
                    .toList());
            long made = 0;
            for (var one : running) {
                made += one.get();
            }
            return made / ((System.nanoTime() - started) / 1e9);
        } catch (ExecutionException e) {
            throw new StackException("A plain transaction failed: %s.".formatted(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while measuring.", e);
        }
    }

    private long client(long until) throws SQLException {
        try (var connection = row.connect()) {
            connection.setAutoCommit(false);
            long made = 0;
            while (System.nanoTime() - until < 0) {
                reserve(connection);
                made++;
            }
            return made;
        }
    }

    private void reserve(Connection connection) throws SQLException {
        try (var take = connection.prepareStatement(TAKE);
                var insert = connection.prepareStatement(INSERT)) {
            take.setString(1, row.tenant());
            take.setObject(2, row.id());
            if (take.executeUpdate() != 1) {
                throw new SQLException("out of stock");
            }
            insert.setString(1, row.tenant());
            insert.setObject(2, row.id());
            insert.executeUpdate();
            connection.commit();
        }
    }
}
