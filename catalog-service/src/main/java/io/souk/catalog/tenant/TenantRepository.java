package io.souk.catalog.tenant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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
        select id, version
          from tenant
         where tenant = $1
           and id = any($2::uuid[])
           for no key update
        """;

    /** What is known of the tenant, if that is its id; nobody changes it before the transaction ends. */
    Uni<List<TenantState>> lock(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var states = new ArrayList<TenantState>();
                    rows.forEach(
                            row -> states.add(new TenantState(row.getUUID(0), tx.tenant(), row.getLong(1), Set.of())));
                    return states;
                });
    }

    /** Whether the tenant is new; false, with nothing changed, when it was known. */
    Uni<Boolean> insert(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> rows.rowCount() == 1);
    }
}
