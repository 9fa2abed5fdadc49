package io.souk.kit.admin;

import io.smallrye.mutiny.Uni;
import io.souk.kit.admin.OutboxState.Shard;
import io.souk.kit.admin.OutboxState.Tenant;
import io.souk.kit.outbox.OutboxReads;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outbox and its leases as the worker role sees them. */
@ApplicationScoped
class OutboxStateRepository {
    /** Counting means reading: a fraction of a second for so many. */
    static final int MOST_COUNTED = 500_000;

    /** One row per shard, then the tenants with the most rows. $1 rows to count, $2 tenants. */
    private static final String COUNTS = """
            with counted as materialized
                 (select shard, tenant, count(*) as rows
                    from (select shard, tenant from outbox limit $1) as looked_at
                   group by shard, tenant)
            select shard, null as tenant, sum(rows)::bigint as rows from counted group by shard
            union all
            (select null, tenant, sum(rows)::bigint from counted group by tenant order by 3 desc, 2 limit $2)
            """;

    /** $1 shards. */
    private static final String SHARDS = "with recursive " + OutboxReads.HEADS + """
            , oldest as (select shard, min(occurred_at) as occurred_at from head group by shard)
            select every.shard, lease.replica, lease.expires_at,
                   coalesce(extract(epoch from clock_timestamp() - oldest.occurred_at), 0)::float8 as waiting
              from generate_series(0, $1 - 1) as every (shard)
              left join relay_lease as lease on lease.name = 'relay-' || every.shard and lease.expires_at > now()
              left join oldest on oldest.shard = every.shard
             order by every.shard
            """;

    /** What all replicas have done since the statistics began: PostgreSQL gathers it anyway, up to a second late. */
    private static final String TOTALS = """
            select n_tup_ins as appended, n_tup_del as relayed, clock_timestamp() as at
              from pg_stat_user_tables
             where schemaname = current_schema()
               and relname = 'outbox'
            """;

    /** @param byShard a shard without any is not named */
    record Counts(Map<Integer, Long> byShard, List<Tenant> tenants) {}

    record Totals(long appended, long relayed, Instant at) {}

    Uni<Counts> counts(SqlConnection worker, int tenants) {
        return worker.preparedQuery(COUNTS)
                .execute(Tuple.of(MOST_COUNTED, tenants))
                .map(rows -> {
                    var byShard = new HashMap<Integer, Long>();
                    var most = new ArrayList<Tenant>();
                    for (var row : rows) {
                        @Nullable String tenant = row.getString("tenant");
                        if (tenant == null) {
                            byShard.put(row.getInteger("shard"), row.getLong("rows"));
                        } else {
                            most.add(new Tenant(tenant, row.getLong("rows")));
                        }
                    }
                    return new Counts(byShard, most);
                });
    }

    /** In order; the counts are put in. */
    Uni<List<Shard>> shards(SqlConnection worker, int shards, Map<Integer, Long> rowsOf) {
        return worker.query(OutboxReads.BY_INDEX)
                .execute()
                .chain(() -> worker.preparedQuery(SHARDS).execute(Tuple.of(shards)))
                .map(rows -> {
                    var found = new ArrayList<Shard>(rows.size());
                    for (var row : rows) {
                        int shard = row.getInteger("shard");
                        @Nullable OffsetDateTime until = row.getOffsetDateTime("expires_at");
                        found.add(new Shard(
                                shard,
                                rowsOf.getOrDefault(shard, 0L),
                                row.getDouble("waiting"),
                                row.getUUID("replica"),
                                until == null ? null : until.toInstant()));
                    }
                    return found;
                });
    }

    Uni<Totals> totals(SqlConnection worker) {
        return worker.query(TOTALS).execute().map(rows -> {
            var row = rows.iterator().next();
            return new Totals(
                    row.getLong("appended"),
                    row.getLong("relayed"),
                    row.getOffsetDateTime("at").toInstant());
        });
    }
}
