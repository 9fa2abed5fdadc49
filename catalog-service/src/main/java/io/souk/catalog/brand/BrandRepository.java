package io.souk.catalog.brand;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.aggregate.AggregateRepository;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

@Singleton
class BrandRepository extends AggregateRepository<Brand> {

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

    BrandRepository() {
        super("brand", "id, version, name", "another brand");
    }

    @Override
    protected Brand read(Row row) {
        return new Brand(row.getUUID(0), row.getLong(1), row.getString(2));
    }

    Uni<List<Brand>> holdByKey(Tx tx, Collection<String> keys) {
        return list(tx, HOLD_BY_KEY, Tuple.of(tx.tenant().value(), keys.toArray(String[]::new)));
    }

    Uni<Void> insert(Tx tx, List<Brand> brands) {
        return write(
                tx,
                INSERT,
                Tuple.of(
                        tx.tenant().value(),
                        brands.stream().map(Brand::id).toArray(UUID[]::new),
                        brands.stream().map(Brand::name).toArray(String[]::new),
                        brands.stream().map(Brand::key).toArray(String[]::new)));
    }

    Uni<Void> rename(Tx tx, Brand brand) {
        return write(tx, RENAME, Tuple.of(tx.tenant().value(), brand.id(), brand.name(), brand.key()));
    }
}
