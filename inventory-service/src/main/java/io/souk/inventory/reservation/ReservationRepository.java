package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.Shortage;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

@ApplicationScoped
class ReservationRepository {
    /**
     * One that this transaction has locked.
     *
     * @param heldSince since when its owner holds something: when it was made, or the first of those which it and they replaced
     * @param due whether its time has run out, whether or not the sweep has come by
     */
    record Locked(Reservation reservation, Instant heldSince, boolean due) {}

    /**
     * Waits for whoever inserts one for the same order at the moment; in the order of the orders, so that two batches never wait
     * for each other. Returns nothing for an order that has one.
     */
    private static final String INSERT = """
        insert into reservation (tenant, id, order_id, owner, status, expires_at, held_since, version, created_at, updated_at)
        select $1, made.id, made.order_id, made.owner, made.status,
               least(now() + made.lifetime * interval '1 millisecond', made.ends_by), made.held_since, 1, now(), now()
          from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::double precision[], $7::timestamptz[], $8::timestamptz[])
                   as made (id, order_id, owner, status, lifetime, held_since, ends_by)
         order by made.order_id
            on conflict (tenant, order_id) do nothing
        returning id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
        """;

    private static final String LOCK_BY_ORDER = """
        select id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
          from reservation
         where tenant = $1
           and order_id = $2
           for update
        """;

    /** In the order of their ids, so that nobody waits in a ring. */
    private static final String LOCK = """
        select id, order_id, owner, status, refused, expires_at, version, created_at, updated_at,
               coalesce(held_since, created_at) as held_since, expires_at <= clock_timestamp() as due
          from reservation
         where tenant = $1
           and id = any ($2)
         order by id
           for update
        """;

    /** Newest first, before the id $2. */
    private static final String LIST = """
        select id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
          from reservation
         where tenant = $1
           and id < $2
         order by id desc
         limit $3
        """;

    private static final String LIST_BY_STATUS = """
        select id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
          from reservation
         where tenant = $1
           and status = $2
           and id < $3
         order by id desc
         limit $4
        """;

    /** In whatever status for a null $5. */
    private static final String LIST_BY_OWNER = """
        select id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
          from reservation
         where tenant = $1
           and owner = $2
           and id < $3
           and ($5::text is null or status = $5)
         order by id desc
         limit $4
        """;

    private static final String FIND = """
        select id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
          from reservation
         where tenant = $1
           and id = $2
        """;

    /** For rows of this very transaction: nobody has seen their version 1 yet. */
    private static final String REFUSE_NEW = """
        update reservation
           set status = 'REFUSED', refused = short.refused::jsonb
          from unnest($2::uuid[], $3::text[]) as short (id, refused)
         where reservation.tenant = $1
           and reservation.id = short.id
        returning reservation.id, order_id, owner, status, reservation.refused, expires_at, version, created_at, updated_at
        """;

    private static final String REFUSE = """
        update reservation
           set status = 'REFUSED', refused = $3, version = version + 1, updated_at = now()
         where tenant = $1
           and id = $2
        returning id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
        """;

    private static final String CHANGE_STATUS = """
        update reservation
           set status = $3, version = version + 1, updated_at = now()
         where tenant = $1
           and id = any ($2)
        returning id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
        """;

    /** Never beyond $4 after its owner began to hold; null is no bound. */
    private static final String RENEW = """
        update reservation
           set expires_at = least(clock_timestamp() + $3 * interval '1 millisecond',
                                  coalesce(held_since, created_at) + $4::double precision * interval '1 millisecond'),
               version = version + 1, updated_at = now()
         where tenant = $1
           and id = $2
        returning id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
        """;

    /**
     * Across tenants, so only for the worker role: the longest due of each tenant, then the second of each, and so on, at most $2 and
     * none of $1. Whoever has thousands keeps nobody waiting who has one. Tenants are found by hopping over the index from one to the
     * next, so that a backlog is not read for each batch that is taken from it; and not at all while nothing is due.
     */
    private static final String FIND_DUE = """
        with recursive holder as (
            (select tenant
               from reservation
              where status = 'OPEN'
                and exists (select from reservation where status = 'OPEN' and expires_at <= now())
              order by tenant
              limit 1)
            union all
            select (select next.tenant
                      from reservation next
                     where next.status = 'OPEN'
                       and next.tenant > holder.tenant
                     order by next.tenant
                     limit 1)
              from holder
             where holder.tenant is not null)
        select due.tenant, due.id
          from holder
         cross join lateral (
               select tenant, id, expires_at, row_number() over (order by expires_at, id) as place
                 from (select tenant, id, expires_at
                         from reservation
                        where tenant = holder.tenant
                          and status = 'OPEN'
                          and expires_at <= now()
                          and id <> all ($1)
                        order by expires_at, id
                        limit $2) as longest) as due
         order by due.place, due.expires_at, due.id
         limit $2
        """;

    /** A level that somebody keeps locked costs its tenant a turn, and the others no more than this. */
    private static final String WAIT_BRIEFLY = "set local lock_timeout = '300ms'";

    /** Those of $2 that are still open and due, unless somebody is just changing them. */
    private static final String EXPIRE_DUE = """
        with due as (
            select id
              from reservation
             where tenant = $1
               and id = any ($2)
               and status = 'OPEN'
               and expires_at <= now()
             order by id
               for update skip locked
        )
        update reservation
           set status = 'EXPIRED', version = version + 1, updated_at = now()
          from due
         where reservation.tenant = $1
           and reservation.id = due.id
        returning reservation.id, order_id, owner, status, refused, expires_at, version, created_at, updated_at
        """;

    /** What was made of them, in no order: all but those of orders that have one. */
    Uni<List<Reservation>> insert(Tx tx, List<NewReservation> made) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addString(tx.tenant().value())
                        .addArrayOfUUID(made.stream().map(NewReservation::id).toArray(UUID[]::new))
                        .addArrayOfUUID(
                                made.stream().map(NewReservation::orderId).toArray(UUID[]::new))
                        .addArrayOfString(
                                made.stream().map(NewReservation::owner).toArray(String[]::new))
                        .addArrayOfString(
                                made.stream().map(one -> one.status().name()).toArray(String[]::new))
                        .addArrayOfDouble(made.stream()
                                .map(one -> (double) one.lifetime().toMillis())
                                .toArray(Double[]::new))
                        .addArrayOfOffsetDateTime(moments(made, NewReservation::heldSince))
                        .addArrayOfOffsetDateTime(moments(made, NewReservation::endsBy)))
                .map(ReservationRepository::reservations);
    }

    private static OffsetDateTime[] moments(
            List<NewReservation> made, Function<NewReservation, @Nullable Instant> moment) {
        return made.stream()
                .map(one -> {
                    @Nullable Instant at = moment.apply(one);
                    return at == null ? null : at.atOffset(ZoneOffset.UTC);
                })
                .toArray(OffsetDateTime[]::new);
    }

    Uni<Optional<Reservation>> lockByOrder(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(LOCK_BY_ORDER)
                .execute(Tuple.of(tx.tenant().value(), order))
                .map(rows -> rows.stream().findFirst().map(ReservationRepository::reservation));
    }

    Uni<Optional<Reservation>> find(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> rows.stream().findFirst().map(ReservationRepository::reservation));
    }

    /** Those there are; no other transaction changes them until this one ends. */
    Uni<List<Locked>> lock(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .map(row -> new Locked(
                                reservation(row),
                                row.getOffsetDateTime("held_since").toInstant(),
                                row.getBoolean("due")))
                        .toList());
    }

    /** Newest first, behind the id {@code before}; of the owner, and in the status, unless that is null. */
    Uni<List<Reservation>> list(
            Tx tx, @Nullable String owner, @Nullable ReservationStatus status, UUID before, int rows) {
        var tenant = tx.tenant().value();
        @Nullable String name = status == null ? null : status.name();
        if (owner != null) {
            return listed(tx, LIST_BY_OWNER, Tuple.of(tenant, owner, before, rows, name));
        }
        return name == null
                ? listed(tx, LIST, Tuple.of(tenant, before, rows))
                : listed(tx, LIST_BY_STATUS, Tuple.of(tenant, name, before, rows));
    }

    private static Uni<List<Reservation>> listed(Tx tx, String statement, Tuple values) {
        return tx.sql().preparedQuery(statement).execute(values).map(ReservationRepository::reservations);
    }

    Uni<List<Reservation>> refuseNew(Tx tx, Map<UUID, List<Shortage>> refused) {
        return tx.sql()
                .preparedQuery(REFUSE_NEW)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        refused.keySet().toArray(UUID[]::new),
                        refused.values().stream()
                                .map(lines -> json(lines).encode())
                                .toArray(String[]::new)))
                .map(ReservationRepository::reservations);
    }

    Uni<Reservation> refuse(Tx tx, UUID id, List<Shortage> refused) {
        return tx.sql()
                .preparedQuery(REFUSE)
                .execute(Tuple.of(tx.tenant().value(), id, json(refused)))
                .map(rows -> reservation(rows.iterator().next()));
    }

    Uni<List<Reservation>> changeStatus(Tx tx, Collection<UUID> ids, ReservationStatus status) {
        return tx.sql()
                .preparedQuery(CHANGE_STATUS)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new), status.name()))
                .map(ReservationRepository::reservations);
    }

    Uni<Reservation> changeStatus(Tx tx, UUID id, ReservationStatus status) {
        return changeStatus(tx, List.of(id), status).map(List::getFirst);
    }

    /**
     * From now on by the clock of the database.
     *
     * @param longest after which it ends anyway, from when its owner began to hold; null for no such bound
     */
    Uni<Reservation> renew(Tx tx, UUID id, Duration lifetime, @Nullable Duration longest) {
        return tx.sql()
                .preparedQuery(RENEW)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        id,
                        (double) lifetime.toMillis(),
                        longest == null ? null : (double) longest.toMillis()))
                .map(rows -> reservation(rows.iterator().next()));
    }

    /** For locks, until the transaction ends. */
    Uni<Void> waitBriefly(Tx tx) {
        return tx.sql().query(WAIT_BRIEFLY).execute().replaceWithVoid();
    }

    /** Of all tenants in turn, the longest due first, but none of these. Not locked: see {@link #expireDue}. */
    Uni<List<DueReservation>> findDue(SqlConnection worker, Collection<UUID> except, int limit) {
        return worker.preparedQuery(FIND_DUE)
                .execute(Tuple.of(except.toArray(UUID[]::new), limit))
                .map(rows -> rows.stream()
                        .map(row -> new DueReservation(new TenantId(row.getString("tenant")), row.getUUID("id")))
                        .toList());
    }

    Uni<List<Reservation>> expireDue(Tx tx, List<UUID> due) {
        return tx.sql()
                .preparedQuery(EXPIRE_DUE)
                .execute(Tuple.of(tx.tenant().value(), due.toArray(UUID[]::new)))
                .map(ReservationRepository::reservations);
    }

    private static List<Reservation> reservations(RowSet<Row> rows) {
        return rows.stream().map(ReservationRepository::reservation).toList();
    }

    private static Reservation reservation(Row row) {
        return new Reservation(
                row.getUUID("id"),
                row.getUUID("order_id"),
                row.getString("owner"),
                ReservationStatus.valueOf(row.getString("status")),
                shortages(row.getJsonArray("refused")),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static JsonArray json(List<Shortage> refused) {
        var array = new JsonArray();
        refused.forEach(line -> array.add(new JsonObject()
                .put("line", line.line())
                .put("sku", line.sku())
                .put("requested", line.requested())
                .put("available", line.available())
                .put("reason", line.reason())));
        return array;
    }

    private static List<Shortage> shortages(@Nullable JsonArray refused) {
        return refused == null
                ? List.of()
                : IntStream.range(0, refused.size())
                        .mapToObj(refused::getJsonObject)
                        .map(ReservationRepository::shortage)
                        .toList();
    }

    private static Shortage shortage(JsonObject line) {
        @Nullable String reason = line.getString("reason");
        return new Shortage(
                line.getInteger("line"),
                line.getString("sku"),
                line.getLong("requested"),
                line.getLong("available"),
                reason == null ? null : Shortage.Reason.valueOf(reason));
    }
}
