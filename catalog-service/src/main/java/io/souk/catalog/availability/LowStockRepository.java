package io.souk.catalog.availability;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class LowStockRepository {
    /** $1 tenant, $2 variant. */
    private static final String FIND = """
        select own.units, coalesce(of_all.low_stock_units, 0) as of_tenant, coalesce(own.version, 0) as version
          from (select) as one
          left join low_stock own on own.tenant = $1 and own.variant_id = $2
          left join tenant of_all on of_all.tenant = $1
        """;

    /** $1 tenant, $2 variant, $3 units. */
    private static final String SAVE = """
        insert into low_stock as own (tenant, variant_id, units, version)
        values ($1, $2, $3, 1)
        on conflict (tenant, variant_id) do update
           set units = excluded.units, version = own.version + 1
        """;

    /** $1 tenant, $2 where to begin. */
    private static final String BEGIN_RECOUNT = """
        insert into low_stock_recount (tenant, reached)
        values ($1, $2)
        on conflict (tenant) do update
           set reached = excluded.reached
        """;

    /** $1 tenant. */
    private static final String LOCK_RECOUNT = """
        select reached
          from low_stock_recount
         where tenant = $1
           for update
        """;

    /** $1 tenant, $2 how far it has come. */
    private static final String MOVE_RECOUNT = """
        update low_stock_recount
           set reached = $2
         where tenant = $1
        """;

    /** $1 tenant. */
    private static final String END_RECOUNT = "delete from low_stock_recount where tenant = $1";

    /** $1 tenant, $2 the product before, $3 rows. */
    private static final String NEXT_PRODUCTS = """
        select product_id
          from availability
         where tenant = $1
           and product_id > $2
           and deleted_at is null
         order by product_id
         limit $3
        """;

    Uni<LowStock> find(Tx tx, UUID variant) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), variant))
                .map(rows -> rows.iterator().next())
                .map(row ->
                        new LowStock(variant, row.getLong("units"), row.getLong("of_tenant"), row.getLong("version")));
    }

    /** Its product is locked, so that nobody else writes it. */
    Uni<Void> save(Tx tx, UUID variant, @Nullable Long units) {
        return tx.sql()
                .preparedQuery(SAVE)
                .execute(Tuple.of(tx.tenant().value(), variant, units))
                .replaceWithVoid();
    }

    /** From the first product on, wherever an earlier recount of the tenant may be. */
    Uni<Void> beginRecount(Tx tx, UUID from) {
        return tx.sql()
                .preparedQuery(BEGIN_RECOUNT)
                .execute(Tuple.of(tx.tenant().value(), from))
                .replaceWithVoid();
    }

    /** How far the recount has come; null when there is none, or it has ended. Nobody else goes on with it meanwhile. */
    Uni<@Nullable UUID> lockRecount(Tx tx) {
        return tx.sql()
                .preparedQuery(LOCK_RECOUNT)
                .execute(Tuple.of(tx.tenant().value()))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID("reached"));
    }

    Uni<Void> moveRecount(Tx tx, UUID reached) {
        return tx.sql()
                .preparedQuery(MOVE_RECOUNT)
                .execute(Tuple.of(tx.tenant().value(), reached))
                .replaceWithVoid();
    }

    Uni<Void> endRecount(Tx tx) {
        return tx.sql()
                .preparedQuery(END_RECOUNT)
                .execute(Tuple.of(tx.tenant().value()))
                .replaceWithVoid();
    }

    /** Products of whose stock anything was ever heard, by their ids. */
    Uni<List<UUID>> nextProducts(Tx tx, UUID after, int limit) {
        return tx.sql()
                .preparedQuery(NEXT_PRODUCTS)
                .execute(Tuple.of(tx.tenant().value(), after, limit))
                .map(rows -> {
                    var products = new ArrayList<UUID>();
                    rows.forEach(row -> products.add(row.getUUID("product_id")));
                    return products;
                });
    }
}
