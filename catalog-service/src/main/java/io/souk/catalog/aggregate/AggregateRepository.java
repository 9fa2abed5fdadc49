package io.souk.catalog.aggregate;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogProblem;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * A table of aggregates with the key {@code (tenant, id)}, a version, {@code updated_at} and {@code deleted_at}. Deleted rows
 * are found by {@link #lockRows} alone.
 */
public abstract class AggregateRepository<T> {
    private final String table;
    private final String hold;
    private final String lock;
    private final String lockRows;
    private final String find;
    private final String page;
    private final String delete;
    private final String nameUnique;
    private final String rival;

    /**
     * For one table.
     *
     * @param columns what {@link #read} needs, id and version first
     * @param rival who has the name when {@code <table>_name_unique} refuses it: "another brand"
     */
    protected AggregateRepository(String table, String columns, String rival) {
        this.table = table;
        this.nameUnique = table + "_name_unique";
        this.rival = rival;
        // In the order of ids, so that two transactions never wait for each other. $1 tenant, $2 ids.
        hold = """
            select id
              from %s
             where tenant = $1
               and id = any($2::uuid[])
               and deleted_at is null
             order by id
               for share
            """.formatted(table);
        // $1 tenant, $2 id.
        find = """
            select %s
              from %s
             where tenant = $1
               and id = $2
               and deleted_at is null
            """.formatted(columns, table);
        lock = find + "   for update";
        // Deleted ones too; rows that refer to these may be written meanwhile. $1 tenant, $2 ids.
        lockRows = """
            select %s, deleted_at is not null as deleted
              from %s
             where tenant = $1
               and id = any($2::uuid[])
             order by id
               for no key update
            """.formatted(columns, table);
        // $1 tenant, $2 after this id, $3 rows.
        page = """
            select %s
              from %s
             where tenant = $1
               and id > $2
               and deleted_at is null
             order by id
             limit $3
            """.formatted(columns, table);
        // $1 tenant, $2 id.
        delete = """
            update %s
               set version = version + 1, updated_at = now(), deleted_at = now()
             where tenant = $1
               and id = $2
            """.formatted(table);
    }

    /**
     * A row that may be deleted.
     *
     * @param present null when it is
     */
    public record StoredRow<T>(
            UUID id, long version, @Nullable T present) {}

    protected abstract T read(Row row);

    final String table() {
        return table;
    }

    public Uni<@Nullable T> find(Tx tx, UUID id) {
        return one(tx, find, id);
    }

    /** Nobody else changes it before the transaction ends. */
    public Uni<@Nullable T> lock(Tx tx, UUID id) {
        return one(tx, lock, id);
    }

    /** What there is of the ids, deleted or not; nobody else changes it before the transaction ends. */
    final Uni<List<StoredRow<T>>> lockRows(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(lockRows)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var stored = new ArrayList<StoredRow<T>>(rows.size());
                    rows.forEach(row -> stored.add(new StoredRow<>(
                            row.getUUID(0), row.getLong(1), row.getBoolean("deleted") ? null : read(row))));
                    return stored;
                });
    }

    /** Those of the ids that are there; nobody deletes them before the transaction ends. */
    public Uni<Set<UUID>> hold(Tx tx, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return tx.sql()
                .preparedQuery(hold)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var found = HashSet.<UUID>newHashSet(rows.size());
                    rows.forEach(row -> found.add(row.getUUID(0)));
                    return found;
                });
    }

    /** In the order of ids, at most {@code rows}. */
    public Uni<List<T>> page(Tx tx, UUID after, int rows) {
        return list(tx, page, Tuple.of(tx.tenant().value(), after, rows));
    }

    /** The row stays, with its next version; its name is free. It is locked. */
    public Uni<Void> delete(Tx tx, UUID id) {
        return write(tx, delete, Tuple.of(tx.tenant().value(), id));
    }

    protected final Uni<List<T>> list(Tx tx, String statement, Tuple parameters) {
        return tx.sql().preparedQuery(statement).execute(parameters).map(this::all);
    }

    /** Fails with {@code DUPLICATE_NAME} when the name is taken. */
    protected final Uni<Void> write(Tx tx, String statement, Tuple parameters) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(parameters)
                .onFailure(PgException.class)
                .transform(this::explained)
                .replaceWithVoid();
    }

    private Uni<@Nullable T> one(Tx tx, String statement, UUID id) {
        return list(tx, statement, Tuple.of(tx.tenant().value(), id))
                .map(found -> found.isEmpty() ? null : found.getFirst());
    }

    private List<T> all(RowSet<Row> rows) {
        var all = new ArrayList<T>(rows.size());
        rows.forEach(row -> all.add(read(row)));
        return all;
    }

    private Throwable explained(Throwable failure) {
        return failure instanceof PgException refused && nameUnique.equals(refused.getConstraint())
                ? CatalogProblem.DUPLICATE_NAME
                        .because(rival.substring(0, 1).toUpperCase(Locale.ROOT) + rival.substring(1) + " has this name")
                        .at("/name", "belongs to " + rival)
                : failure;
    }
}
