package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What of the inventory needs a variant, beside the variant as the catalogue told it last. Each statement: $1 tenant, $2 the
 * last id of the part before, $3 rows.
 */
@ApplicationScoped
class ReferenceRepository {
    /** Of units that are tracked, too: those that are present are what is on hand. The name says where they are. */
    private static final String NEXT_LEVELS = """
        select seen.id, seen.variant_id, variant.sku,
               location.code || case seen.lot when '' then '' else ', lot ' || seen.lot end as name,
               seen.on_hand as units, seen.on_hand > 0 and not coalesce(variant.live, false) as missing
          from (select id, variant_id, location_id, lot, on_hand
                  from stock_level
                 where tenant = $1
                   and id > $2
                 order by id
                 limit $3) as seen
          join location on location.tenant = $1 and location.id = seen.location_id
          left join variant on variant.tenant = $1 and variant.id = seen.variant_id
         order by seen.id
        """;

    private static final String NEXT_AWAITED = """
        select seen.id, seen.variant_id, variant.sku, seen.serial as name, 1::bigint as units,
               not coalesce(variant.live, false) as missing
          from (select id, variant_id, serial
                  from unit
                 where tenant = $1
                   and status = 'INCOMING'
                   and id > $2
                 order by id
                 limit $3) as seen
          left join variant on variant.tenant = $1 and variant.id = seen.variant_id
         order by seen.id
        """;

    private static final String NEXT_TRACKED = """
        select seen.variant_id as id, seen.variant_id, variant.sku, null as name, null::bigint as units,
               not coalesce(variant.live, false) as missing
          from (select variant_id
                  from variant_setting
                 where tenant = $1
                   and by_unit
                   and variant_id > $2
                 order by variant_id
                 limit $3) as seen
          left join variant on variant.tenant = $1 and variant.id = seen.variant_id
         order by seen.variant_id
        """;

    /** An order comes once for each of its lines that something is still to come of and whose variant is gone; once if there is none. */
    private static final String NEXT_ORDERED = """
        select seen.id, line.variant_id, line.sku, seen.number as name, line.units, line.variant_id is not null as missing
          from (select id, number, status
                  from purchase_order
                 where tenant = $1
                   and id > $2
                 order by id
                 limit $3) as seen
          left join lateral (
               select wanted.line, wanted.variant_id, wanted.sku, wanted.quantity - came.units as units
                 from purchase_order_line wanted
                cross join lateral (
                      select coalesce(sum(purchase.quantity), 0)::bigint as units
                        from purchase
                       where purchase.tenant = $1
                         and purchase.order_id = wanted.order_id
                         and purchase.variant_id = wanted.variant_id) as came
                 left join variant on variant.tenant = $1 and variant.id = wanted.variant_id
                where wanted.tenant = $1
                  and wanted.order_id = seen.id
                  and seen.status = 'OPEN'
                  and wanted.quantity > came.units
                  and not coalesce(variant.live, false)) as line on true
         order by seen.id, line.line
        """;

    /** Archived packs, too: nobody counts by them, so nothing is missing. */
    private static final String NEXT_PACKS = """
        select seen.id, seen.variant_id, variant.sku, seen.gtin as name, null::bigint as units,
               seen.status = 'ACTIVE' and not coalesce(variant.live, false) as missing
          from (select id, gtin, variant_id, status
                  from pack
                 where tenant = $1
                   and id > $2
                 order by id
                 limit $3) as seen
          left join variant on variant.tenant = $1 and variant.id = seen.variant_id
         order by seen.id
        """;

    /**
     * Something that may name a variant.
     *
     * @param variantId null where it names none that matters any more
     * @param sku as the catalogue spelt it last; null for one that it never told of
     * @param name by which people know it, where it has one
     * @param units how many it is about, where it is about some
     * @param missing whether it needs the variant, and the catalogue does not have it
     */
    record Seen(
            UUID id,
            @Nullable UUID variantId,
            @Nullable String sku,
            @Nullable String name,
            @Nullable Long units,
            boolean missing) {}

    /** The next ones behind {@code after}, in the order of their ids; one may come several times. */
    Uni<List<Seen>> next(Tx tx, Referrer referrer, UUID after) {
        return tx.sql()
                .preparedQuery(statement(referrer))
                .execute(Tuple.of(tx.tenant().value(), after, referrer.atOnce()))
                .map(found -> found.stream().map(ReferenceRepository::seen).toList());
    }

    private static String statement(Referrer referrer) {
        return switch (referrer) {
            case LEVEL -> NEXT_LEVELS;
            case AWAITED_UNIT -> NEXT_AWAITED;
            case TRACKED_VARIANT -> NEXT_TRACKED;
            case PURCHASE_ORDER -> NEXT_ORDERED;
            case PACK -> NEXT_PACKS;
        };
    }

    private static Seen seen(Row row) {
        return new Seen(
                row.getUUID("id"),
                row.getUUID("variant_id"),
                row.getString("sku"),
                row.getString("name"),
                row.getLong("units"),
                row.getBoolean("missing"));
    }
}
