package io.souk.catalog.tenant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class TenantRepository {

    /** $1 tenant, $2 id. */
    private static final String INSERT = """
        insert into tenant (tenant, id, version, created_at)
        values ($1, $2, 1, now())
        on conflict (tenant) do nothing
        """;

    /** $1 tenant, $2 ids. */
    private static final String LOCK = """
        select id, low_stock_units, version
          from tenant
         where tenant = $1
           and id = any($2::uuid[])
           for no key update
        """;

    /** $1 tenant. */
    private static final String FIND = """
        select id, low_stock_units, version
          from tenant
         where tenant = $1
        """;

    private static final String LOCK_OWN = FIND + """
           for no key update
        """;

    /** The row is locked. $1 tenant. */
    private static final String UPDATE = """
        update tenant
           set low_stock_units = $2, version = $3
         where tenant = $1
        """;

    /** What is known of the tenant, if that is its id; nobody changes it before the transaction ends. */
    Uni<List<Tenant>> lock(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var tenants = new ArrayList<Tenant>();
                    rows.forEach(row -> tenants.add(tenant(tx, row)));
                    return tenants;
                });
    }

    /** Null while nobody has met it. */
    Uni<@Nullable Tenant> find(Tx tx) {
        return one(tx, FIND);
    }

    /** As {@link #find}, and nobody changes it before the transaction ends. */
    Uni<@Nullable Tenant> lock(Tx tx) {
        return one(tx, LOCK_OWN);
    }

    private static Uni<@Nullable Tenant> one(Tx tx, String statement) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value()))
                .map(rows ->
                        rows.size() == 0 ? null : tenant(tx, rows.iterator().next()));
    }

    Uni<Void> update(Tx tx, Tenant after) {
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(Tuple.of(tx.tenant().value(), after.lowStockUnits(), after.version()))
                .replaceWithVoid();
    }

    private static Tenant tenant(Tx tx, Row row) {
        return new Tenant(row.getUUID("id"), tx.tenant(), row.getLong("low_stock_units"), row.getLong("version"));
    }

    /** Whether the tenant is new; false, with nothing changed, when it was known. */
    Uni<Boolean> insert(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> rows.rowCount() == 1);
    }
}
