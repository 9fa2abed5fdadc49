package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** From a thing's name to one that has it. */
@ApplicationScoped
public class ThingsByName implements LookupKind {
    private static final String SELECT = "select name, id from thing where tenant = $1 and name = any($2::text[])";

    private final Transactions transactions;

    ThingsByName(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "thing-name";
    }

    @Override
    public Duration ttl() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Map<String, UUID>> load(TenantId tenant, Collection<String> keys) {
        return transactions.inTenant(
                tenant,
                tx -> tx.sql()
                        .preparedQuery(SELECT)
                        .execute(Tuple.of(tenant.value(), keys.toArray(String[]::new)))
                        .map(rows -> {
                            Map<String, UUID> found = new HashMap<>();
                            rows.forEach(row -> found.put(row.getString("name"), row.getUUID("id")));
                            return found;
                        }));
    }
}
