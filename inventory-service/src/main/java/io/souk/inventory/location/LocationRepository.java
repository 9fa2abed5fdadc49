package io.souk.inventory.location;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class LocationRepository {
    /**
     * Waits for whoever inserts the same code at the moment. $5 null: after the last; $6 null: the tenant's own. Returns nothing when
     * the code is taken.
     */
    private static final String INSERT = """
        insert into location (tenant, id, code, name, position, version, created_at, vendor)
        select $1, $2, $3, $4,
               coalesce($5, (select least(coalesce(max(position) + 1, 0), 1000000) from location where tenant = $1)),
               1, now(), $6
            on conflict (tenant, code) do nothing
        returning id, code, name, position, vendor, status, version, created_at
        """;

    private static final String FIND_BY_CODE = """
        select id, code, name, position, vendor, status, version, created_at
          from location
         where tenant = $1
           and code = any ($2)
        """;

    private static final String FIND_BY_ID = """
        select id, code, name, position, vendor, status, version, created_at
          from location
         where tenant = $1
           and id = any ($2)
        """;

    /** Stock may come to them meanwhile. */
    private static final String LOCK_BY_ID = FIND_BY_ID + """
         order by id
           for no key update
        """;

    /** Only whoever takes {@link #LOCK} waits for it: others may read, name and move them, and hold them too. */
    private static final String HOLD_BY_CODE = FIND_BY_CODE + """
         order by id
           for key share
        """;

    /** Waits for whoever holds it. */
    private static final String LOCK = """
        select id, code, name, position, vendor, status, version, created_at
          from location
         where tenant = $1
           and id = $2
           for update
        """;

    /** The row is locked. */
    private static final String UPDATE = """
        update location
           set name = $3, position = $4, status = $5, version = version + 1
         where tenant = $1
           and id = $2
        returning id, code, name, position, vendor, status, version, created_at
        """;

    private static final String LIST_AFTER = """
        select id, code, name, position, vendor, status, version, created_at
          from location
         where tenant = $1
           and (position, id) > ($2, $3)
         order by position, id
         limit $4
        """;

    private static final String LIST_OF_VENDOR = """
        select id, code, name, position, vendor, status, version, created_at
          from location
         where tenant = $1
           and vendor = $5
           and (position, id) > ($2, $3)
         order by position, id
         limit $4
        """;

    Uni<Optional<Location>> insert(Tx tx, UUID id, LocationRequest.Valid wanted) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        tx.tenant().value(), id, wanted.code(), wanted.name(), wanted.position(), wanted.vendor()))
                .map(rows -> rows.stream().findFirst().map(LocationRepository::location));
    }

    Uni<List<Location>> findByCode(Tx tx, Collection<String> codes) {
        return byCode(tx, FIND_BY_CODE, codes);
    }

    /** As {@link #findByCode}, and nobody closes them before the transaction ends. */
    Uni<List<Location>> holdByCode(Tx tx, Collection<String> codes) {
        return byCode(tx, HOLD_BY_CODE, codes);
    }

    Uni<List<Location>> findById(Tx tx, Collection<UUID> ids) {
        return byId(tx, FIND_BY_ID, ids);
    }

    /** As {@link #findById}, and nobody changes them before the transaction ends. */
    Uni<List<Location>> lockById(Tx tx, Collection<UUID> ids) {
        return byId(tx, LOCK_BY_ID, ids);
    }

    /** Whoever books goods into it has ended, or comes later. */
    Uni<@Nullable Location> lock(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(LocationRepository::location)
                        .orElse(null));
    }

    /** The next version of a locked location. */
    Uni<Location> update(Tx tx, Location wanted) {
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        wanted.id(),
                        wanted.name(),
                        wanted.position(),
                        wanted.status().name()))
                .map(rows -> location(rows.iterator().next()));
    }

    private static Uni<List<Location>> byCode(Tx tx, String statement, Collection<String> codes) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), codes.toArray(String[]::new)))
                .map(rows -> rows.stream().map(LocationRepository::location).toList());
    }

    private static Uni<List<Location>> byId(Tx tx, String statement, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(LocationRepository::location).toList());
    }

    /** Of the vendor, or of the whole tenant. */
    Uni<List<Location>> listAfter(Tx tx, @Nullable String vendor, int position, UUID id, int limit) {
        var tenant = tx.tenant().value();
        var found = vendor == null
                ? tx.sql().preparedQuery(LIST_AFTER).execute(Tuple.of(tenant, position, id, limit))
                : tx.sql().preparedQuery(LIST_OF_VENDOR).execute(Tuple.of(tenant, position, id, limit, vendor));
        return found.map(rows -> rows.stream().map(LocationRepository::location).toList());
    }

    private static Location location(Row row) {
        return new Location(
                row.getUUID("id"),
                row.getString("code"),
                row.getString("name"),
                row.getInteger("position"),
                row.getString("vendor"),
                LocationStatus.valueOf(row.getString("status")),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
