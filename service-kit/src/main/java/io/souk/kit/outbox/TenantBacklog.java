package io.souk.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells whoever writes much how far the relay is behind with a tenant, so that it can wait. */
@ApplicationScoped
public class TenantBacklog {
    /** Reads no more rows than it has to, from each shard's by the tenant. $1 tenant, $2 shards, $3 rows. */
    private static final String EXCEEDS = """
            select count(*) > $3 as exceeds
              from (select
                      from generate_series(0, $2 - 1) as every (shard)
                     cross join lateral (select from outbox
                                          where outbox.shard = every.shard
                                            and tenant = $1
                                          limit $3 + 1) as waiting
                     limit $3 + 1) as counted
            """;

    private final Transactions transactions;
    private final int shards;

    TenantBacklog(Transactions transactions, EventsConfig events) {
        this.transactions = transactions;
        shards = events.partitions();
    }

    /** Whether more events of the tenant wait to be relayed than so many. Costs one probe of an index per shard. */
    public Uni<Boolean> exceeds(TenantId tenant, int rows) {
        return transactions.asWorker(worker -> worker.preparedQuery(EXCEEDS)
                .execute(Tuple.of(tenant.value(), shards, rows))
                .map(answer -> answer.iterator().next().getBoolean("exceeds")));
    }
}
