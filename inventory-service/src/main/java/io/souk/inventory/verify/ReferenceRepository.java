package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

@ApplicationScoped
class ReferenceRepository {
    /** Packs behind the id $2, archived ones too, each with its variant as the catalogue told it last. */
    private static final String NEXT = """
        select seen.id, seen.gtin, seen.variant_id, seen.status = 'ACTIVE' as used, variant.sku,
               coalesce(variant.live, false) as live
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
     * A pack beside its variant.
     *
     * @param used whether people count by it
     * @param live whether the catalogue has the variant
     */
    record SeenPack(
            UUID id,
            String gtin,
            UUID variantId,
            boolean used,
            @Nullable String sku,
            boolean live) {}

    Uni<List<SeenPack>> next(Tx tx, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(NEXT)
                .execute(Tuple.of(tx.tenant().value(), after, rows))
                .map(found -> found.stream().map(ReferenceRepository::seen).toList());
    }

    private static SeenPack seen(Row row) {
        return new SeenPack(
                row.getUUID("id"),
                row.getString("gtin"),
                row.getUUID("variant_id"),
                row.getBoolean("used"),
                row.getString("sku"),
                row.getBoolean("live"));
    }
}
