package io.souk.catalog.availability;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.availability.Availability.OfVariant;
import io.souk.catalog.availability.Availability.Standing;
import io.souk.catalog.availability.Availability.Units;
import io.souk.catalog.product.VariantUse.Use;
import io.souk.kit.event.Order;
import io.souk.kit.json.OwnJson;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

@ApplicationScoped
class AvailabilityRepository {
    private static final TypeReference<List<Units>> UNITS = new TypeReference<>() {};
    private static final TypeReference<List<Standing>> STANDINGS = new TypeReference<>() {};

    /** What the table says of a product; a deleted one keeps its version. */
    record Stored(Availability availability, boolean deleted) {}

    /**
     * Newer levels win, whatever the order in which they come; a level that is gone keeps its row, its variant and its
     * order, and counts nothing. One that is told again where it is in doubt comes behind what has put it there, and ends the
     * doubt; and one that is told again tells what is on hand where an earlier release has not noted that. The products of those that were news. $1 tenant, then one array per column.
     */
    private static final String APPLY = """
        with moved as (
            insert into stock (tenant, id, epoch, version, variant_id, on_hand, available)
            select $1, s.id, s.epoch, s.version, s.variant_id, s.on_hand, s.available
              from unnest($2::uuid[], $3::integer[], $4::bigint[], $5::uuid[], $6::bigint[], $7::bigint[])
                     as s(id, epoch, version, variant_id, on_hand, available)
             order by s.id
            on conflict (tenant, id) do update
               set epoch = excluded.epoch, version = excluded.version,
                   variant_id = coalesce(excluded.variant_id, stock.variant_id), on_hand = excluded.on_hand,
                   available = excluded.available, doubted = false
             where (stock.epoch, stock.version) < (excluded.epoch, excluded.version)
                or ((stock.doubted or stock.on_hand is distinct from excluded.on_hand)
                    and (stock.epoch, stock.version) = (excluded.epoch, excluded.version))
            returning variant_id)
        select distinct variant.product_id
          from moved
          join variant on variant.tenant = $1 and variant.id = moved.variant_id
        """;

    /** Unless it is newer than what was told. $1 tenant, $2 level, $3 epoch and $4 version, null where they are not known. */
    private static final String DOUBT = """
        with doubted as (
            update stock
               set doubted = true
             where tenant = $1
               and id = $2
               and not doubted
               and ($3::integer is null or (epoch, version) < ($3::integer, $4::bigint))
            returning variant_id)
        select variant.product_id
          from doubted
          join variant on variant.tenant = $1 and variant.id = doubted.variant_id
        """;

    /** Whether each of the levels was heard of in that order or a later one. $1 tenant, then one array per column. */
    private static final String REACHED = """
        select count(*) = cardinality($2::uuid[])
          from unnest($2::uuid[], $3::integer[], $4::bigint[]) as seen(id, epoch, version)
          join stock
            on stock.tenant = $1
           and stock.id = seen.id
           and (stock.epoch, stock.version) >= (seen.epoch, seen.version)
        """;

    /** $1 tenant, $2 variants. */
    private static final String KNOWN = """
        select distinct variant_id
          from stock
         where tenant = $1
           and variant_id = any($2::uuid[])
        """;

    /**
     * Units by variant, over all levels that have any, or are in doubt; the levels stay as they are until the transaction ends. Locked in the order in which
     * {@link #APPLY} writes them. Where an earlier release has not noted what is on hand, what is free counts. $1 tenant, $2 variants.
     */
    private static final String ON_HAND = """
        with level as (
            select variant_id, coalesce(on_hand, available) as units, doubted
              from stock
             where tenant = $1
               and variant_id = any($2::uuid[])
             order by id
               for share)
        select variant_id, coalesce(sum(units) filter (where units > 0), 0)::bigint, bool_or(doubted)
          from level
         where units > 0
            or doubted
         group by variant_id
        """;

    /** A row to lock for each product. In the order of ids, and after the products' locks. $1 tenant, $2 products. */
    private static final String ENSURE = """
        insert into availability (tenant, product_id, version, variants, updated_at)
        select $1, id, 0, '[]', now()
          from unnest($2::uuid[]) as id
         order by id
        on conflict (tenant, product_id) do nothing
        """;

    /** $1 tenant, $2 products. */
    private static final String LOCK = """
        select product_id, version, variants::text, doubted, deleted_at is not null as deleted, statuses::text
          from availability
         where tenant = $1
           and product_id = any($2::uuid[])
         order by product_id
           for update
        """;

    /** $1 tenant, $2 products. */
    private static final String LIST = """
        select product_id, version, variants::text, doubted, deleted_at is not null as deleted, statuses::text
          from availability
         where tenant = $1
           and product_id = any($2::uuid[])
           and version > 0
        """;

    /**
     * Units by variant of which a level is known, over all locations and in the product's order, and from how many down it is low.
     * $1 tenant, $2 products.
     */
    private static final String COUNT = """
        select variant.product_id, variant.id, variant.sku, sum(stock.available)::bigint, bool_or(stock.doubted),
               coalesce(low_stock.units, (select low_stock_units from tenant where tenant = $1), 0)
          from variant
          join stock on stock.tenant = variant.tenant and stock.variant_id = variant.id
          left join low_stock on low_stock.tenant = variant.tenant and low_stock.variant_id = variant.id
         where variant.tenant = $1
           and variant.product_id = any($2::uuid[])
         group by variant.product_id, variant.position, variant.id, variant.sku, low_stock.units
         order by variant.product_id, variant.position
        """;

    /** The rows are locked. $1 tenant, then one array per column. */
    private static final String UPDATE = """
        update availability
           set version = a.version, variants = a.variants::json, doubted = a.doubted, statuses = a.statuses::json,
               updated_at = now()
          from unnest($2::uuid[], $3::bigint[], $4::text[], $5::boolean[], $6::text[])
                 as a(product_id, version, variants, doubted, statuses)
         where availability.tenant = $1
           and availability.product_id = a.product_id
        """;

    /** $1 tenant, $2 products. */
    private static final String DELETE = """
        update availability
           set version = version + 1, variants = '[]', statuses = '[]', doubted = false, updated_at = now(), deleted_at = now()
         where tenant = $1
           and product_id = any($2::uuid[])
           and deleted_at is null
        """;

    private final OwnJson json;

    AvailabilityRepository(OwnJson json) {
        this.json = json;
    }

    /** Applies levels, each id at most once; the products of those that were news. */
    Uni<Set<UUID>> apply(Tx tx, List<StockLevel> levels) {
        return tx.sql()
                .preparedQuery(APPLY)
                .execute(Tuple.tuple()
                        .addString(tx.tenant().value())
                        .addValue(levels.stream().map(StockLevel::id).toArray(UUID[]::new))
                        .addValue(levels.stream()
                                .map(level -> level.order().epoch())
                                .toArray(Integer[]::new))
                        .addValue(levels.stream()
                                .map(level -> level.order().version())
                                .toArray(Long[]::new))
                        .addValue(levels.stream().map(StockLevel::variantId).toArray(UUID[]::new))
                        .addValue(levels.stream().map(StockLevel::onHand).toArray(Long[]::new))
                        .addValue(levels.stream().map(StockLevel::available).toArray(Long[]::new)))
                .map(AvailabilityRepository::ids);
    }

    /** Notes that something newer was told of a level than what is known; its product, or none if nothing is known of it. */
    Uni<Set<UUID>> doubt(Tx tx, UUID level, @Nullable Order order) {
        return tx.sql()
                .preparedQuery(DOUBT)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        level,
                        order == null ? null : order.epoch(),
                        order == null ? null : order.version()))
                .map(AvailabilityRepository::ids);
    }

    /** Whether all these levels, by id, have come to these orders. */
    Uni<Boolean> reached(Tx tx, Map<UUID, Order> seen) {
        var levels = List.copyOf(seen.entrySet());
        return tx.sql()
                .preparedQuery(REACHED)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        levels.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
                        levels.stream().map(level -> level.getValue().epoch()).toArray(Integer[]::new),
                        levels.stream().map(level -> level.getValue().version()).toArray(Long[]::new)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Those of the variants of which a level is known. */
    Uni<Set<UUID>> known(Tx tx, Collection<UUID> variants) {
        return tx.sql()
                .preparedQuery(KNOWN)
                .execute(Tuple.of(tx.tenant().value(), uuids(variants)))
                .map(AvailabilityRepository::ids);
    }

    /** How many units of each variant are on hand, and whether that is certain; variants that certainly have none are left out. */
    Uni<Map<UUID, Use>> onHand(Tx tx, Collection<UUID> variants) {
        return tx.sql()
                .preparedQuery(ON_HAND)
                .execute(Tuple.of(tx.tenant().value(), uuids(variants)))
                .map(rows -> {
                    var uses = new HashMap<UUID, Use>();
                    rows.forEach(row -> uses.put(row.getUUID(0), new Use(row.getLong(1), row.getBoolean(2))));
                    return uses;
                });
    }

    private static Set<UUID> ids(RowSet<Row> rows) {
        var ids = new HashSet<UUID>();
        rows.forEach(row -> ids.add(row.getUUID(0)));
        return ids;
    }

    /** One row per product, locked, made where there was none. */
    Uni<Map<UUID, Stored>> lock(Tx tx, Collection<UUID> products) {
        return ensure(tx, products).chain(() -> lockRows(tx, products)).map(this::stored);
    }

    private Uni<RowSet<Row>> ensure(Tx tx, Collection<UUID> products) {
        return tx.sql().preparedQuery(ENSURE).execute(Tuple.of(tx.tenant().value(), uuids(products)));
    }

    /** What a product's levels add up to, by variant. */
    record Counted(List<Availability.Count> variants, boolean doubted) {
        static final Counted NOTHING = new Counted(List.of(), false);
    }

    /** Products' rows, locked, and what was counted under the locks. */
    record Counting(Map<UUID, Stored> locked, Map<UUID, Counted> counted) {}

    /**
     * As {@link #lock}, and counts. The three statements leave together; the server executes each when the one before has ended,
     * so the count sees all that was committed before the locks were got.
     */
    Uni<Counting> lockAndCount(Tx tx, Collection<UUID> products) {
        return Uni.combine()
                .all()
                .unis(ensure(tx, products), lockRows(tx, products), count(tx, products))
                .with((_, locked, counted) -> new Counting(stored(locked), counted));
    }

    private Uni<Map<UUID, Counted>> count(Tx tx, Collection<UUID> products) {
        return tx.sql()
                .preparedQuery(COUNT)
                .execute(Tuple.of(tx.tenant().value(), uuids(products)))
                .map(AvailabilityRepository::counted);
    }

    private static Map<UUID, Counted> counted(RowSet<Row> rows) {
        var variants = new HashMap<UUID, List<Availability.Count>>();
        var doubted = new HashSet<UUID>();
        for (var row : rows) {
            var product = row.getUUID(0);
            variants.computeIfAbsent(product, _ -> new ArrayList<>())
                    .add(new Availability.Count(row.getUUID(1), row.getString(2), row.getLong(3), row.getLong(5)));
            if (row.getBoolean(4)) {
                doubted.add(product);
            }
        }
        var counted = new HashMap<UUID, Counted>();
        variants.forEach((product, some) -> counted.put(product, new Counted(some, doubted.contains(product))));
        return counted;
    }

    /** The rows that are there, locked. */
    Uni<RowSet<Row>> lockRows(Tx tx, Collection<UUID> products) {
        return tx.sql().preparedQuery(LOCK).execute(Tuple.of(tx.tenant().value(), uuids(products)));
    }

    /** Those of which something was published; deleted ones too. */
    Uni<Map<UUID, Stored>> list(Tx tx, Collection<UUID> products) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), uuids(products)))
                .map(this::stored);
    }

    Uni<Void> update(Tx tx, List<Availability> changed) {
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        changed.stream().map(Availability::productId).toArray(UUID[]::new),
                        changed.stream().map(Availability::version).toArray(Long[]::new),
                        changed.stream()
                                .map(availability -> json.text(availability.variants().stream()
                                        .map(OfVariant::units)
                                        .toList()))
                                .toArray(String[]::new),
                        changed.stream().map(Availability::doubted).toArray(Boolean[]::new),
                        changed.stream()
                                .map(availability -> json.text(availability.variants().stream()
                                        .map(OfVariant::standing)
                                        .toList()))
                                .toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> delete(Tx tx, Collection<UUID> products) {
        return tx.sql()
                .preparedQuery(DELETE)
                .execute(Tuple.of(tx.tenant().value(), uuids(products)))
                .replaceWithVoid();
    }

    private Map<UUID, Stored> stored(RowSet<Row> rows) {
        var stored = new HashMap<UUID, Stored>();
        for (var row : rows) {
            var product = row.getUUID(0);
            stored.put(
                    product,
                    new Stored(
                            new Availability(product, row.getLong(1), variants(row), row.getBoolean(3)),
                            row.getBoolean(4)));
        }
        return stored;
    }

    private List<OfVariant> variants(Row row) {
        var standings = new HashMap<UUID, Standing>();
        json.read(row.getString(5), STANDINGS).forEach(standing -> standings.put(standing.variantId(), standing));
        return json.read(row.getString(2), UNITS).stream()
                .map(units -> OfVariant.stored(units, standings.get(units.variantId())))
                .toList();
    }

    private static UUID[] uuids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
