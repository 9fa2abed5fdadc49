package io.souk.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.ForeignSources.ForeignSource;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.Order;
import io.souk.kit.protocol.Backlog;
import io.souk.kit.protocol.Mark;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;

/**
 * The outbox as the worker role sees it: all tenants, shard by shard. Every call is one transaction of one statement; those
 * that answer no {@link Uni} block, and all fail when the database is away.
 */
final class OutboxRepository {
    /** Asked for in the index's order, as in {@link #MARKS}, so that no shard without a row has the table read. $1 shards. */
    static final String WAITING = """
            select led.shard
              from unnest($1::int[]) as led (shard)
             cross join lateral
                   (select from outbox where outbox.shard = led.shard order by tenant, seq limit 1) as found
            """;

    /**
     * {@code now()} is the transaction's begin, and so precedes the snapshot: what is not visible here commits later than that.
     * It is 0 in a raised epoch until all was told once more: others have what the restored tables have forgotten, and nothing may prove it
     * to them. The sequence's last value is no lower than any {@code seq} in the snapshot. A foreign topic is known up to the earliest of its shards and of those who apply it; a shard without a row is known of
     * nothing. $1 shards, $2 consumers, $3 the topic of each, $4 how many shards there are, $5 epoch.
     */
    static final String MARKS = """
            with applied as (
                select wanted.topic, min(known.watermark) as watermark
                  from unnest($2::text[], $3::text[]) as wanted (consumer, topic)
                 cross join lateral
                       (select case when count(*) = $4 then min(source.watermark) else 0 end
                          from source_watermark as source
                         where source.consumer = wanted.consumer
                           and source.topic = wanted.topic) as known (watermark)
                 group by wanted.topic)
            select led.shard, case when found.waiting then drawn.last_value else 0 end as top,
                   case when $5 = 1 or exists (select from told_epoch where told_epoch.epoch = $5)
                        then (extract(epoch from now()) * 1000000)::bigint
                        else 0
                   end as own,
                   (select coalesce(array_agg(topic order by topic), '{}') from applied) as topics,
                   (select coalesce(array_agg(watermark order by topic), '{}') from applied) as watermarks
              from unnest($1::int[]) as led (shard)
              left join lateral
                   (select true from outbox where outbox.shard = led.shard order by tenant, seq limit 1) as found (waiting)
                on true
             cross join outbox_seq_seq as drawn
            """;

    /**
     * A shard's rows, up to $3 of them and $4 bytes, always the first one, however large. Tenants in turn, beginning behind
     * tenant $2 and round to it again: each tenant's oldest row, then each one's second, and so on. Goes from tenant to
     * tenant by the index, and reads of each no more than its share. Which row is the oldest is known where all tenants
     * have been seen; else it is said to be older than any. $1 shard.
     */
    static final String NEXT = """
            with recursive turn (place, tenant, beginning) as (
                select 1, head.tenant, head.tenant
                  from (select coalesce((select tenant from outbox where shard = $1 and tenant > $2 order by tenant limit 1),
                                        (select tenant from outbox where shard = $1 order by tenant limit 1)))
                       as head (tenant)
                 where head.tenant is not null
                union all
                select turn.place + 1, head.tenant, turn.beginning
                  from turn
                 cross join lateral
                       (select coalesce((select tenant from outbox where shard = $1 and tenant > turn.tenant
                                          order by tenant limit 1),
                                        (select tenant from outbox where shard = $1 order by tenant limit 1)))
                       as head (tenant)
                 where turn.place < $3
                   and head.tenant <> turn.beginning),
            due as (
                select queue.*, turn.place, row_number() over (partition by turn.place order by queue.seq) as round
                  from turn
                 cross join lateral
                       (select *, ctid from outbox
                         where shard = $1 and tenant = turn.tenant
                         order by seq
                         limit (select greatest(1, $3 / count(*)) from turn)) as queue),
            counted as (
                select *, sum(octet_length(payload)) over (order by round, place) - octet_length(payload) as bytes_before
                  from due)
            select seq, id, aggregatetype, aggregateid, type, payload, shard, tenant, version, epoch, occurred_at,
                   traceparent, causationid, ctid::text as spot,
                   case when (select count(*) from turn) < $3 then (select min(seq) from due) else 1 end as oldest
              from counted
             where bytes_before < $4
             order by round, place
            """;

    /**
     * Nothing goes once another relay has taken the lease, even if it has lost it again: it may have read a part of these rows
     * and sent it again, and the log would end with that part. The lease stays locked until the commit. Rows are found by
     * where they lie, which no plan can miss, and by {@code seq}, should the table have been rewritten meanwhile. $1 shard,
     * $2 where they lie, $3 seqs, $4 the lease's name, $5 term.
     */
    static final String DELETE = """
            with held as (select from relay_lease where name = $4 and holder = $5 for share),
            gone as (
                delete from outbox
                 where ctid = any ($2::text[]::tid[])
                   and shard = $1
                   and seq = any ($3)
                   and exists (select from held))
            select exists (select from held)
            """;

    /** The length is counted up to $1. */
    private static final String DEPTH = "with recursive " + OutboxReads.HEADS + """
            select (select count(*) from (select from outbox limit $1) as counted) as rows,
                   (select min(occurred_at) from head)                             as oldest
            """;

    private static final long COUNTED = 100_000;

    /** What waits in the outbox: how many rows, at most 100,000, and since when; nothing waits when there is no oldest. */
    record Depth(long rows, @Nullable Instant oldest) {}

    private final Transactions transactions;
    private final RelayConfig config;
    private final String service;
    private final int shards;
    private final IntSupplier epoch;
    private final String[] consumers;
    private final String[] topics;

    /** @param foreign what the marks tell of */
    OutboxRepository(
            Transactions transactions,
            RelayConfig config,
            String service,
            int shards,
            IntSupplier epoch,
            List<ForeignSource> foreign) {
        this.transactions = transactions;
        this.config = config;
        this.service = service;
        this.shards = shards;
        this.epoch = epoch;
        consumers = foreign.stream().map(ForeignSource::consumer).toArray(String[]::new);
        topics = foreign.stream().map(ForeignSource::topic).toArray(String[]::new);
    }

    /** Which of the shards have rows. */
    Set<Integer> waiting(Collection<Integer> shards) {
        var waiting = new HashSet<Integer>();
        for (var row : run(WAITING, Tuple.of(array(shards)))) {
            waiting.add(row.getInteger("shard"));
        }
        return waiting;
    }

    /** A mark for each of the shards, all of one snapshot. */
    Map<Integer, Mark> marks(Collection<Integer> shards) {
        var marks = new HashMap<Integer, Mark>();
        for (var row : run(MARKS, Tuple.of(array(shards), consumers, topics, this.shards, epoch.getAsInt()))) {
            marks.put(row.getInteger("shard"), new Mark(watermarks(row), row.getLong("top")));
        }
        return marks;
    }

    /**
     * What there is of the shard to send next, without a lower bound, so that an event whose transaction committed late is not
     * passed by.
     *
     * @param served the tenant that came last, whose turn is over
     */
    Backlog<OutboxRow> next(int shard, String served) {
        var found = run(NEXT, Tuple.of(shard, served, config.batchRows(), config.batchBytes()));
        var rows = new ArrayList<OutboxRow>(found.rowCount());
        long oldest = Backlog.EMPTY;
        for (var row : found) {
            rows.add(row(row));
            oldest = row.getLong("oldest");
        }
        return new Backlog<>(rows, oldest, isAll(rows));
    }

    /** Whether {@link #NEXT} can have left nothing: no tenant's share was used up, nor the bytes. */
    private boolean isAll(List<OutboxRow> rows) {
        long tenants =
                rows.stream().map(row -> row.envelope().tenant()).distinct().count();
        long bytes = rows.stream().mapToLong(row -> row.payload().length).sum();
        return rows.size() * tenants < config.batchRows() && bytes < config.batchBytes();
    }

    /** Removes events of a shard that are in the log, if its lease is held under the term: whether it is. */
    boolean delete(int shard, List<OutboxRow> sent, UUID term) {
        var spots = sent.stream().map(OutboxRow::spot).toArray(String[]::new);
        var seqs = sent.stream().map(OutboxRow::seq).toArray(Long[]::new);
        return run(DELETE, Tuple.of(shard, spots, seqs, RelayLeases.name(shard), term))
                .iterator()
                .next()
                .getBoolean(0);
    }

    Uni<Depth> depth() {
        return read(DEPTH, Tuple.of(COUNTED)).map(rows -> {
            var row = rows.iterator().next();
            @Nullable OffsetDateTime oldest = row.getOffsetDateTime("oldest");
            return new Depth(row.getLong("rows"), oldest == null ? null : oldest.toInstant());
        });
    }

    private static Watermarks watermarks(Row row) {
        var topics = row.getArrayOfStrings("topics");
        var micros = row.getArrayOfLongs("watermarks");
        var foreign = new HashMap<String, Long>();
        for (int i = 0; i < topics.length; i++) {
            foreign.put(topics[i], micros[i]);
        }
        return new Watermarks(row.getLong("own"), foreign);
    }

    private RowSet<Row> run(String sql, Tuple values) {
        return Blocking.await(read(sql, values));
    }

    private Uni<RowSet<Row>> read(String sql, Tuple values) {
        return transactions.asWorker(worker -> Uni.combine()
                .all()
                .unis(
                        worker.query(OutboxReads.BY_INDEX).execute(),
                        worker.preparedQuery(sql).execute(values))
                .with((_, rows) -> rows));
    }

    private static Integer[] array(Collection<Integer> shards) {
        return shards.toArray(Integer[]::new);
    }

    private OutboxRow row(Row row) {
        return new OutboxRow(
                row.getLong("seq"),
                row.getString("spot"),
                row.getInteger("shard"),
                row.getString("type"),
                envelope(row),
                row.getString("payload").getBytes(StandardCharsets.UTF_8));
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
}
