package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How much customers hold, and one transaction after the other that lets them hold more. */
@ApplicationScoped
class CustomerRepository {
    /** In one order, so that nobody waits in a ring. */
    private static final String LOCK = """
        select pg_advisory_xact_lock(customer.number)
          from (select hashtextextended('holds-of/' || $1::text || '/' || wanted.owner, 0) as number
                  from unnest($2::text[]) as wanted (owner)
                 order by number) as customer
        """;

    /** No further than to $3: who has more, by those who work for the tenant, has too many anyway. */
    private static final String COUNT_OPEN = """
        select customer.owner,
               (select count(*)
                  from (select
                          from reservation
                         where tenant = $1
                           and owner = customer.owner
                           and status = 'OPEN'
                         limit $3) as open) as open
          from unnest($2::text[]) as customer (owner)
        """;

    /** Until the transaction ends. A statement of its own: the next one sees what was committed before these locks were had. */
    Uni<Void> lock(Tx tx, Set<String> owners) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), owners.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** Of each of them, at most {@code most}: one that has run out counts until it has ended, as its units do. */
    Uni<Map<String, Integer>> countOpen(Tx tx, Set<String> owners, int most) {
        return tx.sql()
                .preparedQuery(COUNT_OPEN)
                .execute(Tuple.of(tx.tenant().value(), owners.toArray(String[]::new), most))
                .map(rows -> rows.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                row -> row.getString("owner"),
                                row -> row.getLong("open").intValue())));
    }
}
