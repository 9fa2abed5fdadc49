package io.souk.kit.retelling;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.EventKey;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What the tables of all published aggregates have in common: which rows there are, and in which version. */
@ApplicationScoped
class OwnTablesRepository {
    /** A key behind the last one, however many tenants lie between. $1 tenant and $2 id of the last one, $3 rows. */
    private static final String PAGE = """
            select tenant, %2$s
              from %1$s
             where (tenant, %2$s) > ($1, $2)
               and version > 0
             order by tenant, %2$s
             limit $3
            """;

    /** $1 tenants, $2 ids. */
    private static final String VERSIONS = """
            select coalesce(own.version, 0)
              from unnest($1::text[], $2::uuid[]) with ordinality as asked (tenant, id, place)
              left join %1$s as own on own.tenant = asked.tenant and own.%2$s = asked.id
             order by asked.place
            """;

    /**
     * A lock that is not had soon is tried again later: others' statements queue behind a wait for it. But longer than PostgreSQL's
     * {@code deadlock_timeout} of 1 s, after which a vacuum of the table makes room.
     */
    private static final String PATIENCE = "set local lock_timeout = '2s'";

    /** Whoever writes to the table waits, or is waited for; reading and row locks go on. */
    private static final String LOCK = "lock table %1$s in share row exclusive mode";

    /** At most so many rows of which something was told, in the order of tenants and ids. */
    Uni<List<EventKey>> page(SqlConnection worker, RetoldRows rows, Cursor behind, int limit) {
        return worker.preparedQuery(of(PAGE, rows))
                .execute(Tuple.of(behind.tenant(), behind.id(), limit))
                .map(found -> {
                    var keys = new ArrayList<EventKey>(found.size());
                    found.forEach(row -> keys.add(new EventKey(new TenantId(row.getString(0)), row.getUUID(1))));
                    return keys;
                });
    }

    /** The version of each of them, 0 where nothing was told of a row or there is none. */
    Uni<List<Long>> versions(SqlConnection connection, RetoldRows rows, List<EventKey> keys) {
        return connection
                .preparedQuery(of(VERSIONS, rows))
                .execute(Tuple.of(
                        keys.stream().map(key -> key.tenant().value()).toArray(String[]::new),
                        keys.stream().map(EventKey::aggregateId).toArray(UUID[]::new)))
                .map(found -> {
                    var versions = new ArrayList<Long>(found.size());
                    found.forEach(row -> versions.add(row.getLong(0)));
                    return versions;
                });
    }

    /** Nobody makes, changes or has under way a row of the table until the transaction ends. */
    Uni<Void> lock(Tx tx, RetoldRows rows) {
        return tx.sql()
                .query(PATIENCE)
                .execute()
                .chain(() -> tx.sql().query(of(LOCK, rows)).execute())
                .replaceWithVoid();
    }

    private static String of(String statement, RetoldRows rows) {
        return statement.formatted(rows.table(), rows.idColumn());
    }
}
