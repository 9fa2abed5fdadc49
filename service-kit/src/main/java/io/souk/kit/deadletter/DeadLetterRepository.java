package io.souk.kit.deadletter;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.DeadLetterIndex.GivenUp;
import io.souk.kit.event.EventRecords;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The letters as the worker role sees them: those of all tenants, and of none. */
@ApplicationScoped
class DeadLetterRepository {
    private static final String ABOUT = """
             seq, id, consumer, topic, shard, record_offset, tenant, event_id, reason, given_up_at, attempts, attempted_at,
             redriven_at,
            """;

    private static final String WHOLE = ABOUT + """
             record_key, record_value, record_headers
            """;

    /** What a list shows: a page of whole records could be hundreds of megabytes. */
    private static final String SUMMARY = ABOUT + """
             substring(record_key for 200) as record_key, null::bytea as record_value, '[]'::bytea as record_headers
            """;

    private static final int MAX_EVENT_ID = 100;

    /** Given up once more, it is open once more. */
    private static final String ADD = """
            insert into dead_letter (id, consumer, topic, shard, record_offset, tenant, record_key, record_value,
                                     record_headers, event_id, reason, given_up_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            on conflict (id) do update
               set reason      = excluded.reason,
                   given_up_at = excluded.given_up_at,
                   redriven_at = null
            """;

    private static final String FIND = "select" + WHOLE + """
              from dead_letter
             where id = $1
            """;

    /** $1 to $6 as {@link Letters} names them, null for any. */
    private static final String MEANT = """
             where ($1::uuid is null or id = $1)
               and ($2::text is null or tenant = $2)
               and ($3::text is null or consumer = $3)
               and ($4::text is null or topic = $4)
               and ($5::timestamptz is null or given_up_at >= $5)
               and ($6::timestamptz is null or given_up_at < $6)
            """;

    /** $7 whether redriven, null for either, $8 the place before which to go on, $9 rows. */
    private static final String LIST = "select" + SUMMARY + "from dead_letter" + MEANT + """
               and ($7::boolean is null or (redriven_at is not null) = $7)
               and seq < $8
             order by seq desc
             limit $9
            """;

    private static final String COUNT = "select count(*) as letters, coalesce(max(seq), 0) as last from dead_letter"
            + MEANT + " and redriven_at is null";

    /** The next open one, $7 after that place and $8 not behind that one. */
    private static final String NEXT = "select" + WHOLE + "from dead_letter" + MEANT + """
               and redriven_at is null
               and seq > $7
               and seq <= $8
             order by seq
             limit 1
            """;

    private static final String REDRIVEN = """
            update dead_letter
               set redriven_at = now()
             where seq = $1
            """;

    private static final String FAILED = """
            update dead_letter
               set attempts     = attempts + 1,
                   attempted_at = now(),
                   reason       = $2
             where seq = $1
            """;

    private static final String COUNT_OPEN = """
            select consumer, count(*) as letters
              from dead_letter
             where redriven_at is null
             group by consumer
            """;

    /** $1 milliseconds, $2 rows. */
    private static final String FORGET = """
            delete from dead_letter
             where seq = any (array(select seq
                                      from dead_letter
                                     where given_up_at < now() - $1 * interval '1 millisecond'
                                     order by given_up_at
                                     limit $2))
            """;

    /** @param last the place of the last of them; 0 when there is none */
    record Open(long letters, long last) {}

    Uni<Void> add(SqlConnection worker, GivenUp letter) {
        var record = letter.record();
        var key = EventRecords.findKey(record);
        return worker.preparedQuery(ADD)
                .execute(Tuple.tuple()
                        .addUUID(id(letter))
                        .addString(letter.consumer())
                        .addString(record.topic())
                        .addInteger(record.partition())
                        .addLong(record.offset())
                        .addString(key == null ? null : key.tenant().value())
                        .addBuffer(buffer(record.key()))
                        .addBuffer(buffer(record.value()))
                        .addBuffer(Buffer.buffer(StoredHeaders.encode(record.headers())))
                        .addString(eventId(record))
                        .addString(letter.reason())
                        .addOffsetDateTime(letter.at().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Optional<DeadLetter>> find(SqlConnection worker, UUID id) {
        return worker.preparedQuery(FIND).execute(Tuple.of(id)).map(DeadLetterRepository::first);
    }

    /** Those before a place, newest first, at most {@code rows}; each without value and headers, and of its key the beginning. */
    Uni<List<DeadLetter>> list(
            SqlConnection worker, Letters meant, @Nullable DeadLetterState state, long before, int rows) {
        return worker.preparedQuery(LIST)
                .execute(meant(meant)
                        .addBoolean(state == null ? null : state == DeadLetterState.REDRIVEN)
                        .addLong(before)
                        .addInteger(rows))
                .map(found -> {
                    var letters = new ArrayList<DeadLetter>(found.size());
                    found.forEach(row -> letters.add(letter(row)));
                    return letters;
                });
    }

    Uni<Open> open(SqlConnection worker, Letters meant) {
        return worker.preparedQuery(COUNT).execute(meant(meant)).map(rows -> {
            var row = rows.iterator().next();
            return new Open(row.getLong("letters"), row.getLong("last"));
        });
    }

    Uni<Optional<DeadLetter>> next(SqlConnection worker, Letters meant, long after, long last) {
        return worker.preparedQuery(NEXT)
                .execute(meant(meant).addLong(after).addLong(last))
                .map(DeadLetterRepository::first);
    }

    Uni<Void> redriven(SqlConnection worker, long seq) {
        return worker.preparedQuery(REDRIVEN).execute(Tuple.of(seq)).replaceWithVoid();
    }

    Uni<Void> failed(SqlConnection worker, long seq, String reason) {
        return worker.preparedQuery(FAILED).execute(Tuple.of(seq, reason)).replaceWithVoid();
    }

    /** Open letters by consumer; a consumer without any is not named. */
    Uni<Map<String, Long>> countOpen(SqlConnection worker) {
        return worker.preparedQuery(COUNT_OPEN).execute().map(rows -> {
            var counts = new TreeMap<String, Long>();
            rows.forEach(row -> counts.put(row.getString("consumer"), row.getLong("letters")));
            return counts;
        });
    }

    /** How many went. */
    Uni<Integer> forget(SqlConnection worker, Duration retention, int rows) {
        return worker.preparedQuery(FORGET)
                .execute(Tuple.of(retention.toMillis(), rows))
                .map(forgotten -> forgotten.rowCount());
    }

    /** Of where the record came from and what it says: a topic that was made anew counts its offsets anew. */
    private static UUID id(GivenUp letter) {
        var record = letter.record();
        var origin = "%s %s-%d@%d %s "
                .formatted(
                        letter.consumer(),
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        EventRecords.find(record.headers(), EventRecords.ID))
                .getBytes(StandardCharsets.UTF_8);
        var key = bytes(record.key());
        var value = bytes(record.value());
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(origin.length + key.length + value.length)
                .put(origin)
                .put(key)
                .put(value)
                .array());
    }

    private static byte[] bytes(byte @Nullable [] some) {
        return some == null ? new byte[0] : some;
    }

    private static Tuple meant(Letters meant) {
        return Tuple.tuple()
                .addUUID(meant.id())
                .addString(meant.tenant())
                .addString(meant.consumer())
                .addString(meant.topic())
                .addOffsetDateTime(moment(meant.from()))
                .addOffsetDateTime(moment(meant.until()));
    }

    private static @Nullable OffsetDateTime moment(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<DeadLetter> first(Iterable<Row> rows) {
        var found = rows.iterator();
        return found.hasNext() ? Optional.of(letter(found.next())) : Optional.empty();
    }

    private static DeadLetter letter(Row row) {
        var key = row.getBuffer("record_key");
        var value = row.getBuffer("record_value");
        var headers = StoredHeaders.decode(row.getBuffer("record_headers").getBytes());
        return new DeadLetter(
                row.getLong("seq"),
                row.getUUID("id"),
                row.getString("consumer"),
                new ConsumerRecord<>(
                        row.getString("topic"),
                        row.getInteger("shard"),
                        row.getLong("record_offset"),
                        ConsumerRecord.NO_TIMESTAMP,
                        TimestampType.NO_TIMESTAMP_TYPE,
                        size(key),
                        size(value),
                        bytesOrNull(key),
                        bytesOrNull(value),
                        headers,
                        Optional.empty()),
                row.getString("tenant"),
                row.getString("event_id"),
                row.getString("reason"),
                row.getOffsetDateTime("given_up_at").toInstant(),
                row.getInteger("attempts"),
                instant(row.getOffsetDateTime("attempted_at")),
                instant(row.getOffsetDateTime("redriven_at")));
    }

    private static int size(@Nullable Buffer some) {
        return some == null ? ConsumerRecord.NULL_SIZE : some.length();
    }

    @SuppressWarnings("NullAway") // Kafka's records hold null where there is none, and say so nowhere
    private static byte[] bytesOrNull(@Nullable Buffer some) {
        return some == null ? null : some.getBytes();
    }

    private static @Nullable Buffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : Buffer.buffer(bytes);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }

    /** PostgreSQL's texts hold no NUL, and a header may hold anything, and much of it. */
    private static @Nullable String eventId(ConsumerRecord<?, ?> record) {
        var id = EventRecords.find(record.headers(), EventRecords.ID);
        return id == null
                ? null
                : id.substring(0, Math.min(id.length(), MAX_EVENT_ID)).replace('\0', '\uFFFD');
    }
}
