package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.Choice.Place;
import io.souk.inventory.stock.CorrectStock.Correction;
import io.souk.inventory.variant.Variant;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The levels. Every lock is taken in the order (variant_id, location_id, lot). */
@ApplicationScoped
class StockRepository {
    /**
     * Whether a lot is over by the clock of this moment: a transaction may have begun, and may have waited for its locks, since
     * before midnight. Nothing of a lot that is over is given out.
     */
    static final String IS_OVER = "coalesce(level.expires_on < (clock_timestamp() at time zone 'UTC')::date, false)";

    private static final String COLUMNS = """
        level.id, level.variant_id, level.product_id, level.sku, level.location_id, level.lot, level.expires_on,
               level.on_hand, level.reserved, level.version, level.by_unit,
        """;

    static final String LEVEL = COLUMNS + IS_OVER + " as expired\n";

    /** As its events tell it. Each statement that makes a version says {@link #TELLING}, so that the row says what was told. */
    private static final String TOLD_LEVEL = COLUMNS + "level.expiry_told as expired\n";

    /** With what was told before. */
    private static final String MOVED_LEVEL = TOLD_LEVEL + """
               , old.product_id as old_product_id, old.sku as old_sku, old.on_hand as old_on_hand,
               old.reserved as old_reserved, old.expiry_told as old_expired, old.expires_on as old_expires_on,
               old.version as old_version
        """;

    private static final String TELLING = "expiry_told = " + IS_OVER + ", version = level.version + 1\n";

    /** A row for each variant of which the shop has said nothing yet, since a lock is shared only of rows that are there. */
    private static final String SETTLE = """
        insert into variant_setting (tenant, variant_id)
        select $1, id
          from unnest($2::uuid[]) as wanted (id)
         order by id
            on conflict do nothing
        """;

    /**
     * Empty levels for the keys that have none, of their locations' vendors; version 0 says that nobody has heard of it yet. Rows are
     * made in lock order. Until the transaction ends nobody says otherwise whether their variants are tracked by unit.
     */
    private static final String OPEN = """
        with setting as (
            select variant_id, by_unit
              from variant_setting
             where tenant = $1
               and variant_id = any ($3)
             order by variant_id
               for key share
        )
        insert into stock_level (tenant, id, variant_id, location_id, lot, expires_on, product_id, sku, by_unit, on_hand,
                                 reserved, version, vendor)
        select $1, wanted.id, wanted.variant_id, wanted.location_id, wanted.lot, wanted.expires_on, wanted.product_id,
               wanted.sku, setting.by_unit, 0, 0, 0, location.vendor
          from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::date[], $7::uuid[], $8::text[])
                   as wanted (id, variant_id, location_id, lot, expires_on, product_id, sku)
          join setting on setting.variant_id = wanted.variant_id
          join location on location.tenant = $1 and location.id = wanted.location_id
         order by wanted.variant_id, wanted.location_id, wanted.lot collate "C"
            on conflict (tenant, variant_id, location_id, lot) do nothing
        """;

    private static final String LOCK_BY_KEY = "select " + LEVEL + """
          from stock_level level
          join unnest($2::uuid[], $3::uuid[], $4::text[]) as wanted (variant_id, location_id, lot)
         using (variant_id, location_id, lot)
         where level.tenant = $1
         order by level.variant_id, level.location_id, level.lot
           for update of level
        """;

    /**
     * What can serve some lines, $2 variants at $3 locations (null: wherever it is), in the order in which it is given out: of
     * what is empty, promised or over nothing is locked, and for each of them $4 levels at most. With them the levels $5, $6,
     * $7 that give something back. What becomes free meanwhile is not seen, as if the cart had come a moment earlier; what is
     * taken or over meanwhile is: the outer columns are made once their row is locked, and {@code seen} is what was free of it
     * before.
     */
    private static final String LOCK_FOR_LINES = """
        with chosen as (
            select variant_id, location_id, lot, max(free) as seen
              from (
                   select near.variant_id, near.location_id, near.lot, near.free
                     from unnest($2::uuid[], $3::uuid[], $4::int[]) as wanted (variant_id, location_id, levels)
                    cross join lateral (
                          select level.variant_id, level.location_id, level.lot, level.on_hand - level.reserved as free
                            from stock_level level
                            join location on location.tenant = level.tenant and location.id = level.location_id
                           where level.tenant = $1
                             and level.variant_id = wanted.variant_id
                             and (wanted.location_id is null or level.location_id = wanted.location_id)
                             and level.on_hand > level.reserved
                             and not\s""" + IS_OVER + """

                           order by location.position, level.location_id, level.expires_on, level.lot
                           limit wanted.levels) as near
                    union all
                   select variant_id, location_id, lot, 0
                     from unnest($5::uuid[], $6::uuid[], $7::text[]) as giving (variant_id, location_id, lot)) as either
             group by variant_id, location_id, lot
        ),
        known as (
            select wanted.variant_id, found.levels
              from (
                   select line.variant_id, sum(line.levels) + cardinality($5::uuid[]) as locked
                     from unnest($2::uuid[], $4::int[]) as line (variant_id, levels)
                    group by line.variant_id) as wanted
             cross join lateral (
                   select count(*) as levels
                     from (
                          select
                            from stock_level level
                           where level.tenant = $1
                             and level.variant_id = wanted.variant_id
                           limit wanted.locked + 1) as counted) as found
        )
        select location.position, level.seen, coalesce(known.levels, 0) as known,\s""" + LEVEL + """
          from (
               select level.*, chosen.seen
                 from chosen
                 join stock_level level using (variant_id, location_id, lot)
                where level.tenant = $1
                order by level.variant_id, level.location_id, level.lot
                  for update of level) as level
          join location on location.tenant = level.tenant and location.id = level.location_id
          left join known on known.variant_id = level.variant_id
        """;

    private static final String LOCK_BY_ID = "select " + LEVEL + """
          from stock_level level
         where level.tenant = $1
           and level.id = any ($2)
         order by level.variant_id, level.location_id, level.lot
           for update of level
        """;

    /** Whoever goes by a day that is not locked looks at it once more when it is: a mistyped one may be corrected meanwhile. */
    private static final String FIND_LOTS = """
        select level.variant_id, level.location_id, level.lot, level.expires_on
          from stock_level level
          join unnest($2::uuid[], $3::uuid[], $4::text[]) as wanted (variant_id, location_id, lot)
         using (variant_id, location_id, lot)
         where level.tenant = $1
        """;

    /** Across tenants, so only for the worker role: lots that are over and not told to be. */
    private static final String FIND_EXPIRED = """
        select tenant, id
          from stock_level
         where not expiry_told
           and expires_on < (now() at time zone 'UTC')::date
         order by expires_on
         limit $1
        """;

    private static final String TELL_EXPIRED = """
        update stock_level level
           set\s""" + TELLING + """
         where level.tenant = $1
           and level.id = any ($2)
           and not level.expiry_told
           and\s""" + IS_OVER + """

        returning
        """ + MOVED_LEVEL;

    /** The check constraints of the row refuse what would oversell or overflow. */
    private static final String MOVE = """
        update stock_level level
           set on_hand = level.on_hand + change.on_hand, reserved = level.reserved + change.reserved,
        """ + TELLING + """
          from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as change (id, on_hand, reserved)
         where level.tenant = $1
           and level.id = change.id
        returning
        """ + MOVED_LEVEL;

    private static final String CORRECT = """
        update stock_level level
           set on_hand = proven.on_hand, reserved = proven.reserved,
        """ + TELLING + """
          from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as proven (id, on_hand, reserved)
         where level.tenant = $1
           and level.id = proven.id
        returning
        """ + MOVED_LEVEL;

    /** $3 null: whoever's it is. */
    private static final String FIND = "select " + LEVEL + """
          from stock_level level
         where level.tenant = $1
           and level.id = $2
           and ($3::text is null or level.vendor = $3)
        """;

    /** What is told is told by the new day. */
    private static final String CORRECT_DAY = """
        update stock_level level
           set expires_on = $3, expiry_told = $3 < (clock_timestamp() at time zone 'UTC')::date, version = level.version + 1
         where level.tenant = $1
           and level.id = any ($2)
        returning
        """ + MOVED_LEVEL;

    private static final String LIST_BY_VARIANT = "select " + LEVEL + """
          from stock_level level
         where level.tenant = $1
           and level.variant_id = any ($2)
         order by level.variant_id, level.location_id, level.lot
        """;

    private static final String LIST_BY_VARIANT_OF_VENDOR = "select " + LEVEL + """
          from stock_level level
         where level.tenant = $1
           and level.variant_id = any ($2)
           and level.vendor = $3
         order by level.variant_id, level.location_id, level.lot
        """;

    /** Some of them, none in particular. An index by what is on hand as well would be written by whatever comes or leaves. */
    private static final String LIST_LYING_AT = "select " + LEVEL + """
          from stock_level level
         where level.tenant = $1
           and level.location_id = $2
           and level.on_hand > 0
         limit $3
        """;

    private static final String LIST_TOLD = "select " + TOLD_LEVEL + """
          from stock_level level
         where level.tenant = $1
           and level.id = any ($2)
        """;

    private static final String RENAME = """
        with misnamed as (
            select level.id, named.product_id, named.sku
              from stock_level level
              join unnest($2::uuid[], $3::uuid[], $4::text[]) as named (id, product_id, sku)
                on named.id = level.variant_id
             where level.tenant = $1
               and (level.product_id, level.sku) is distinct from (named.product_id, named.sku)
             order by level.variant_id, level.location_id, level.lot
               for update of level
        )
        update stock_level level
           set product_id = misnamed.product_id, sku = misnamed.sku,
        """ + TELLING + """
          from misnamed
         where level.tenant = $1
           and level.id = misnamed.id
        returning
        """ + MOVED_LEVEL;

    Uni<Void> open(Tx tx, List<StockKey> inLockOrder) {
        return settle(tx, inLockOrder).chain(() -> openSettled(tx, inLockOrder));
    }

    private static Uni<Void> settle(Tx tx, List<StockKey> inLockOrder) {
        return tx.sql()
                .preparedQuery(SETTLE)
                .execute(Tuple.of(tx.tenant().value(), variants(inLockOrder)))
                .replaceWithVoid();
    }

    private static Uni<Void> openSettled(Tx tx, List<StockKey> inLockOrder) {
        return tx.sql()
                .preparedQuery(OPEN)
                .execute(Tuple.tuple()
                        .addString(tx.tenant().value())
                        .addArrayOfUUID(
                                inLockOrder.stream().map(_ -> Ids.next()).toArray(UUID[]::new))
                        .addArrayOfUUID(variants(inLockOrder))
                        .addArrayOfUUID(locations(inLockOrder))
                        .addArrayOfString(lots(inLockOrder))
                        .addArrayOfLocalDate(
                                inLockOrder.stream().map(StockKey::expiresOn).toArray(LocalDate[]::new))
                        .addArrayOfUUID(inLockOrder.stream()
                                .map(key -> key.variant().productId())
                                .toArray(UUID[]::new))
                        .addArrayOfString(inLockOrder.stream()
                                .map(key -> key.variant().sku())
                                .toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<List<StockLevel>> lockByKey(Tx tx, List<StockKey> keys) {
        return tx.sql()
                .preparedQuery(LOCK_BY_KEY)
                .execute(Tuple.of(tx.tenant().value(), variants(keys), locations(keys), lots(keys)))
                .map(StockRepository::levels);
    }

    /** The keys with the days of their lots; without those that are not there. */
    Uni<Map<StockKey, LocalDate>> findLots(Tx tx, List<StockKey> keys) {
        return tx.sql()
                .preparedQuery(FIND_LOTS)
                .execute(Tuple.of(tx.tenant().value(), variants(keys), locations(keys), lots(keys)))
                .map(rows -> {
                    var found = new HashMap<StockKey, LocalDate>();
                    rows.forEach(row -> keys.stream()
                            .filter(key -> key.variant().id().equals(row.getUUID("variant_id"))
                                    && key.locationId().equals(row.getUUID("location_id"))
                                    && key.lot().equals(row.getString("lot")))
                            .forEach(key -> found.put(key, row.getLocalDate("expires_on"))));
                    return found;
                });
    }

    Uni<List<ExpiredLot>> findExpired(SqlConnection worker, int limit) {
        return worker.preparedQuery(FIND_EXPIRED)
                .execute(Tuple.of(limit))
                .map(rows -> rows.stream()
                        .map(row -> new ExpiredLot(new TenantId(row.getString("tenant")), row.getUUID("id")))
                        .toList());
    }

    /** Those of locked levels that are over and were not told to be. */
    Uni<List<MovedLevel>> tellExpired(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(TELL_EXPIRED)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(StockRepository::moved);
    }

    /** @param giving whose levels are locked whatever is free of them */
    Uni<List<PlacedLevel>> lockFor(Tx tx, Choice choice, Collection<Hold> giving) {
        var places = List.copyOf(choice.levels().keySet());
        return tx.sql()
                .preparedQuery(LOCK_FOR_LINES)
                .execute(Tuple.tuple()
                        .addString(tx.tenant().value())
                        .addArrayOfUUID(places.stream().map(Place::variantId).toArray(UUID[]::new))
                        .addArrayOfUUID(places.stream().map(Place::locationId).toArray(UUID[]::new))
                        .addArrayOfInteger(
                                places.stream().map(choice.levels()::get).toArray(Integer[]::new))
                        .addArrayOfUUID(giving.stream().map(Hold::variantId).toArray(UUID[]::new))
                        .addArrayOfUUID(giving.stream().map(Hold::locationId).toArray(UUID[]::new))
                        .addArrayOfString(giving.stream()
                                .map(hold -> Objects.requireNonNullElse(hold.lot(), ""))
                                .toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .map(row -> new PlacedLevel(
                                level(row), row.getInteger("position"), row.getLong("seen"), row.getLong("known")))
                        .toList());
    }

    Uni<List<StockLevel>> lockById(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK_BY_ID)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(StockRepository::levels);
    }

    Uni<List<MovedLevel>> move(Tx tx, List<LevelChange> changes) {
        return tx.sql()
                .preparedQuery(MOVE)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        changes.stream().map(LevelChange::levelId).toArray(UUID[]::new),
                        changes.stream().map(LevelChange::onHand).toArray(Long[]::new),
                        changes.stream().map(LevelChange::reserved).toArray(Long[]::new)))
                .map(StockRepository::moved);
    }

    Uni<List<MovedLevel>> correct(Tx tx, List<Correction> corrections) {
        return tx.sql()
                .preparedQuery(CORRECT)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        corrections.stream().map(Correction::levelId).toArray(UUID[]::new),
                        corrections.stream().map(Correction::onHand).toArray(Long[]::new),
                        corrections.stream().map(Correction::reserved).toArray(Long[]::new)))
                .map(StockRepository::moved);
    }

    /** The level, if it is the vendor's or none is named. */
    Uni<@Nullable StockLevel> find(Tx tx, @Nullable String vendor, UUID level) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), level, vendor))
                .map(rows ->
                        rows.stream().findFirst().map(StockRepository::level).orElse(null));
    }

    /** Of locked levels of lots. */
    Uni<List<MovedLevel>> correctDay(Tx tx, List<UUID> ids, LocalDate day) {
        return tx.sql()
                .preparedQuery(CORRECT_DAY)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new), day))
                .map(StockRepository::moved);
    }

    /** At the vendor's locations, or at all of the tenant's. */
    Uni<List<StockLevel>> listByVariant(Tx tx, @Nullable String vendor, Collection<UUID> variants) {
        var tenant = tx.tenant().value();
        var ids = variants.toArray(UUID[]::new);
        return (vendor == null
                        ? tx.sql().preparedQuery(LIST_BY_VARIANT).execute(Tuple.of(tenant, ids))
                        : tx.sql().preparedQuery(LIST_BY_VARIANT_OF_VENDOR).execute(Tuple.of(tenant, ids, vendor)))
                .map(StockRepository::levels);
    }

    /** Some of those of which anything lies at the location. */
    Uni<List<StockLevel>> listLyingAt(Tx tx, UUID location, int rows) {
        return tx.sql()
                .preparedQuery(LIST_LYING_AT)
                .execute(Tuple.of(tx.tenant().value(), location, rows))
                .map(StockRepository::levels);
    }

    /** As they were told last. */
    Uni<List<StockLevel>> listTold(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LIST_TOLD)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(StockRepository::levels);
    }

    /** The levels that went under another name until now. */
    Uni<List<MovedLevel>> rename(Tx tx, List<Variant> named) {
        return tx.sql()
                .preparedQuery(RENAME)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        named.stream().map(Variant::id).toArray(UUID[]::new),
                        named.stream().map(Variant::productId).toArray(UUID[]::new),
                        named.stream().map(Variant::sku).toArray(String[]::new)))
                .map(StockRepository::moved);
    }

    private static UUID[] variants(List<StockKey> keys) {
        return keys.stream().map(key -> key.variant().id()).toArray(UUID[]::new);
    }

    private static UUID[] locations(List<StockKey> keys) {
        return keys.stream().map(StockKey::locationId).toArray(UUID[]::new);
    }

    private static String[] lots(List<StockKey> keys) {
        return keys.stream().map(StockKey::lot).toArray(String[]::new);
    }

    private static List<StockLevel> levels(RowSet<Row> rows) {
        return rows.stream().map(StockRepository::level).toList();
    }

    private static List<MovedLevel> moved(RowSet<Row> rows) {
        return rows.stream()
                .map(row -> {
                    var after = level(row);
                    return new MovedLevel(before(after, row), after);
                })
                .toList();
    }

    private static StockLevel before(StockLevel after, Row row) {
        return new StockLevel(
                after.id(),
                after.variantId(),
                row.getUUID("old_product_id"),
                row.getString("old_sku"),
                after.locationId(),
                lot(row, "old_expires_on"),
                after.byUnit(),
                row.getBoolean("old_expired"),
                row.getLong("old_on_hand"),
                row.getLong("old_reserved"),
                row.getLong("old_version"));
    }

    static StockLevel level(Row row) {
        return new StockLevel(
                row.getUUID("id"),
                row.getUUID("variant_id"),
                row.getUUID("product_id"),
                row.getString("sku"),
                row.getUUID("location_id"),
                lot(row, "expires_on"),
                row.getBoolean("by_unit"),
                row.getBoolean("expired"),
                row.getLong("on_hand"),
                row.getLong("reserved"),
                row.getLong("version"));
    }

    private static @Nullable Lot lot(Row row, String day) {
        @Nullable LocalDate expiresOn = row.getLocalDate(day);
        return expiresOn == null ? null : new Lot(row.getString("lot"), expiresOn);
    }

    /** A lot of some tenant that is over. */
    record ExpiredLot(TenantId tenant, UUID id) {}
}
