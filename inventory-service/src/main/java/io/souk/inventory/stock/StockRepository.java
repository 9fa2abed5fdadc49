package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.CorrectStock.Correction;
import io.souk.inventory.variant.Variant;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The levels. Every lock is taken in the order (variant_id, location_id). */
@ApplicationScoped
class StockRepository {
    /** Empty levels for the keys that have none; version 0 says that nobody has heard of it yet. Keys come in lock order. */
    private static final String OPEN = """
        insert into stock_level (tenant, id, variant_id, location_id, product_id, sku, on_hand, reserved, version)
        select $1, wanted.id, wanted.variant_id, wanted.location_id, wanted.product_id, wanted.sku, 0, 0, 0
          from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[])
                   as wanted (id, variant_id, location_id, product_id, sku)
            on conflict (tenant, variant_id, location_id) do nothing
        """;

    private static final String LOCK_BY_KEY = """
        select level.id, level.variant_id, level.product_id, level.sku, level.location_id, level.on_hand,
               level.reserved, level.version
          from stock_level level
          join unnest($2::uuid[], $3::uuid[]) as wanted (variant_id, location_id) using (variant_id, location_id)
         where level.tenant = $1
         order by level.variant_id, level.location_id
           for update of level
        """;

    private static final String LOCK_BY_VARIANT = """
        select level.id, level.variant_id, level.product_id, level.sku, level.location_id, level.on_hand,
               level.reserved, level.version, location.position
          from stock_level level
          join location on location.tenant = level.tenant and location.id = level.location_id
         where level.tenant = $1
           and level.variant_id = any ($2)
         order by level.variant_id, level.location_id
           for update of level
        """;

    private static final String LOCK_BY_ID = """
        select id
          from stock_level
         where tenant = $1
           and id = any ($2)
         order by variant_id, location_id
           for update
        """;

    /** The check constraints of the row refuse what would oversell or overflow. */
    private static final String MOVE = """
        update stock_level level
           set on_hand  = level.on_hand + change.on_hand,
               reserved = level.reserved + change.reserved,
               version  = level.version + 1
          from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as change (id, on_hand, reserved)
         where level.tenant = $1
           and level.id = change.id
        returning level.id, level.variant_id, level.product_id, level.sku, level.location_id, level.on_hand,
                  level.reserved, level.version
        """;

    private static final String CORRECT = """
        update stock_level level
           set on_hand = proven.on_hand, reserved = proven.reserved, version = level.version + 1
          from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as proven (id, on_hand, reserved)
         where level.tenant = $1
           and level.id = proven.id
        returning level.id, level.variant_id, level.product_id, level.sku, level.location_id, level.on_hand,
                  level.reserved, level.version
        """;

    private static final String LIST_BY_VARIANT = """
        select id, variant_id, product_id, sku, location_id, on_hand, reserved, version
          from stock_level
         where tenant = $1
           and variant_id = any ($2)
         order by variant_id, location_id
        """;

    private static final String RENAME = """
        with misnamed as (
            select level.id, named.product_id, named.sku
              from stock_level level
              join unnest($2::uuid[], $3::uuid[], $4::text[]) as named (id, product_id, sku)
                on named.id = level.variant_id
             where level.tenant = $1
               and (level.product_id, level.sku) is distinct from (named.product_id, named.sku)
             order by level.variant_id, level.location_id
               for update of level
        )
        update stock_level level
           set product_id = misnamed.product_id, sku = misnamed.sku, version = level.version + 1
          from misnamed
         where level.tenant = $1
           and level.id = misnamed.id
        returning level.id, level.variant_id, level.product_id, level.sku, level.location_id, level.on_hand,
                  level.reserved, level.version
        """;

    Uni<Void> open(Tx tx, List<StockKey> inLockOrder) {
        return tx.sql()
                .preparedQuery(OPEN)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        inLockOrder.stream().map(_ -> Ids.next()).toArray(UUID[]::new),
                        inLockOrder.stream().map(key -> key.variant().id()).toArray(UUID[]::new),
                        inLockOrder.stream().map(StockKey::locationId).toArray(UUID[]::new),
                        inLockOrder.stream()
                                .map(key -> key.variant().productId())
                                .toArray(UUID[]::new),
                        inLockOrder.stream().map(key -> key.variant().sku()).toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<List<StockLevel>> lockByKey(Tx tx, List<StockKey> keys) {
        return tx.sql()
                .preparedQuery(LOCK_BY_KEY)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        keys.stream().map(key -> key.variant().id()).toArray(UUID[]::new),
                        keys.stream().map(StockKey::locationId).toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(StockRepository::level).toList());
    }

    Uni<List<PlacedLevel>> lockByVariant(Tx tx, Collection<UUID> variants) {
        return tx.sql()
                .preparedQuery(LOCK_BY_VARIANT)
                .execute(Tuple.of(tx.tenant().value(), variants.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .map(row -> new PlacedLevel(level(row), row.getInteger("position")))
                        .toList());
    }

    Uni<Void> lockById(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK_BY_ID)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<List<StockLevel>> move(Tx tx, List<LevelChange> changes) {
        return tx.sql()
                .preparedQuery(MOVE)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        changes.stream().map(LevelChange::levelId).toArray(UUID[]::new),
                        changes.stream().map(LevelChange::onHand).toArray(Long[]::new),
                        changes.stream().map(LevelChange::reserved).toArray(Long[]::new)))
                .map(rows -> rows.stream().map(StockRepository::level).toList());
    }

    Uni<List<StockLevel>> correct(Tx tx, List<Correction> corrections) {
        return tx.sql()
                .preparedQuery(CORRECT)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        corrections.stream().map(Correction::levelId).toArray(UUID[]::new),
                        corrections.stream().map(Correction::onHand).toArray(Long[]::new),
                        corrections.stream().map(Correction::reserved).toArray(Long[]::new)))
                .map(rows -> rows.stream().map(StockRepository::level).toList());
    }

    Uni<List<StockLevel>> listByVariant(Tx tx, Collection<UUID> variants) {
        return tx.sql()
                .preparedQuery(LIST_BY_VARIANT)
                .execute(Tuple.of(tx.tenant().value(), variants.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(StockRepository::level).toList());
    }

    /** The levels that went under another name until now. */
    Uni<List<StockLevel>> rename(Tx tx, List<Variant> named) {
        return tx.sql()
                .preparedQuery(RENAME)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        named.stream().map(Variant::id).toArray(UUID[]::new),
                        named.stream().map(Variant::productId).toArray(UUID[]::new),
                        named.stream().map(Variant::sku).toArray(String[]::new)))
                .map(rows -> rows.stream().map(StockRepository::level).toList());
    }

    private static StockLevel level(Row row) {
        return new StockLevel(
                row.getUUID("id"),
                row.getUUID("variant_id"),
                row.getUUID("product_id"),
                row.getString("sku"),
                row.getUUID("location_id"),
                row.getLong("on_hand"),
                row.getLong("reserved"),
                row.getLong("version"));
    }
}
