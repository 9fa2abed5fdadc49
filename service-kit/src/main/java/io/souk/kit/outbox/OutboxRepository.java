package io.souk.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The outbox and the relay's lease as the worker role sees them: all tenants. */
final class OutboxRepository implements RelayStore {
    /** More than the transaction's own deadline and its wait for a connection: whichever fails first says why. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String LEASE = "relay";

    /** The row stays as it was unless it is still ours or has expired. $1 name, $2 term, $3 milliseconds, $4 the term before. */
    private static final String TAKE_LEASE = """
            insert into relay_lease as lease (name, holder, expires_at)
            values ($1, $2, now() + $3 * interval '1 millisecond')
            on conflict (name) do update
               set holder     = excluded.holder,
                   expires_at = excluded.expires_at
             where lease.holder = $4
                or lease.expires_at < now()
            """;

    /** $1 name, $2 term, $3 milliseconds. */
    private static final String RENEW_LEASE = """
            update relay_lease
               set expires_at = now() + $3 * interval '1 millisecond'
             where name = $1
               and holder = $2
            """;

    private static final String RELEASE_LEASE = """
            update relay_lease
               set expires_at = '-infinity'
             where name = $1
               and holder = $2
            """;

    /**
     * Nothing goes once another relay has taken the lease, even if it has lost it again: it may have read a part of these rows
     * and sent it again, and the log would end with that part. The lease stays locked until the commit. $1 seqs, $2 name,
     * $3 term.
     */
    private static final String DELETE = """
            with held as (select from relay_lease where name = $2 and holder = $3 for share)
            delete from outbox
             where seq = any ($1)
               and exists (select from held)
            """;

    /** The oldest rows, up to $1 of them and $2 bytes; always the first one, however large. */
    private static final String OLDEST = """
            select seq, id, aggregatetype, aggregateid, type, payload, shard, tenant, version, epoch, occurred_at,
                   traceparent, causationid
              from (select *, sum(octet_length(payload)) over (order by seq) - octet_length(payload) as bytes_before
                      from (select * from outbox order by seq limit $1) as oldest) as counted
             where bytes_before < $2
             order by seq
            """;

    /** Both ends of the queue: counting it would read it. Gaps left by rolled-back transactions are counted in. */
    private static final String BACKLOG = """
            select coalesce((select max(seq) from outbox) - (select min(seq) from outbox) + 1, 0) as rows,
                   (select occurred_at from outbox order by seq limit 1)                        as oldest
            """;

    /** What waits in the outbox: about how many, and since when; nothing waits when there is no oldest. */
    record Backlog(long rows, @Nullable Instant oldest) {}

    private final Transactions transactions;
    private final RelayConfig config;
    private final String service;

    OutboxRepository(Transactions transactions, RelayConfig config, String service) {
        this.transactions = transactions;
        this.config = config;
        this.service = service;
    }

    @Override
    public boolean takeLease(UUID term, UUID before) {
        return changed(TAKE_LEASE, Tuple.of(LEASE, term, config.lease().toMillis(), before));
    }

    @Override
    public boolean renewLease(UUID term) {
        return changed(RENEW_LEASE, Tuple.of(LEASE, term, config.lease().toMillis()));
    }

    @Override
    public void releaseLease(UUID term) {
        changed(RELEASE_LEASE, Tuple.of(LEASE, term));
    }

    private boolean changed(String sql, Tuple values) {
        return now(transactions.asWorker(
                worker -> worker.preparedQuery(sql).execute(values).map(changed -> changed.rowCount() == 1)));
    }

    @Override
    public List<OutboxRow> next(UUID term, List<OutboxRow> delivered) {
        return now(transactions.asWorker(sql -> delete(sql, term, delivered).chain(() -> oldest(sql))));
    }

    Uni<Backlog> backlog() {
        return transactions.asWorker(sql -> sql.query(BACKLOG).execute().map(rows -> {
            var row = rows.iterator().next();
            @Nullable OffsetDateTime oldest = row.getOffsetDateTime("oldest");
            return new Backlog(row.getLong("rows"), oldest == null ? null : oldest.toInstant());
        }));
    }

    private Uni<Void> delete(SqlConnection sql, UUID term, List<OutboxRow> delivered) {
        if (delivered.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var seqs = delivered.stream().map(OutboxRow::seq).toArray(Long[]::new);
        return sql.preparedQuery(DELETE).execute(Tuple.of(seqs, LEASE, term)).replaceWithVoid();
    }

    private Uni<List<OutboxRow>> oldest(SqlConnection sql) {
        return sql.preparedQuery(OLDEST)
                .execute(Tuple.of(config.batchRows(), config.batchBytes()))
                .map(this::rows);
    }

    private List<OutboxRow> rows(RowSet<Row> found) {
        var rows = new ArrayList<OutboxRow>(found.rowCount());
        for (var row : found) {
            rows.add(new OutboxRow(
                    row.getLong("seq"),
                    row.getInteger("shard"),
                    row.getString("type"),
                    envelope(row),
                    row.getString("payload").getBytes(StandardCharsets.UTF_8)));
        }
        return rows;
    }

    private Envelope envelope(Row row) {
        return new Envelope(
                row.getUUID("id"),
                new AggregateType(service, row.getString("aggregatetype")),
                new TenantId(row.getString("tenant")),
                row.getUUID("aggregateid"),
                new Order(row.getInteger("epoch"), row.getLong("version")),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getString("traceparent"),
                row.getUUID("causationid"));
    }

    /** The relay has a thread of its own, and it does one thing after the other. */
    private static <T extends @Nullable Object> T now(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
