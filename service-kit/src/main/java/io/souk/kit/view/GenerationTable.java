package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Generation;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/** The table {@code cache_generation}. */
@Singleton
final class GenerationTable implements GenerationStore {
    private static final String FIND = "select id from cache_generation where layout = $1";

    private static final String LOOK = """
            select id, (extract(epoch from clock_timestamp()) * 1000000)::bigint as clock
              from cache_generation
             where layout = $1
            """;

    /** Nothing is placed for the first one, so it counts as lost, and the updaters make another. */
    private static final String MAKE =
            "insert into cache_generation (layout, id) values ($1, $2) on conflict (layout) do nothing";

    /** $1 layout, $2 the lost one, $3 the fresh one. */
    private static final String REPLACE =
            "update cache_generation set id = $3, made_at = now() where layout = $1 and id = $2";

    /** $1 layout, $2 id. */
    private static final String RESERVE = """
            insert into cache_generation (layout, id)
            values ($1, $2)
            on conflict (layout) do update
               set id      = excluded.id,
                   made_at = now(),
                   used_at = now()
            """;

    private static final String USE = "update cache_generation set used_at = now() where layout = $1";

    private static final String FORGET = "delete from cache_generation where used_at < now() - interval '7 days'";

    private static final String ALL = "select id from cache_generation";

    /** Behind the name of a layout: the generation that is being built for it. */
    private static final String BUILT = "/built";

    private final Transactions transactions;
    private final String layout;

    @Inject
    GenerationTable(Transactions transactions, ViewKinds kinds) {
        this(transactions, kinds.layout());
    }

    GenerationTable(Transactions transactions, String layout) {
        this.transactions = transactions;
        this.layout = layout;
    }

    @Override
    public Uni<@Nullable Generation> find(TenantId tenant) {
        return transactions.inTenant(
                tenant,
                tx -> tx.sql().preparedQuery(FIND).execute(Tuple.of(layout)).map(GenerationTable::generation));
    }

    @Override
    public Uni<Seen> look() {
        return transactions.asWorker(sql -> {
            var look = sql.preparedQuery(LOOK).execute(Tuple.of(layout));
            return look.chain(found -> found.size() > 0
                            ? Uni.createFrom().item(found)
                            : sql.preparedQuery(MAKE)
                                    .execute(Tuple.of(layout, Ids.next()))
                                    .chain(() -> look))
                    .map(found -> found.iterator().next())
                    .map(row -> new Seen(new Generation(row.getUUID("id")), row.getLong("clock")));
        });
    }

    @Override
    public Uni<Boolean> replace(Generation lost, Generation fresh) {
        return transactions.asWorker(sql -> sql.preparedQuery(REPLACE)
                .execute(Tuple.of(layout, lost.id(), fresh.id()))
                .map(done -> done.rowCount() == 1));
    }

    @Override
    public Uni<Void> reserve(Generation built) {
        return transactions.asWorker(sql -> sql.preparedQuery(RESERVE)
                .execute(Tuple.of(layout + BUILT, built.id()))
                .replaceWithVoid());
    }

    @Override
    public Uni<Set<Generation>> kept() {
        return transactions.asWorker(sql -> sql.preparedQuery(USE)
                .execute(Tuple.of(layout))
                .chain(() -> sql.query(FORGET).execute())
                .chain(() -> sql.query(ALL).execute())
                .map(rows -> {
                    var kept = new HashSet<Generation>();
                    rows.forEach(row -> kept.add(new Generation(row.getUUID("id"))));
                    return kept;
                }));
    }

    private static @Nullable Generation generation(RowSet<Row> found) {
        return found.size() == 0 ? null : new Generation(found.iterator().next().getUUID("id"));
    }
}
