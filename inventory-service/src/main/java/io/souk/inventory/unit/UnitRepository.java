package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.unit.Unit.HoldKey;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Units. Whoever changes some has locked their levels, so what is read of a level's units after that is so until the transaction
 * ends. Several rows are changed in the order of their ids all the same: who tells them once more locks nothing else.
 */
@ApplicationScoped
class UnitRepository {
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String COLUMNS = """
        unit.id, unit.variant_id, level.product_id, level.sku, unit.level_id, level.location_id, location.code as location,
               unit.serial, unit.condition, unit.consigned, unit.cost_amount, unit.cost_currency, unit.acquired_on, unit.status,
               unit.reservation_id, unit.line, unit.version, unit.created_at, unit.updated_at
        """;

    private static final String PLACED = """
          join stock_level level on level.tenant = unit.tenant and level.id = unit.level_id
          join location on location.tenant = level.tenant and location.id = level.location_id
        """;

    private static final String SELECT = "select " + COLUMNS + "  from unit\n" + PLACED;

    /** After statements that change units, and give them as {@code changed}. */
    private static final String CHANGED = ")\nselect " + COLUMNS + "  from changed unit\n" + PLACED;

    /**
     * All as INCOMING, which no level counts: the others follow once their levels have moved. In the order of their serial numbers, so
     * that two receipts never wait for each other; of a serial number that is taken nothing is made.
     */
    private static final String INSERT = """
        insert into unit (tenant, id, variant_id, level_id, serial, serial_key, condition, consigned, cost_amount, cost_currency,
                          acquired_on, status, version, created_at, updated_at)
        select $1, made.id, made.variant_id, made.level_id, made.serial, made.serial_key, made.condition, made.consigned,
               made.cost_amount, made.cost_currency, coalesce(made.acquired_on, (now() at time zone 'UTC')::date), 'INCOMING', 1,
               now(), now()
          from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::bigint[],
                      $10::text[], $11::date[])
                   as made (id, variant_id, level_id, serial, serial_key, condition, consigned, cost_amount, cost_currency,
                            acquired_on)
         order by made.serial_key, made.variant_id
            on conflict (tenant, serial_key, variant_id) do nothing
        returning id
        """;

    /** Of this very transaction's rows, which nobody has seen yet: no new version. */
    private static final String SETTLE = """
        update unit
           set status = made.status
          from unnest($2::uuid[], $3::text[]) as made (id, status)
         where unit.tenant = $1
           and unit.id = made.id
           and unit.status <> made.status
        """;

    /** Of all vendors for a null $3. */
    private static final String FIND = SELECT + """
         where unit.tenant = $1
           and unit.id = any ($2)
           and ($3::text is null or level.vendor = $3)
         order by unit.id
        """;

    private static final String LOCK_BY_ID = SELECT + """
         where unit.tenant = $1
           and unit.id = any ($2)
         order by unit.id
           for update of unit
        """;

    /** Whatever variants they are of. */
    private static final String FIND_BY_SERIAL = SELECT + """
         where unit.tenant = $1
           and unit.serial_key = any ($2)
         order by unit.id
        """;

    /** What lies at the level $2. */
    private static final String LIST_PRESENT = SELECT + """
         where unit.tenant = $1
           and unit.level_id = $2
           and unit.present
         order by unit.id
        """;

    /** Behind the id $2. */
    private static final String LIST = SELECT + """
         where unit.tenant = $1
           and unit.id > $2
         order by unit.id
         limit $3
        """;

    private static final String LIST_BY_STATUS = SELECT + """
         where unit.tenant = $1
           and unit.id > $2
           and unit.status = $4
         order by unit.id
         limit $3
        """;

    /** In whatever status for a null one. */
    private static final String LIST_OF_VARIANT = SELECT + """
         where unit.tenant = $1
           and unit.id > $2
           and unit.variant_id = $4
           and ($5::text is null or unit.status = $5)
         order by unit.id
         limit $3
        """;

    /**
     * Of the vendor $4, of whatever variant for a null $5, in whatever status for a null $6. One unit of each of the vendor's levels is
     * looked at, the first out of that level's part of the index: a page of $3 can only hold units of the $3 levels that begin first,
     * and of these alone as many are read.
     */
    private static final String LIST_OF_VENDOR = """
        with level as (
            select stock_level.*
              from stock_level
             cross join lateral (
                   select id
                     from unit
                    where tenant = $1
                      and level_id = stock_level.id
                      and id > $2
                      and ($6::text is null or status = $6)
                    order by id
                    limit 1) as first
             where stock_level.tenant = $1
               and stock_level.vendor = $4
               and ($5::uuid is null or stock_level.variant_id = $5)
             order by first.id
             limit $3
        )
        select\s""" + COLUMNS + """
          from level
         cross join lateral (
               select *
                 from unit
                where tenant = $1
                  and level_id = level.id
                  and id > $2
                  and ($6::text is null or status = $6)
                order by id
                limit $3) as unit
          join location on location.tenant = level.tenant and location.id = level.location_id
         order by unit.id
         limit $3
        """;

    /** Of all vendors for a null $5. */
    private static final String LIST_OF_RESERVATION = SELECT + """
         where unit.tenant = $1
           and unit.id > $2
           and unit.reservation_id = $4
           and ($5::text is null or level.vendor = $5)
         order by unit.id
         limit $3
        """;

    /** Of all vendors for a null $5. */
    private static final String LIST_BY_SERIAL = SELECT + """
         where unit.tenant = $1
           and unit.id > $2
           and unit.serial_key = $4
           and ($5::text is null or level.vendor = $5)
         order by unit.id
         limit $3
        """;

    /** What the reservation $2 has and has not left, the oldest first. */
    private static final String LIST_ASSIGNED = SELECT + """
         where unit.tenant = $1
           and unit.reservation_id = $2
           and unit.status in ('NEED_SHIPPING', 'PACKED')
         order by unit.acquired_on, unit.id
        """;

    private static final String HAS_AWAITED = """
        select exists (select from unit where tenant = $1 and variant_id = $2 and status in ('INCOMING', 'OUTGOING')) as awaited
        """;

    /** Some of them, none in particular: level by level, however many are on their way elsewhere. */
    private static final String LIST_INCOMING = """
        select incoming.serial
          from stock_level level
         cross join lateral (
               select serial
                 from unit
                where tenant = $1
                  and level_id = level.id
                  and status = 'INCOMING'
                limit $3) as incoming
         where level.tenant = $1
           and level.location_id = $2
         limit $3
        """;

    private static final String UPDATE = """
        with changed as (
            update unit
               set serial = $3, serial_key = $4, condition = $5, consigned = $6, cost_amount = $7, cost_currency = $8,
                   acquired_on = $9, status = $10, reservation_id = $11, line = $12, version = version + 1, updated_at = now()
             where tenant = $1
               and id = $2
            returning *
        """ + CHANGED;

    private static final String MOVE = """
        with locked as (
            select unit.id, moved.level_id
              from unnest($2::uuid[], $3::uuid[]) as moved (id, level_id)
              join unit using (id)
             where unit.tenant = $1
             order by unit.id
               for update of unit
        ), changed as (
            update unit
               set level_id = locked.level_id, version = version + 1, updated_at = now()
              from locked
             where unit.tenant = $1
               and unit.id = locked.id
            returning unit.*
        """ + CHANGED;

    private static final String CANCEL = """
        with locked as (
            select id
              from unit
             where tenant = $1
               and id = any ($2)
             order by id
               for update
        ), changed as (
            update unit
               set status = 'CANCELLED', version = version + 1, updated_at = now()
              from locked
             where unit.tenant = $1
               and unit.id = locked.id
            returning unit.*
        """ + CHANGED;

    /**
     * For the holds $3 lines, $4 levels, $5 units of the reservation $2: of what is free at a level the oldest, hold by hold. Levels
     * are locked.
     */
    private static final String ASSIGN = """
        with wanted as (
            select line, level_id, units, sum(units) over (partition by level_id order by line) as upto
              from unnest($3::integer[], $4::uuid[], $5::bigint[]) as hold (line, level_id, units)
        ), chosen as (
            select free.id, wanted.line
              from (select level_id, sum(units)::bigint as units from wanted group by level_id) as needed
             cross join lateral (
                   select id, level_id, row_number() over (order by acquired_on, id) as place
                     from unit
                    where tenant = $1
                      and level_id = needed.level_id
                      and present
                      and status in ('AVAILABLE', 'CONSIGNED')
                    order by acquired_on, id
                    limit needed.units) as free
              join wanted
                on wanted.level_id = free.level_id
               and free.place > wanted.upto - wanted.units
               and free.place <= wanted.upto
        ), locked as (
            select unit.id, chosen.line
              from chosen
              join unit on unit.tenant = $1 and unit.id = chosen.id
             order by unit.id
               for update of unit
        ), changed as (
            update unit
               set status = 'NEED_SHIPPING', reservation_id = $2, line = locked.line, version = version + 1, updated_at = now()
              from locked
             where unit.tenant = $1
               and unit.id = locked.id
            returning unit.*
        """ + CHANGED;

    /** Behind units that are {@code locked}. */
    private static final String FREED = """
        ), changed as (
            update unit
               set status = case when unit.consigned then 'CONSIGNED' else 'AVAILABLE' end, reservation_id = null, line = null,
                   version = version + 1, updated_at = now()
              from locked
             where unit.tenant = $1
               and unit.id = locked.id
            returning unit.*
        """ + CHANGED;

    /** Of the reservation $2, what has not left. */
    private static final String GIVE_BACK = """
        with locked as (
            select id
              from unit
             where tenant = $1
               and reservation_id = $2
               and status in ('NEED_SHIPPING', 'PACKED')
             order by id
               for update
        """ + FREED;

    private static final String FREE = """
        with locked as (
            select id
              from unit
             where tenant = $1
               and id = any ($2)
               and status in ('NEED_SHIPPING', 'PACKED')
             order by id
               for update
        """ + FREED;

    /** Of the reservation $2, all that has not left. */
    private static final String SHIP = """
        with locked as (
            select id
              from unit
             where tenant = $1
               and reservation_id = $2
               and status in ('NEED_SHIPPING', 'PACKED')
             order by id
               for update
        ), changed as (
            update unit
               set status = 'OUTGOING', version = version + 1, updated_at = now()
              from locked
             where unit.tenant = $1
               and unit.id = locked.id
            returning unit.*
        """ + CHANGED;

    /** Of the reservation $2, all that is on its way. */
    private static final String DELIVER = """
        with locked as (
            select id
              from unit
             where tenant = $1
               and reservation_id = $2
               and status = 'OUTGOING'
             order by id
               for update
        ), changed as (
            update unit
               set status = 'SALE_COMPLETED', version = version + 1, updated_at = now()
              from locked
             where unit.tenant = $1
               and unit.id = locked.id
            returning unit.*
        """ + CHANGED;

    /** The ids of those that were made; the others' serial numbers are taken. */
    Uni<List<UUID>> insert(Tx tx, List<PlacedUnit> made) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.from(new @Nullable Object[] {
                    tx.tenant().value(),
                    made.stream().map(PlacedUnit::id).toArray(UUID[]::new),
                    made.stream().map(PlacedUnit::variantId).toArray(UUID[]::new),
                    made.stream().map(one -> one.level().id()).toArray(UUID[]::new),
                    made.stream().map(one -> one.wanted().serialNumber()).toArray(String[]::new),
                    made.stream().map(PlacedUnit::serialKey).toArray(String[]::new),
                    made.stream().map(one -> one.wanted().condition().name()).toArray(String[]::new),
                    made.stream()
                            .map(one -> one.wanted().status() == UnitStatus.CONSIGNED)
                            .toArray(Boolean[]::new),
                    made.stream().map(one -> amount(one.cost())).toArray(Long[]::new),
                    made.stream().map(one -> currency(one.cost())).toArray(String[]::new),
                    made.stream().map(one -> one.wanted().acquiredOn()).toArray(LocalDate[]::new)
                }))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    Uni<Void> settle(Tx tx, List<PlacedUnit> made) {
        return tx.sql()
                .preparedQuery(SETTLE)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        made.stream().map(PlacedUnit::id).toArray(UUID[]::new),
                        made.stream().map(one -> one.wanted().status().name()).toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** By id. */
    Uni<List<Unit>> find(Tx tx, Collection<UUID> ids) {
        return find(tx, ids, null);
    }

    /** @param vendor at whose locations; null for all */
    Uni<List<Unit>> find(Tx tx, Collection<UUID> ids, @Nullable String vendor) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new), vendor))
                .map(UnitRepository::units);
    }

    Uni<List<Unit>> lockById(Tx tx, Collection<UUID> ids) {
        return byIds(tx, LOCK_BY_ID, ids);
    }

    Uni<List<Unit>> findBySerial(Tx tx, Collection<String> keys) {
        return tx.sql()
                .preparedQuery(FIND_BY_SERIAL)
                .execute(Tuple.of(tx.tenant().value(), keys.toArray(String[]::new)))
                .map(UnitRepository::units);
    }

    Uni<List<Unit>> listPresent(Tx tx, UUID level) {
        return tx.sql()
                .preparedQuery(LIST_PRESENT)
                .execute(Tuple.of(tx.tenant().value(), level))
                .map(UnitRepository::units);
    }

    Uni<List<Unit>> list(Tx tx, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), after, rows))
                .map(UnitRepository::units);
    }

    Uni<List<Unit>> listByStatus(Tx tx, UnitStatus status, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST_BY_STATUS)
                .execute(Tuple.of(tx.tenant().value(), after, rows, status.name()))
                .map(UnitRepository::units);
    }

    Uni<List<Unit>> listOfVariant(Tx tx, UUID variant, @Nullable UnitStatus status, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST_OF_VARIANT)
                .execute(Tuple.of(tx.tenant().value(), after, rows, variant, status == null ? null : status.name()))
                .map(UnitRepository::units);
    }

    /** At the vendor's locations. */
    Uni<List<Unit>> listOfVendor(
            Tx tx, String vendor, @Nullable UUID variant, @Nullable UnitStatus status, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST_OF_VENDOR)
                .execute(Tuple.of(
                        tx.tenant().value(), after, rows, vendor, variant, status == null ? null : status.name()))
                .map(UnitRepository::units);
    }

    /** @param vendor null for all */
    Uni<List<Unit>> listOfReservation(Tx tx, UUID reservation, @Nullable String vendor, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST_OF_RESERVATION)
                .execute(Tuple.of(tx.tenant().value(), after, rows, reservation, vendor))
                .map(UnitRepository::units);
    }

    /** @param vendor null for all */
    Uni<List<Unit>> listBySerial(Tx tx, String key, @Nullable String vendor, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST_BY_SERIAL)
                .execute(Tuple.of(tx.tenant().value(), after, rows, key, vendor))
                .map(UnitRepository::units);
    }

    /** Whether some are on their way, here or away. */
    Uni<Boolean> hasAwaited(Tx tx, UUID variant) {
        return tx.sql()
                .preparedQuery(HAS_AWAITED)
                .execute(Tuple.of(tx.tenant().value(), variant))
                .map(rows -> rows.iterator().next().getBoolean("awaited"));
    }

    /** Serial numbers of some that are to arrive at the location. */
    Uni<List<String>> listIncoming(Tx tx, UUID location, int rows) {
        return tx.sql()
                .preparedQuery(LIST_INCOMING)
                .execute(Tuple.of(tx.tenant().value(), location, rows))
                .map(found -> found.stream().map(row -> row.getString("serial")).toList());
    }

    /** The next version of a unit whose level is locked; null when another unit has its serial number, and nothing can follow. */
    Uni<@Nullable Unit> update(Tx tx, Unit unit) {
        @Nullable HoldKey hold = unit.hold();
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(Tuple.from(new @Nullable Object[] {
                    tx.tenant().value(),
                    unit.id(),
                    unit.serialNumber(),
                    SerialNumber.key(unit.serialNumber()),
                    unit.condition().name(),
                    unit.consigned(),
                    amount(unit.cost()),
                    currency(unit.cost()),
                    unit.acquiredOn(),
                    unit.status().name(),
                    hold == null ? null : hold.reservationId(),
                    hold == null ? null : hold.line()
                }))
                .<@Nullable Unit>map(rows -> unit(rows.iterator().next()))
                .onFailure(UnitRepository::isTaken)
                .recoverWithItem(() -> null);
    }

    /** To other levels, all of them locked. */
    Uni<List<Unit>> move(Tx tx, List<UUID> ids, List<UUID> levels) {
        return tx.sql()
                .preparedQuery(MOVE)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new), levels.toArray(UUID[]::new)))
                .map(UnitRepository::units);
    }

    Uni<List<Unit>> cancel(Tx tx, Collection<UUID> ids) {
        return byIds(tx, CANCEL, ids);
    }

    Uni<List<Unit>> assign(Tx tx, UUID reservation, List<Wanted> holds) {
        return tx.sql()
                .preparedQuery(ASSIGN)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        reservation,
                        holds.stream().map(Wanted::line).toArray(Integer[]::new),
                        holds.stream().map(Wanted::levelId).toArray(UUID[]::new),
                        holds.stream().map(Wanted::units).toArray(Long[]::new)))
                .map(UnitRepository::units);
    }

    Uni<List<Unit>> listAssigned(Tx tx, UUID reservation) {
        return ofReservation(tx, LIST_ASSIGNED, reservation);
    }

    Uni<List<Unit>> giveBack(Tx tx, UUID reservation) {
        return ofReservation(tx, GIVE_BACK, reservation);
    }

    Uni<List<Unit>> ship(Tx tx, UUID reservation) {
        return ofReservation(tx, SHIP, reservation);
    }

    Uni<List<Unit>> deliver(Tx tx, UUID reservation) {
        return ofReservation(tx, DELIVER, reservation);
    }

    /** Those of these that a reservation has, and that have not left. */
    Uni<List<Unit>> free(Tx tx, Collection<UUID> ids) {
        return byIds(tx, FREE, ids);
    }

    /** So many units of a level, for a line of a reservation. */
    record Wanted(int line, UUID levelId, long units) {}

    private static Uni<List<Unit>> byIds(Tx tx, String statement, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(UnitRepository::units);
    }

    private static Uni<List<Unit>> ofReservation(Tx tx, String statement, UUID reservation) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), reservation))
                .map(UnitRepository::units);
    }

    private static boolean isTaken(Throwable failure) {
        return failure instanceof PgException error && UNIQUE_VIOLATION.equals(error.getSqlState());
    }

    private static @Nullable Long amount(@Nullable Money cost) {
        return cost == null ? null : cost.amount();
    }

    private static @Nullable String currency(@Nullable Money cost) {
        return cost == null ? null : cost.currency();
    }

    private static List<Unit> units(RowSet<Row> rows) {
        return rows.stream().map(UnitRepository::unit).toList();
    }

    private static Unit unit(Row row) {
        @Nullable Long cost = row.getLong("cost_amount");
        @Nullable UUID reservation = row.getUUID("reservation_id");
        return new Unit(
                row.getUUID("id"),
                row.getUUID("variant_id"),
                row.getUUID("product_id"),
                row.getString("sku"),
                row.getUUID("level_id"),
                row.getUUID("location_id"),
                row.getString("location"),
                row.getString("serial"),
                UnitCondition.valueOf(row.getString("condition")),
                row.getBoolean("consigned"),
                cost == null ? null : new Money(cost, row.getString("cost_currency")),
                row.getLocalDate("acquired_on"),
                UnitStatus.valueOf(row.getString("status")),
                reservation == null ? null : new HoldKey(reservation, row.getInteger("line")),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
