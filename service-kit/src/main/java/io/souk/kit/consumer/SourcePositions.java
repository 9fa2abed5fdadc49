package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.SourceStep.Apply;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Where consumers are in the topics that they apply to own tables: beside those tables, so that a restore takes both back
 * together.
 */
@ApplicationScoped
class SourcePositions {
    /** $1 consumer, $2 topic. */
    static final String FIND = """
            select shard, read_offset, watermark
              from source_watermark
             where consumer = $1
               and topic = $2
            """;

    /**
     * Moves each shard's position from where it was when its records were read; one that is elsewhere stays. $1 consumer,
     * $2 topic, then by shard: $3 shards, $4 old offsets, $5 new offsets, $6 new watermarks, $7 the old offset of who has none.
     */
    static final String MOVE = """
            with reached as (
                select *
                  from unnest($3::int[], $4::bigint[], $5::bigint[], $6::bigint[])
                    as reached (shard, before, read_offset, watermark)),
            begun as (
                insert into source_watermark (consumer, topic, shard, read_offset, watermark)
                select $1, $2, shard, read_offset, watermark
                  from reached
                 where before = $7
                    on conflict do nothing
                returning shard),
            moved as (
                update source_watermark as source
                   set read_offset = reached.read_offset,
                       watermark   = reached.watermark
                  from reached
                 where source.consumer = $1
                   and source.topic = $2
                   and source.shard = reached.shard
                   and source.read_offset = reached.before
                returning source.shard)
            select shard from begun union all select shard from moved
            """;

    /** What a crash of the server takes back is applied again, so nothing waits for its disk. */
    private static final String WITHOUT_WAITING_FOR_THE_DISK = "set local synchronous_commit = off";

    private final Transactions transactions;

    SourcePositions(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The positions of the consumer, by shard; none where it has not begun. */
    Uni<Map<Integer, Position>> find(String consumer, AggregateType source) {
        return transactions.asWorker(sql -> sql.preparedQuery(FIND)
                .execute(Tuple.of(consumer, source.sourceName()))
                .map(rows -> {
                    var found = new HashMap<Integer, Position>();
                    for (var row : rows) {
                        found.put(
                                row.getInteger("shard"),
                                new Position(row.getLong("read_offset"), Watermarks.own(row.getLong("watermark"))));
                    }
                    return found;
                }));
    }

    /**
     * Moves positions behind what has been applied and committed, by shard; those that it moved. Another one was elsewhere: it
     * was restored with its database, or moved by another reader.
     */
    Uni<Set<Integer>> move(String consumer, AggregateType source, Map<Integer, ? extends Apply<?>> applied) {
        var steps = List.copyOf(applied.values());
        var values = Tuple.tuple()
                .addString(consumer)
                .addString(source.sourceName())
                .addArrayOfInteger(List.copyOf(applied.keySet()).toArray(Integer[]::new))
                .addArrayOfLong(longs(steps, step -> step.position().offset()))
                .addArrayOfLong(longs(steps, step -> step.reached().offset()))
                .addArrayOfLong(longs(steps, step -> step.reached().watermarks().ownMicros()))
                .addLong(Position.BEFORE_START);
        return transactions.asWorker(sql -> Uni.combine() // sent together
                .all()
                .unis(
                        sql.query(WITHOUT_WAITING_FOR_THE_DISK).execute(),
                        sql.preparedQuery(MOVE).execute(values))
                .with((_, moved) -> shards(moved)));
    }

    private static Long[] longs(List<? extends Apply<?>> steps, ToLongFunction<Apply<?>> part) {
        return steps.stream().mapToLong(part).boxed().toArray(Long[]::new);
    }

    private static Set<Integer> shards(RowSet<Row> rows) {
        var shards = new HashSet<Integer>();
        rows.forEach(row -> shards.add(row.getInteger(0)));
        return shards;
    }
}
