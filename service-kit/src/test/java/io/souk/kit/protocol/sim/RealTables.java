package io.souk.kit.protocol.sim;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.PositionSql;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.OutboxSql;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.Watermarks;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What {@link Database} does of a shard, in PostgreSQL, by the very statements of live code. */
final class RealTables {
    /** No test takes that long. */
    private static final long HOUR_MILLIS = 3_600_000;

    private static final String EXPIRE = "update relay_lease set expires_at = now() where name = $1";
    private static final String CONSUMER = "generated";

    /** A row that waits, as a relay finds it. */
    record Waiting(UUID id, long seq, String spot, String tenant, long version) {}

    private final SqlConnection sql;
    private final int shard;

    /** @param shard which nobody else uses */
    RealTables(SqlConnection sql, int shard) {
        this.sql = sql;
        this.shard = shard;
    }

    Uni<Void> append(UUID id, String tenant, Order order) {
        return sql.preparedQuery(OutboxSql.INSERT)
                .execute(Tuple.tuple()
                        .addString(tenant)
                        .addInteger(order.epoch())
                        .addString(null)
                        .addArrayOfUUID(new UUID[] {id})
                        .addArrayOfString(new String[] {"thing"})
                        .addArrayOfUUID(new UUID[] {Ids.next()})
                        .addArrayOfString(new String[] {"any"})
                        .addArrayOfString(new String[] {"{}"})
                        .addArrayOfInteger(new Integer[] {shard})
                        .addArrayOfLong(new Long[] {order.version()})
                        .addArrayOfUUID(new @Nullable UUID[] {null}))
                .replaceWithVoid();
    }

    Uni<List<Waiting>> next(String served, int most) {
        return sql.preparedQuery(OutboxSql.NEXT)
                .execute(Tuple.of(shard, served, most, 1_000_000))
                .map(rows -> {
                    var found = new ArrayList<Waiting>();
                    rows.forEach(row -> found.add(new Waiting(
                            row.getUUID("id"),
                            row.getLong("seq"),
                            row.getString("spot"),
                            row.getString("tenant"),
                            row.getLong("version"))));
                    return found;
                });
    }

    Uni<Boolean> delete(List<Waiting> sent, UUID term) {
        return sql.preparedQuery(OutboxSql.DELETE)
                .execute(Tuple.of(
                        shard,
                        sent.stream().map(Waiting::spot).toArray(String[]::new),
                        sent.stream().map(Waiting::seq).toArray(Long[]::new),
                        OutboxSql.lease(shard),
                        term))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Boolean> takeLease(UUID replica, UUID term) {
        return sql.preparedQuery(OutboxSql.TAKE)
                .execute(Tuple.of(new String[] {OutboxSql.lease(shard)}, 1, term, replica, HOUR_MILLIS))
                .map(rows -> rows.size() == 1);
    }

    Uni<Boolean> keepLease(UUID term) {
        return sql.preparedQuery(OutboxSql.KEEP)
                .execute(mine(term).addLong(HOUR_MILLIS))
                .map(rows -> rows.size() == 1);
    }

    Uni<Void> giveLeaseUp(UUID term) {
        return sql.preparedQuery(OutboxSql.GIVE_UP).execute(mine(term)).replaceWithVoid();
    }

    private Tuple mine(UUID term) {
        return Tuple.of(new String[] {OutboxSql.lease(shard)}, new UUID[] {term});
    }

    /** The lease's time is over. */
    Uni<Void> expire() {
        return sql.preparedQuery(EXPIRE)
                .execute(Tuple.of(OutboxSql.lease(shard)))
                .replaceWithVoid();
    }

    /** The positions in the foreign topic, by partition; none where nothing was ever read. */
    Uni<Map<Integer, Position>> positions() {
        return sql.preparedQuery(PositionSql.FIND)
                .execute(Tuple.of(CONSUMER, topic()))
                .map(rows -> {
                    var found = new TreeMap<Integer, Position>();
                    rows.forEach(row -> found.put(
                            row.getInteger("shard"),
                            new Position(row.getLong("read_offset"), Watermarks.own(row.getLong("watermark")))));
                    return found;
                });
    }

    Uni<Boolean> move(int partition, Position before, Position after) {
        return sql.preparedQuery(PositionSql.MOVE)
                .execute(Tuple.tuple()
                        .addString(CONSUMER)
                        .addString(topic())
                        .addArrayOfInteger(new Integer[] {partition})
                        .addArrayOfLong(new Long[] {before.offset()})
                        .addArrayOfLong(new Long[] {after.offset()})
                        .addArrayOfLong(new Long[] {after.watermarks().ownMicros()})
                        .addLong(Position.BEFORE_START))
                .map(RowSet::size)
                .map(moved -> moved == 1);
    }

    private String topic() {
        return "generated." + shard;
    }
}
