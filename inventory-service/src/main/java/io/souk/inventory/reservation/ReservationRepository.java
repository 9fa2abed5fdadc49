package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Shortage;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.time.ZoneOffset.UTC;

@ApplicationScoped
class ReservationRepository {
    /** Waits for whoever inserts one for the same order at the moment. Returns nothing when the order has one. */
    private static final String INSERT = """
        insert into reservation (tenant, id, order_id, status, expires_at, version, created_at, updated_at)
        values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond', 1, now(), now())
            on conflict (tenant, order_id) do nothing
        returning id, order_id, status, refused, expires_at, version, created_at, updated_at
        """;

    private static final String LOCK_BY_ORDER = """
        select id, order_id, status, refused, expires_at, version, created_at, updated_at
          from reservation
         where tenant = $1
           and order_id = $2
           for update
        """;

    private static final String FIND = """
        select id, order_id, status, refused, expires_at, version, created_at, updated_at
          from reservation
         where tenant = $1
           and id = $2
        """;

    /** For a row of this very transaction: nobody has seen its version 1 yet. */
    private static final String REFUSE_NEW = """
        update reservation
           set status = 'REFUSED', refused = $3
         where tenant = $1
           and id = $2
        returning id, order_id, status, refused, expires_at, version, created_at, updated_at
        """;

    private static final String REFUSE = """
        update reservation
           set status = 'REFUSED', refused = $3, version = version + 1, updated_at = now()
         where tenant = $1
           and id = $2
        returning id, order_id, status, refused, expires_at, version, created_at, updated_at
        """;

    private static final String CHANGE_STATUS = """
        update reservation
           set status = $3, version = version + 1, updated_at = now()
         where tenant = $1
           and id = $2
        returning id, order_id, status, refused, expires_at, version, created_at, updated_at
        """;

    /** Across tenants, so only for the worker role. $1 to $3 time, tenant and id of the last one seen, $4 at most so many. */
    private static final String FIND_DUE = """
        select expires_at, tenant, id
          from reservation
         where status = 'OPEN'
           and expires_at <= now()
           and (expires_at, tenant, id) > ($1, $2, $3)
         order by expires_at, tenant, id
         limit $4
           for update skip locked
        """;

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
        returning reservation.id, order_id, status, refused, expires_at, version, created_at, updated_at
        """;

    private static final String INSERT_HOLDS = """
        insert into reservation_hold (tenant, reservation_id, line, level_id, quantity)
        select $1, $2, hold.line, hold.level_id, hold.quantity
          from unnest($3::integer[], $4::uuid[], $5::bigint[]) as hold (line, level_id, quantity)
        """;

    private static final String REMOVE_HOLDS = """
        delete from reservation_hold
         where tenant = $1
           and reservation_id = $2
        """;

    private static final String LIST_HOLDS = """
        select hold.reservation_id, hold.line, hold.level_id, level.location_id, level.variant_id, level.sku, hold.quantity
          from reservation_hold hold
          join stock_level level on level.tenant = hold.tenant and level.id = hold.level_id
         where hold.tenant = $1
           and hold.reservation_id = any ($2)
         order by hold.reservation_id, hold.line, hold.level_id
        """;

    Uni<Optional<Reservation>> insert(Tx tx, UUID id, UUID order, ReservationStatus status, Duration lifetime) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(tx.tenant().value(), id, order, status.name(), (double) lifetime.toMillis()))
                .map(rows -> rows.stream().findFirst().map(ReservationRepository::reservation));
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

    Uni<Reservation> refuseNew(Tx tx, UUID id, List<Shortage> refused) {
        return tx.sql()
                .preparedQuery(REFUSE_NEW)
                .execute(Tuple.of(tx.tenant().value(), id, json(refused)))
                .map(rows -> reservation(rows.iterator().next()));
    }

    Uni<Reservation> refuse(Tx tx, UUID id, List<Shortage> refused) {
        return tx.sql()
                .preparedQuery(REFUSE)
                .execute(Tuple.of(tx.tenant().value(), id, json(refused)))
                .map(rows -> reservation(rows.iterator().next()));
    }

    Uni<Reservation> changeStatus(Tx tx, UUID id, ReservationStatus status) {
        return tx.sql()
                .preparedQuery(CHANGE_STATUS)
                .execute(Tuple.of(tx.tenant().value(), id, status.name()))
                .map(rows -> reservation(rows.iterator().next()));
    }

    /** The longest due of all tenants, behind the last one unless it is null. Not locked any more: see {@link #expireDue}. */
    Uni<List<DueReservation>> findDue(Transactions transactions, @Nullable DueReservation last, int limit) {
        var behind = last == null
                ? Tuple.of(Instant.EPOCH.atOffset(UTC), "", new UUID(0, 0), limit)
                : Tuple.of(last.expiresAt().atOffset(UTC), last.tenant().value(), last.id(), limit);
        return transactions.asWorker(worker -> worker.preparedQuery(FIND_DUE)
                .execute(behind)
                .map(rows -> rows.stream()
                        .map(row -> new DueReservation(
                                row.getOffsetDateTime("expires_at").toInstant(),
                                new TenantId(row.getString("tenant")),
                                row.getUUID("id")))
                        .toList()));
    }

    Uni<List<Reservation>> expireDue(Tx tx, List<UUID> due) {
        return tx.sql()
                .preparedQuery(EXPIRE_DUE)
                .execute(Tuple.of(tx.tenant().value(), due.toArray(UUID[]::new)))
                .map(rows ->
                        rows.stream().map(ReservationRepository::reservation).toList());
    }

    Uni<Void> insertHolds(Tx tx, UUID reservation, List<Hold> holds) {
        return tx.sql()
                .preparedQuery(INSERT_HOLDS)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        reservation,
                        holds.stream().map(Hold::line).toArray(Integer[]::new),
                        holds.stream().map(Hold::levelId).toArray(UUID[]::new),
                        holds.stream().map(Hold::quantity).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> removeHolds(Tx tx, UUID reservation) {
        return tx.sql()
                .preparedQuery(REMOVE_HOLDS)
                .execute(Tuple.of(tx.tenant().value(), reservation))
                .replaceWithVoid();
    }

    Uni<Holds> listHolds(Tx tx, Collection<UUID> reservations) {
        return tx.sql()
                .preparedQuery(LIST_HOLDS)
                .execute(Tuple.of(tx.tenant().value(), reservations.toArray(UUID[]::new)))
                .map(rows -> new Holds(rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("reservation_id"),
                                Collectors.mapping(ReservationRepository::hold, Collectors.toList())))));
    }

    private static Hold hold(Row row) {
        return new Hold(
                row.getInteger("line"),
                row.getUUID("level_id"),
                row.getUUID("location_id"),
                row.getUUID("variant_id"),
                row.getString("sku"),
                row.getLong("quantity"));
    }

    private static Reservation reservation(Row row) {
        return new Reservation(
                row.getUUID("id"),
                row.getUUID("order_id"),
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
                .put("available", line.available())));
        return array;
    }

    private static List<Shortage> shortages(@Nullable JsonArray refused) {
        return refused == null
                ? List.of()
                : IntStream.range(0, refused.size())
                        .mapToObj(refused::getJsonObject)
                        .map(line -> new Shortage(
                                line.getInteger("line"),
                                line.getString("sku"),
                                line.getLong("requested"),
                                line.getLong("available")))
                        .toList();
    }
}
