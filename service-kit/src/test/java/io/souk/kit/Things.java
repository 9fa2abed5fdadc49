package io.souk.kit;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.outbox.ProducedAggregates;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.testing.Tenants;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** A small aggregate with state, version and events, for the kit's own tests. */
@ApplicationScoped
public class Things implements ProducedAggregates {
    public static final AggregateType THING = new AggregateType("catalog", "thing");
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String WRITE = """
            insert into thing (tenant, id, name, version)
            values ($1, $2, $3, 1)
            on conflict (tenant, id) do update
               set name    = excluded.name,
                   version = thing.version + 1
            returning version
            """;

    public record State(UUID id, long version, String name, List<String> changed) {}

    private final Transactions transactions;
    private final Outbox outbox;

    Things(Transactions transactions, Outbox outbox) {
        this.transactions = transactions;
        this.outbox = outbox;
    }

    @Override
    public Set<AggregateType> types() {
        return Set.of(THING);
    }

    public static TenantId anyTenant() {
        return new TenantId(Tenants.fresh());
    }

    /** One more version, committed; its number. */
    public long write(TenantId tenant, UUID id, String name) {
        return transactions.inTenant(tenant, tx -> write(tx, id, name)).await().atMost(PATIENCE);
    }

    public Uni<Long> write(Tx tx, UUID id, String name) {
        return tx.sql()
                .preparedQuery(WRITE)
                .execute(Tuple.of(tx.tenant().value(), id, name))
                .map(rows -> rows.iterator().next().getLong("version"))
                .call(version -> outbox.append(tx, change(id, version, name)));
    }

    /** Many new things in one transaction. */
    public List<UUID> writeMany(TenantId tenant, int count, String name) {
        var ids = IntStream.range(0, count).mapToObj(_ -> Ids.next()).toList();
        transactions
                .inTenant(
                        tenant,
                        tx -> outbox.appendAll(
                                tx, ids.stream().map(id -> change(id, 1, name)).toList()))
                .await()
                .atMost(PATIENCE);
        return ids;
    }

    /** So few that a slow machine ends their transaction well before its deadline. */
    private static final int ROWS_OF_A_TRANSACTION = 50;

    /** Makes rows one after the other, so that they and their events are in this order; some to a transaction. */
    public List<UUID> writeRows(TenantId tenant, int count, String name) {
        var ids = IntStream.range(0, count).mapToObj(_ -> Ids.next()).toList();
        for (int from = 0; from < count; from += ROWS_OF_A_TRANSACTION) {
            var some = ids.subList(from, Math.min(count, from + ROWS_OF_A_TRANSACTION));
            transactions
                    .inTenant(tenant, tx -> writeEach(tx, some, name))
                    .await()
                    .atMost(PATIENCE);
        }
        return ids;
    }

    private Uni<Void> writeEach(Tx tx, List<UUID> ids, String name) {
        var written = Uni.createFrom().voidItem();
        for (var id : ids) {
            written = written.chain(() -> write(tx, id, name)).replaceWithVoid();
        }
        return written;
    }

    private static Change change(UUID id, long version, String name) {
        return Change.changed(THING, id, version, new State(id, version, name, List.of("name")));
    }
}
