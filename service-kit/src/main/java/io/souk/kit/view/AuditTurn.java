package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/**
 * Which replica walks through the cache, and where it has come to: a lease row per layout, in the table {@code cache_audit}. Two
 * that walk at a time do no harm.
 */
@Singleton
final class AuditTurn {
    /** Says how far the holder is, and takes over from one whose time is over. $1 layout, $2 replica, $3 cursor, $4 milliseconds. */
    private static final String TAKE = """
            insert into cache_audit as audit (layout, holder, cursor, expires_at)
            select layout, $2, $3, now() + $4 * interval '1 millisecond'
              from cache_generation
             where layout = $1
            on conflict (layout) do update
               set holder     = excluded.holder,
                   cursor     = case when audit.holder = excluded.holder then excluded.cursor else audit.cursor end,
                   expires_at = excluded.expires_at
             where audit.holder = excluded.holder
                or audit.expires_at <= now()
            returning cursor
            """;

    private final Transactions transactions;
    private final String layout;
    private final UUID replica = Ids.next();

    AuditTurn(Transactions transactions, ViewKinds kinds) {
        this.transactions = transactions;
        this.layout = kinds.layout();
    }

    /** From where this replica goes on, which is the cursor itself unless another one has walked before; null when one does now. */
    Uni<@Nullable String> take(String cursor, Duration lease) {
        return transactions.asWorker(sql -> sql.preparedQuery(TAKE)
                .execute(Tuple.of(layout, replica, cursor, lease.toMillis()))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getString(0)));
    }
}
