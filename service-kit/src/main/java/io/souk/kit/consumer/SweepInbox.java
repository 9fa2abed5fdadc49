package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/** Keeps the inbox bounded: forgets what is older than its retention. */
@ApplicationScoped
class SweepInbox implements Sweep {
    private static final int ROWS = 1_000;

    /** $1 milliseconds, $2 rows. */
    private static final String FORGET = """
            delete from inbox
             where ctid = any (array(select ctid
                                       from inbox
                                      where applied_at < now() - $1 * interval '1 millisecond'
                                      order by applied_at
                                      limit $2))
            """;

    private final Transactions transactions;
    private final InboxConfig config;

    SweepInbox(Transactions transactions, InboxConfig config) {
        this.transactions = transactions;
        this.config = config;
    }

    @Override
    public String name() {
        return "inbox";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions.asWorker(sql -> sql.preparedQuery(FORGET)
                .execute(Tuple.of(config.retention().toMillis(), ROWS))
                .map(forgotten -> forgotten.rowCount() == ROWS));
    }
}
