package io.souk.catalog.tenant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

@ApplicationScoped
class TenantRepository {

    /** $1 tenant, $2 id. */
    private static final String INSERT = """
        insert into tenant (tenant, id, version, created_at)
        values ($1, $2, 1, now())
        on conflict (tenant) do nothing
        """;

    /** Whether the tenant is new; false, with nothing changed, when it was known. */
    Uni<Boolean> insert(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> rows.rowCount() == 1);
    }
}
