package io.souk.catalog.brand;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogProblem;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

@ApplicationScoped
class BrandRepository {

    /** In the order of ids, so that two transactions never wait for each other. $1 tenant, $2 ids. */
    private static final String HOLD = """
        select id
          from brand
         where tenant = $1
           and id = any($2::uuid[])
           and deleted_at is null
         order by id
           for share
        """;

    /** $1 tenant, $2 name keys. */
    private static final String HOLD_BY_KEY = """
        select id, version, name
          from brand
         where tenant = $1
           and name_key = any($2::text[])
           and deleted_at is null
         order by id
           for share
        """;

    /** $1 tenant, $2 id. */
    private static final String LOCK = """
        select id, version, name
          from brand
         where tenant = $1
           and id = $2
           and deleted_at is null
           for update
        """;

    /** $1 tenant, $2 id. */
    private static final String FIND = """
        select id, version, name
          from brand
         where tenant = $1
           and id = $2
           and deleted_at is null
        """;

    /** $1 tenant, $2 after this id, $3 rows. */
    private static final String PAGE = """
        select id, version, name
          from brand
         where tenant = $1
           and id > $2
           and deleted_at is null
         order by id
         limit $3
        """;

    /** In the order of keys: two transactions that add the same ones wait, and do not deadlock. */
    private static final String INSERT = """
        insert into brand (tenant, id, version, name, name_key, created_at, updated_at)
        select $1, b.id, 1, b.name, b.name_key, now(), now()
          from unnest($2::uuid[], $3::text[], $4::text[]) as b(id, name, name_key)
         order by b.name_key
        """;

    /** $1 tenant, $2 id, $3 name, $4 key. The row is locked. */
    private static final String RENAME = """
        update brand
           set name = $3, name_key = $4, version = version + 1, updated_at = now()
         where tenant = $1
           and id = $2
        """;

    /** $1 tenant, $2 id. */
    private static final String DELETE = """
        update brand
           set version = version + 1, updated_at = now(), deleted_at = now()
         where tenant = $1
           and id = $2
        """;

    Uni<Set<UUID>> hold(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(HOLD)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var found = new HashSet<UUID>();
                    rows.forEach(row -> found.add(row.getUUID(0)));
                    return found;
                });
    }

    Uni<List<Brand>> holdByKey(Tx tx, Collection<String> keys) {
        return tx.sql()
                .preparedQuery(HOLD_BY_KEY)
                .execute(Tuple.of(tx.tenant().value(), keys.toArray(String[]::new)))
                .map(BrandRepository::brands);
    }

    Uni<@Nullable Brand> lock(Tx tx, UUID id) {
        return one(tx, LOCK, id);
    }

    Uni<@Nullable Brand> find(Tx tx, UUID id) {
        return one(tx, FIND, id);
    }

    private static Uni<@Nullable Brand> one(Tx tx, String statement, UUID id) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> rows.size() == 0 ? null : brands(rows).getFirst());
    }

    Uni<List<Brand>> page(Tx tx, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(PAGE)
                .execute(Tuple.of(tx.tenant().value(), after, rows))
                .map(BrandRepository::brands);
    }

    Uni<Void> insert(Tx tx, List<Brand> brands) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        brands.stream().map(Brand::id).toArray(UUID[]::new),
                        brands.stream().map(Brand::name).toArray(String[]::new),
                        brands.stream().map(Brand::key).toArray(String[]::new)))
                .onFailure(PgException.class)
                .transform(BrandRepository::explained)
                .replaceWithVoid();
    }

    Uni<Void> rename(Tx tx, Brand brand) {
        return tx.sql()
                .preparedQuery(RENAME)
                .execute(Tuple.of(tx.tenant().value(), brand.id(), brand.name(), brand.key()))
                .onFailure(PgException.class)
                .transform(BrandRepository::explained)
                .replaceWithVoid();
    }

    Uni<Void> delete(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(DELETE)
                .execute(Tuple.of(tx.tenant().value(), id))
                .replaceWithVoid();
    }

    private static Throwable explained(Throwable failure) {
        return failure instanceof PgException refused && "brand_name_unique".equals(refused.getConstraint())
                ? CatalogProblem.DUPLICATE_NAME
                        .because("Another brand has this name")
                        .at("/name", "belongs to another brand")
                : failure;
    }

    private static List<Brand> brands(RowSet<Row> rows) {
        var brands = new ArrayList<Brand>(rows.size());
        rows.forEach(row -> brands.add(new Brand(row.getUUID(0), row.getLong(1), row.getString(2))));
        return brands;
    }
}
