package io.souk.inventory.variant;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.variant.TrackByUnit.Tracking;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

@ApplicationScoped
class VariantRepository {
    /** Takes the rows in the order in which they are given. $1 tenant, then parallel arrays. Returns the products that were news. */
    private static final String ADMIT = """
        insert into known_product as known (tenant, product_id, epoch, version, status)
        select $1, told.id, told.epoch, told.version, told.status
          from unnest($2::uuid[], $3::integer[], $4::bigint[], $5::text[]) as told (id, epoch, version, status)
            on conflict (tenant, product_id) do update
           set epoch = excluded.epoch, version = excluded.version, status = excluded.status
         where (known.epoch, known.version) < (excluded.epoch, excluded.version)
        returning product_id
        """;

    /** $1 tenant, $2 products, $3 the variants that they have now. */
    private static final String RETIRE_OTHERS = """
        update variant
           set live = false
         where tenant = $1
           and product_id = any ($2)
           and id <> all ($3)
           and live
        """;

    private static final String UPSERT = """
        insert into variant as known (tenant, id, product_id, sku, sku_key, live, told_at)
        select $1, told.id, told.product_id, told.sku, told.sku_key, true, told.at
          from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
                   as told (id, product_id, sku, sku_key, at)
            on conflict (tenant, id) do update
           set product_id = excluded.product_id, sku = excluded.sku, sku_key = excluded.sku_key, live = true,
               told_at = excluded.told_at
        """;

    private static final String FIND_BY_SKU_KEY = """
        select distinct on (sku_key) sku_key, id, product_id, sku
          from variant
         where tenant = $1
           and sku_key = any ($2)
           and live
         order by sku_key, told_at desc, id
        """;

    private static final String FIND_BY_ID = """
        select id, product_id, sku
          from variant
         where tenant = $1
           and id = any ($2)
           and live
        """;

    /** $2, $3 the last SKU key and id seen. */
    private static final String LIST_AFTER = """
        select id, product_id, sku
          from variant
         where tenant = $1
           and live
           and (sku_key, id) > ($2, $3)
         order by sku_key, id
         limit $4
        """;

    /** One row, whatever is known of it. */
    private static final String FIND_TRACKING = """
        select asked.id, variant.sku, coalesce(variant.live, false) as live, coalesce(setting.by_unit, false) as by_unit
          from (select $2::uuid as id) as asked
          left join variant on variant.tenant = $1 and variant.id = asked.id
          left join variant_setting setting on setting.tenant = $1 and setting.variant_id = asked.id
        """;

    /** The row is made where there is none, and locked either way. */
    private static final String LOCK_TRACKING = """
        insert into variant_setting as setting (tenant, variant_id)
        values ($1, $2)
            on conflict (tenant, variant_id) do update
           set by_unit = setting.by_unit
        returning by_unit
        """;

    /** The levels of the variant follow by their foreign key. */
    private static final String TRACK = """
        update variant_setting
           set by_unit = $3
         where tenant = $1
           and variant_id = $2
        """;

    /** Behind the id $2. */
    private static final String LIST_TRACKED = """
        select setting.variant_id as id, variant.sku, coalesce(variant.live, false) as live, setting.by_unit
          from variant_setting setting
          left join variant on variant.tenant = setting.tenant and variant.id = setting.variant_id
         where setting.tenant = $1
           and setting.variant_id > $2
           and setting.by_unit
         order by setting.variant_id
         limit $3
        """;

    Uni<Set<UUID>> admit(Tx tx, List<KnownProduct> products) {
        return tx.sql()
                .preparedQuery(ADMIT)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        products.stream().map(KnownProduct::id).toArray(UUID[]::new),
                        products.stream()
                                .map(product -> product.order().epoch())
                                .toArray(Integer[]::new),
                        products.stream()
                                .map(product -> product.order().version())
                                .toArray(Long[]::new),
                        products.stream().map(KnownProduct::status).toArray(String[]::new)))
                .map(rows ->
                        rows.stream().map(row -> row.getUUID("product_id")).collect(Collectors.toUnmodifiableSet()));
    }

    Uni<Void> retireOthers(Tx tx, List<UUID> products, List<Variant> kept) {
        return tx.sql()
                .preparedQuery(RETIRE_OTHERS)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        products.toArray(UUID[]::new),
                        kept.stream().map(Variant::id).toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> upsert(Tx tx, List<KnownProduct> products) {
        var told = products.stream()
                .flatMap(product -> product.variants().stream().map(variant -> new Told(variant, product.toldAt())))
                .toList();
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.sql()
                .preparedQuery(UPSERT)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        told.stream().map(one -> one.variant().id()).toArray(UUID[]::new),
                        told.stream().map(one -> one.variant().productId()).toArray(UUID[]::new),
                        told.stream().map(one -> one.variant().sku()).toArray(String[]::new),
                        told.stream().map(one -> Sku.key(one.variant().sku())).toArray(String[]::new),
                        told.stream()
                                .map(one -> one.at().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new)))
                .replaceWithVoid();
    }

    Uni<Map<String, Variant>> findBySkuKey(Tx tx, Collection<String> keys) {
        return tx.sql()
                .preparedQuery(FIND_BY_SKU_KEY)
                .execute(Tuple.of(tx.tenant().value(), keys.toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                row -> row.getString("sku_key"), VariantRepository::variant)));
    }

    Uni<Map<UUID, Variant>> findById(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(FIND_BY_ID)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .map(VariantRepository::variant)
                        .collect(Collectors.toUnmodifiableMap(Variant::id, Function.identity())));
    }

    Uni<List<Variant>> listAfter(Tx tx, String skuKey, UUID id, int rows) {
        return tx.sql()
                .preparedQuery(LIST_AFTER)
                .execute(Tuple.of(tx.tenant().value(), skuKey, id, rows))
                .map(found -> found.stream().map(VariantRepository::variant).toList());
    }

    Uni<Tracking> findTracking(Tx tx, UUID variant) {
        return tx.sql()
                .preparedQuery(FIND_TRACKING)
                .execute(Tuple.of(tx.tenant().value(), variant))
                .map(rows -> tracking(rows.iterator().next()));
    }

    Uni<Boolean> lockTracking(Tx tx, UUID variant) {
        return tx.sql()
                .preparedQuery(LOCK_TRACKING)
                .execute(Tuple.of(tx.tenant().value(), variant))
                .map(rows -> rows.iterator().next().getBoolean("by_unit"));
    }

    Uni<Void> track(Tx tx, UUID variant, boolean byUnit) {
        return tx.sql()
                .preparedQuery(TRACK)
                .execute(Tuple.of(tx.tenant().value(), variant, byUnit))
                .replaceWithVoid();
    }

    Uni<List<Tracking>> listTracked(Tx tx, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST_TRACKED)
                .execute(Tuple.of(tx.tenant().value(), after, rows))
                .map(found -> found.stream().map(VariantRepository::tracking).toList());
    }

    private static Tracking tracking(Row row) {
        return new Tracking(row.getUUID("id"), row.getString("sku"), row.getBoolean("live"), row.getBoolean("by_unit"));
    }

    private static Variant variant(Row row) {
        return new Variant(row.getUUID("id"), row.getUUID("product_id"), row.getString("sku"));
    }

    private record Told(Variant variant, Instant at) {}
}
