package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.variant.Variant;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The levels as lists show them, of a vendor or of the whole tenant. Nothing is locked. */
@ApplicationScoped
class ShownStockRepository {
    /**
     * The first $3 of each variant, with what all of them come to. Of a lot that is gone nothing but its ledger is left: such levels
     * only ever become more, and add nothing. They are read, and left out.
     */
    private static final String FIRST = """
        select shown.*
          from (select row_number() over (of_variant order by level.location_id, level.lot) as place,
                       sum(level.on_hand) over of_variant::bigint as all_on_hand,
                       sum(level.reserved) over of_variant::bigint as all_reserved,
                       sum(case when %s then 0 else level.on_hand - level.reserved end) over of_variant::bigint as all_available,
                       count(*) over of_variant as levels,
                       %s
                  from stock_level level
                 where level.tenant = $1
                   and level.variant_id = any ($2)
                   and (level.on_hand > 0 or level.lot = '')
                   %s
                window of_variant as (partition by level.variant_id)) as shown
         where shown.place <= $3
         order by shown.variant_id, shown.place
        """;

    private static final String OF_VENDOR = "and level.vendor = $4";

    private static final String LIST_FIRST = FIRST.formatted(StockRepository.IS_OVER, StockRepository.LEVEL, "");

    private static final String LIST_FIRST_OF_VENDOR =
            FIRST.formatted(StockRepository.IS_OVER, StockRepository.LEVEL, OF_VENDOR);

    private static final String AFTER = "select " + StockRepository.LEVEL + """
          from stock_level level
         where level.tenant = $1
           and level.variant_id = $2
           and (level.location_id, level.lot) > ($3, $4)
           %s
         order by level.location_id, level.lot
         limit $5
        """;

    /** Behind a location and a lot, empty ones too. */
    private static final String LIST_AFTER = AFTER.formatted("");

    private static final String LIST_AFTER_OF_VENDOR = AFTER.formatted("and level.vendor = $6");

    /** Any level of a variant says what it is: all are renamed at once. */
    private static final String WITH_LEVEL = """
        select any_level.variant_id, any_level.product_id, any_level.sku
          from unnest($2::uuid[]) as wanted (variant_id)
         cross join lateral (
               select level.variant_id, level.product_id, level.sku
                 from stock_level level
                where level.tenant = $1
                  and level.variant_id = wanted.variant_id
                  %s
                limit 1) as any_level
        """;

    private static final String FIND_WITH_LEVEL = WITH_LEVEL.formatted("");

    private static final String FIND_WITH_LEVEL_OF_VENDOR = WITH_LEVEL.formatted("and level.vendor = $3");

    private static final String LIST_VARIANTS_OF_VENDOR = """
        select distinct on (level.variant_id) level.variant_id, level.product_id, level.sku
          from stock_level level
          join variant on variant.tenant = level.tenant and variant.id = level.variant_id
         where level.tenant = $1
           and level.vendor = $2
           and level.variant_id > $3
           and variant.live
         order by level.variant_id
         limit $4
        """;

    /** By variant, the first {@code most} levels of each; a variant of which there is no level to show is not in it. */
    Uni<Map<UUID, ShownStock>> first(Tx tx, @Nullable String vendor, Collection<UUID> variants, int most) {
        var tenant = tx.tenant().value();
        var ids = variants.toArray(UUID[]::new);
        return (vendor == null
                        ? tx.sql().preparedQuery(LIST_FIRST).execute(Tuple.of(tenant, ids, most))
                        : tx.sql().preparedQuery(LIST_FIRST_OF_VENDOR).execute(Tuple.of(tenant, ids, most, vendor)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("variant_id"),
                                Collectors.collectingAndThen(Collectors.toList(), ShownStockRepository::shown))));
    }

    /** All there are of the variant, behind this lot at this location. */
    Uni<List<StockLevel>> after(Tx tx, @Nullable String vendor, UUID variant, UUID location, String lot, int rows) {
        var values = Tuple.of(tx.tenant().value(), variant, location, lot, rows);
        return (vendor == null
                        ? tx.sql().preparedQuery(LIST_AFTER).execute(values)
                        : tx.sql().preparedQuery(LIST_AFTER_OF_VENDOR).execute(values.addString(vendor)))
                .map(ShownStockRepository::levels);
    }

    /** Those of which there is a level, even an empty one, as it names them, by their ids: live or gone. */
    Uni<Map<UUID, Variant>> findWithLevel(Tx tx, @Nullable String vendor, Set<UUID> variants) {
        var tenant = tx.tenant().value();
        var ids = variants.toArray(UUID[]::new);
        return (vendor == null
                        ? tx.sql().preparedQuery(FIND_WITH_LEVEL).execute(Tuple.of(tenant, ids))
                        : tx.sql().preparedQuery(FIND_WITH_LEVEL_OF_VENDOR).execute(Tuple.of(tenant, ids, vendor)))
                .map(rows -> rows.stream()
                        .map(ShownStockRepository::variant)
                        .collect(Collectors.toUnmodifiableMap(Variant::id, Function.identity())));
    }

    /** Live variants of which the vendor has a level, even an empty one, by their ids. */
    Uni<List<Variant>> variantsAfter(Tx tx, String vendor, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST_VARIANTS_OF_VENDOR)
                .execute(Tuple.of(tx.tenant().value(), vendor, after, rows))
                .map(found -> found.stream().map(ShownStockRepository::variant).toList());
    }

    private static Variant variant(Row row) {
        return new Variant(row.getUUID("variant_id"), row.getUUID("product_id"), row.getString("sku"));
    }

    private static List<StockLevel> levels(RowSet<Row> rows) {
        return rows.stream().map(StockRepository::level).toList();
    }

    private static ShownStock shown(List<Row> rows) {
        var any = rows.getFirst();
        return new ShownStock(
                any.getLong("all_on_hand"),
                any.getLong("all_reserved"),
                any.getLong("all_available"),
                rows.stream().map(StockRepository::level).toList(),
                any.getLong("levels"));
    }
}
