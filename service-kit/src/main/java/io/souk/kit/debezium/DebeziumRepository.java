package io.souk.kit.debezium;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.ForeignSources.ForeignSource;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@ApplicationScoped
class DebeziumRepository {
    /**
     * {@code now()} is the transaction's begin: whatever is committed before it is committed before this, and whatever own changes
     * the foreign watermarks speak of are too. As of the relay's marks it is 0 in a raised epoch until all was told once more. $1 type, $2 aggregates, $3 shards, $4 milliseconds, by source $5 consumers, $6 topics,
     * $7 epoch.
     */
    private static final String WRITE = """
            insert into relay_heartbeat (id, aggregatetype, record_key, type, payload, shard, occurred_at)
            select gen_random_uuid(), aggregate, 'heartbeat', $1,
                   jsonb_build_object('watermark',
                                      case when $7 = 1 or exists (select from told_epoch where told_epoch.epoch = $7)
                                           then (extract(epoch from now()) * 1000000)::bigint
                                           else 0
                                      end,
                                      'sources', coalesce(applied.watermarks, '{}')),
                   shard, now()
              from unnest($2::text[]) as aggregate
             cross join generate_series(0, $3 - 1) as shard
             cross join (select jsonb_object_agg(topic, watermark) as watermarks
                           from (select wanted.topic, min(known.watermark) as watermark
                                   from unnest($5::text[], $6::text[]) as wanted (consumer, topic)
                                  cross join lateral
                                        (select case when count(*) = $3 then min(source.watermark) else 0 end
                                           from source_watermark as source
                                          where source.consumer = wanted.consumer
                                            and source.topic = wanted.topic) as known (watermark)
                                  group by wanted.topic) as by_topic) as applied
             where not exists (select
                                 from relay_heartbeat
                                where occurred_at > now() - $4 * interval '1 millisecond')
            """;

    /** $1 milliseconds. */
    private static final String FORGET = """
            delete from relay_heartbeat
             where occurred_at < now() - $1 * interval '1 millisecond'
            """;

    /** $1 rows. */
    private static final String ROWS = """
            select seq, shard
              from outbox
             limit $1
            """;

    private static final String POSITION = "select pg_current_wal_insert_lsn()::text as position";

    /** $1 slot, $2 position. */
    private static final String IS_PAST = """
            select exists (select
                             from pg_replication_slots
                            where slot_name = $1
                              and database = current_database()
                              and confirmed_flush_lsn >= $2::text::pg_lsn) as past
            """;

    /** $1 seqs, $2 shards. */
    private static final String DELETE = """
            delete from outbox
             using unnest($1::bigint[], $2::int[]) as sent (seq, shard)
             where outbox.seq = sent.seq
               and outbox.shard = sent.shard
            """;

    /** The place of a row of the outbox. */
    record Place(long seq, int shard) {}

    /** Rows of the outbox, and a position of the database's log behind all of their commits. */
    record Seen(List<Place> rows, String position) {}

    Uni<Void> write(
            SqlConnection worker,
            String type,
            List<String> aggregates,
            int shards,
            int epoch,
            List<ForeignSource> foreign,
            Duration every) {
        return worker.preparedQuery(WRITE)
                .execute(Tuple.tuple()
                        .addString(type)
                        .addArrayOfString(aggregates.toArray(String[]::new))
                        .addInteger(shards)
                        .addLong(every.toMillis())
                        .addArrayOfString(
                                foreign.stream().map(ForeignSource::consumer).toArray(String[]::new))
                        .addArrayOfString(
                                foreign.stream().map(ForeignSource::topic).toArray(String[]::new))
                        .addInteger(epoch))
                .replaceWithVoid();
    }

    Uni<Void> forgetHeartbeats(SqlConnection worker, Duration age) {
        return worker.preparedQuery(FORGET).execute(Tuple.of(age.toMillis())).replaceWithVoid();
    }

    Uni<List<Place>> rows(SqlConnection worker, int most) {
        return worker.preparedQuery(ROWS).execute(Tuple.of(most)).map(found -> {
            var rows = new ArrayList<Place>(found.size());
            found.forEach(row -> rows.add(new Place(row.getLong("seq"), row.getInteger("shard"))));
            return rows;
        });
    }

    Uni<String> position(SqlConnection worker) {
        return worker.query(POSITION)
                .execute()
                .map(rows -> rows.iterator().next().getString("position"));
    }

    /** Whether there is such a slot, and its reader has been past the position for good. */
    Uni<Boolean> isPast(SqlConnection worker, String slot, String position) {
        return worker.preparedQuery(IS_PAST)
                .execute(Tuple.of(slot, position))
                .map(rows -> rows.iterator().next().getBoolean("past"));
    }

    Uni<Void> delete(SqlConnection worker, List<Place> rows) {
        return worker.preparedQuery(DELETE)
                .execute(Tuple.of(
                        rows.stream().map(Place::seq).toArray(Long[]::new),
                        rows.stream().map(Place::shard).toArray(Integer[]::new)))
                .replaceWithVoid();
    }
}
