package io.souk.kit.retelling;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class RetellingRepository {
    private static final String FIND = """
            select next_offset, row_tenant, row_id
              from retelling
             where tenant = $1
               and job = $2
            """;

    private static final String PUT = """
            insert into retelling (tenant, job, next_offset, row_tenant, row_id)
            values ($1, $2, $3, $4, $5)
            on conflict (tenant, job) do update
               set next_offset = excluded.next_offset, row_tenant = excluded.row_tenant, row_id = excluded.row_id
            """;

    /** The newest that was met of a key counts. $1 job, $2 aggregate, then one array per column. */
    private static final String KEEP = """
            insert into lost_aggregate as known (tenant, job, aggregate, id, epoch, version, deleted)
            select met.tenant, $1, $2, met.id, met.epoch, met.version, met.deleted
              from unnest($3::text[], $4::uuid[], $5::int[], $6::bigint[], $7::boolean[])
                   as met (tenant, id, epoch, version, deleted)
            on conflict (tenant, job, aggregate, id) do update
               set epoch = excluded.epoch, version = excluded.version, deleted = excluded.deleted
             where (known.epoch, known.version) < (excluded.epoch, excluded.version)
            """;

    /** $1 job, $2 rows. */
    private static final String UNTOLD = """
            select tenant, aggregate, id, epoch, version
              from lost_aggregate
             where job = $1
               and not deleted
             order by tenant, aggregate, epoch, id
             limit $2
            """;

    private static final String TOLD = """
            delete from lost_aggregate
             where tenant = $1
               and job = $2
               and aggregate = $3
               and id = any ($4)
            """;

    /** $1 job, $2 rows. */
    private static final String FORGET_LOST = """
            delete from lost_aggregate
             where ctid = any (array(select ctid from lost_aggregate where job = $1 limit $2))
            """;

    private static final String NOTE_EPOCH = "insert into told_epoch (epoch) values ($1) on conflict do nothing";

    private static final String FORGET = "delete from retelling where tenant = $1 and job = $2";

    /** An aggregate that the log has and no table, and that the log does not say to be deleted. */
    record Lost(EventKey key, String aggregate, Order order) {}

    Uni<Cursor> cursor(Tx tx, UUID job) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), job))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Cursor.START;
                    }
                    var row = rows.iterator().next();
                    return new Cursor(row.getLong(0), row.getString(1), row.getUUID(2));
                });
    }

    Uni<Void> put(Tx tx, UUID job, Cursor cursor) {
        return tx.sql()
                .preparedQuery(PUT)
                .execute(Tuple.of(tx.tenant().value(), job, cursor.offset(), cursor.tenant(), cursor.id()))
                .replaceWithVoid();
    }

    /** Keys that no table has, with what the log says of each. */
    Uni<Void> keep(SqlConnection worker, UUID job, String aggregate, List<EventKey> keys, List<LastTold> told) {
        return worker.preparedQuery(KEEP)
                .execute(Tuple.tuple()
                        .addUUID(job)
                        .addString(aggregate)
                        .addArrayOfString(
                                keys.stream().map(key -> key.tenant().value()).toArray(String[]::new))
                        .addArrayOfUUID(keys.stream().map(EventKey::aggregateId).toArray(UUID[]::new))
                        .addArrayOfInteger(
                                told.stream().map(last -> last.order().epoch()).toArray(Integer[]::new))
                        .addArrayOfLong(told.stream()
                                .map(last -> last.order().version())
                                .toArray(Long[]::new))
                        .addArrayOfBoolean(told.stream().map(LastTold::deleted).toArray(Boolean[]::new)))
                .replaceWithVoid();
    }

    /** Those whose deletion is still to be told; each tenant's, aggregate's and epoch's stand together. */
    Uni<List<Lost>> untold(SqlConnection worker, UUID job, int limit) {
        return worker.preparedQuery(UNTOLD).execute(Tuple.of(job, limit)).map(rows -> {
            var lost = new ArrayList<Lost>(rows.size());
            rows.forEach(row -> lost.add(new Lost(
                    new EventKey(new TenantId(row.getString(0)), row.getUUID(2)),
                    row.getString(1),
                    new Order(row.getInteger(3), row.getLong(4)))));
            return lost;
        });
    }

    Uni<Void> told(Tx tx, UUID job, String aggregate, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(TOLD)
                .execute(Tuple.of(tx.tenant().value(), job, aggregate, ids.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** From now on the service's heartbeats vouch for what it has told in that epoch. */
    Uni<Void> allTold(SqlConnection worker, int epoch) {
        return worker.preparedQuery(NOTE_EPOCH).execute(Tuple.of(epoch)).replaceWithVoid();
    }

    /** Removes what is kept of a job, at most so many rows; how many it were. */
    Uni<Integer> forget(SqlConnection worker, TenantId tenant, UUID job, int rows) {
        return worker.preparedQuery(FORGET_LOST)
                .execute(Tuple.of(job, rows))
                .call(() -> worker.preparedQuery(FORGET).execute(Tuple.of(tenant.value(), job)))
                .map(removed -> removed.rowCount());
    }
}
