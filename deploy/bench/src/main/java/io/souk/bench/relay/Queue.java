package io.souk.bench.relay;

import io.souk.bench.stack.OwnStack;
import io.souk.cli.local.Component;

import java.sql.SQLException;

/** A long queue in catalog-service's outbox, of events that nobody reads. */
final class Queue {
    private static final int TENANTS = 20;

    /** Of how many bytes, for how many tenants, how many rows. */
    private static final String FILL = """
            insert into outbox (id, aggregatetype, aggregateid, type, payload, shard, tenant, version, epoch)
            select gen_random_uuid(), 'tenant', gen_random_uuid(), 'souk.catalog.tenant.changed.v1',
                   '{"' || repeat('x', ? - 6) || '":1}', place % 8, 'bench-' || place % ?, 1, 1
              from generate_series(1, ?) as place
            """;

    private final OwnStack stack;
    private final int bytes;

    Queue(OwnStack stack, int bytes) {
        this.stack = stack;
        this.bytes = bytes;
    }

    /** All of it in one transaction, so that it is there at once. */
    void fill(int rows) throws SQLException {
        try (var database = stack.connect(Component.CATALOG, "worker");
                var statement = database.prepareStatement(FILL)) {
            statement.setInt(1, bytes);
            statement.setInt(2, TENANTS);
            statement.setInt(3, rows);
            statement.executeUpdate();
        }
    }
}
