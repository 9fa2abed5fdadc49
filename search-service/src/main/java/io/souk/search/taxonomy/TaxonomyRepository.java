package io.souk.search.taxonomy;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** SQL for brands, categories and product types. */
@ApplicationScoped
class TaxonomyRepository {
    /** Names spread at a time. */
    private static final int SPREAD_AT_ONCE = 200;

    /** Whoever copies names holds them shared, whoever changes names holds them alone: $1 tenant. */
    private static final String HOLD_NAMES = "select pg_advisory_xact_lock_shared(hashtextextended('names/' || $1, 0))";

    private static final String CHANGE_NAMES = "select pg_advisory_xact_lock(hashtextextended('names/' || $1, 0))";

    /** $1 tenant, $2 ids. */
    private static final String NAMES = """
            select id, name from brand    where tenant = $1 and id = any($2) and name is not null
            union all
            select id, name from category where tenant = $1 and id = any($2) and name is not null
            """;

    /** $1 tenant, $2 ids, $3 epochs, $4 versions, $5 names (null: deleted). */
    private static final String PUT_BRANDS = """
            insert into brand as known (tenant, id, epoch, version, name, spread)
            select $1, id, epoch, version, name, false
              from unnest($2::uuid[], $3::int[], $4::bigint[], $5::text[]) as new (id, epoch, version, name)
             order by id
            on conflict (tenant, id) do update
               set epoch   = excluded.epoch,
                   version = excluded.version,
                   name    = excluded.name,
                   spread  = known.spread and known.name is not distinct from excluded.name
             where (excluded.epoch, excluded.version) > (known.epoch, known.version)
            """;

    /** $1 tenant, $2 ids, $3 epochs, $4 versions, $5 names (null: deleted), $6 slugs, $7 parents. */
    private static final String PUT_CATEGORIES = """
            insert into category as known (tenant, id, epoch, version, name, slug, parent, spread)
            select $1, id, epoch, version, name, slug, parent, false
              from unnest($2::uuid[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::uuid[])
                   as new (id, epoch, version, name, slug, parent)
             order by id
            on conflict (tenant, id) do update
               set epoch   = excluded.epoch,
                   version = excluded.version,
                   name    = excluded.name,
                   slug    = excluded.slug,
                   parent  = excluded.parent,
                   spread  = known.spread and known.name is not distinct from excluded.name
             where (excluded.epoch, excluded.version) > (known.epoch, known.version)
            """;

    /** $1 tenant, $2 ids, $3 epochs, $4 versions, $5 names (null: deleted), $6 titles. */
    private static final String PUT_TYPES = """
            insert into product_type as known (tenant, id, epoch, version, name, title)
            select $1, id, epoch, version, name, title
              from unnest($2::uuid[], $3::int[], $4::bigint[], $5::text[], $6::text[])
                   as new (id, epoch, version, name, title)
             order by id
            on conflict (tenant, id) do update
               set epoch   = excluded.epoch,
                   version = excluded.version,
                   name    = excluded.name,
                   title   = excluded.title
             where (excluded.epoch, excluded.version) > (known.epoch, known.version)
            """;

    /** $1 tenant. */
    private static final String RAISE_REVISION = """
            insert into taxonomy as known (tenant, revision) values ($1, 1)
            on conflict (tenant) do update set revision = known.revision + 1
            """;

    /** $1 tenant. */
    private static final String REVISION = "select revision from taxonomy where tenant = $1";

    /** $1 tenant. */
    private static final String CATEGORIES =
            "select id, name, slug, parent from category where tenant = $1 and name is not null";

    /** $1 tenant. */
    private static final String TYPE_TITLES =
            "select name, title from product_type where tenant = $1 and name is not null and title is not null";

    private static final String BRANDS_TO_SPREAD =
            "select id, epoch, version from brand where tenant = $1 and not spread order by id limit $2";

    private static final String CATEGORIES_TO_SPREAD =
            "select id, epoch, version from category where tenant = $1 and not spread order by id limit $2";

    /** A name that has changed once more meanwhile stays to be spread. $1 tenant, $2 ids, $3 epochs, $4 versions. */
    private static final String BRANDS_SPREAD = """
            update brand set spread = true
              from unnest($2::uuid[], $3::int[], $4::bigint[]) as done (id, epoch, version)
             where brand.tenant = $1 and brand.id = done.id
               and brand.epoch = done.epoch and brand.version = done.version
            """;

    private static final String CATEGORIES_SPREAD = """
            update category set spread = true
              from unnest($2::uuid[], $3::int[], $4::bigint[]) as done (id, epoch, version)
             where category.tenant = $1 and category.id = done.id
               and category.epoch = done.epoch and category.version = done.version
            """;

    /** Names that documents may not carry yet, as of these orders. */
    record ToSpread(List<UUID> ids, List<Integer> epochs, List<Long> versions) {
        Set<UUID> names() {
            return new HashSet<>(ids);
        }
    }

    Uni<Void> holdNames(Tx tx) {
        return tx.sql().preparedQuery(HOLD_NAMES).execute(tenant(tx)).replaceWithVoid();
    }

    Uni<Void> changeNames(Tx tx) {
        return tx.sql().preparedQuery(CHANGE_NAMES).execute(tenant(tx)).replaceWithVoid();
    }

    Uni<Map<UUID, String>> names(Tx tx, Set<UUID> ids) {
        var values = tenant(tx).addArrayOfUUID(ids.toArray(UUID[]::new));
        return tx.sql().preparedQuery(NAMES).execute(values).map(rows -> {
            Map<UUID, String> names = new HashMap<>();
            rows.forEach(row -> names.put(row.getUUID("id"), row.getString("name")));
            return names;
        });
    }

    /** Each at most once, in the order of the ids; what is not newer than the row is left out. */
    Uni<Void> putBrands(Tx tx, Collection<Latest<BrandState>> brands) {
        var rows = new Columns();
        var names = new ArrayList<@Nullable String>();
        for (var brand : brands) {
            rows.add(brand);
            names.add(brand.state() == null ? null : brand.state().name());
        }
        var values = rows.after(tenant(tx)).addArrayOfString(names.toArray(String[]::new));
        return tx.sql().preparedQuery(PUT_BRANDS).execute(values).replaceWithVoid();
    }

    /** As {@link #putBrands}. */
    Uni<Void> putCategories(Tx tx, Collection<Latest<CategoryState>> categories) {
        var rows = new Columns();
        var names = new ArrayList<@Nullable String>();
        var slugs = new ArrayList<@Nullable String>();
        var parents = new ArrayList<@Nullable UUID>();
        for (var category : categories) {
            rows.add(category);
            var state = category.state();
            names.add(state == null ? null : state.name());
            slugs.add(state == null ? null : state.slug());
            parents.add(state == null ? null : state.parentId());
        }
        var values = rows.after(tenant(tx))
                .addArrayOfString(names.toArray(String[]::new))
                .addArrayOfString(slugs.toArray(String[]::new))
                .addArrayOfUUID(parents.toArray(UUID[]::new));
        return tx.sql().preparedQuery(PUT_CATEGORIES).execute(values).chain(() -> raiseRevision(tx));
    }

    /** As {@link #putBrands}. */
    Uni<Void> putTypes(Tx tx, Collection<Latest<ProductTypeState>> types) {
        var rows = new Columns();
        var names = new ArrayList<@Nullable String>();
        var titles = new ArrayList<@Nullable String>();
        for (var type : types) {
            rows.add(type);
            names.add(type.state() == null ? null : type.state().name());
            titles.add(type.state() == null ? null : type.state().title());
        }
        var values = rows.after(tenant(tx))
                .addArrayOfString(names.toArray(String[]::new))
                .addArrayOfString(titles.toArray(String[]::new));
        return tx.sql().preparedQuery(PUT_TYPES).execute(values).chain(() -> raiseRevision(tx));
    }

    /** The revision of categories and product types; 0 where none was ever heard of. */
    Uni<Long> revision(Tx tx) {
        return tx.sql().preparedQuery(REVISION).execute(tenant(tx)).map(rows -> {
            var found = rows.iterator();
            return found.hasNext() ? found.next().getLong("revision") : 0L;
        });
    }

    Uni<List<Category>> categories(Tx tx) {
        return tx.sql().preparedQuery(CATEGORIES).execute(tenant(tx)).map(rows -> {
            var categories = new ArrayList<Category>(rows.rowCount());
            rows.forEach(row -> categories.add(new Category(
                    row.getUUID("id"), row.getString("name"), row.getString("slug"), row.getUUID("parent"))));
            return categories;
        });
    }

    Uni<Map<String, String>> typeTitles(Tx tx) {
        return tx.sql().preparedQuery(TYPE_TITLES).execute(tenant(tx)).map(rows -> {
            Map<String, String> titles = new HashMap<>();
            rows.forEach(row -> titles.put(row.getString("name"), row.getString("title")));
            return titles;
        });
    }

    Uni<ToSpread> toSpread(Tx tx, NamedThings things) {
        var select =
                switch (things) {
                    case BRANDS -> BRANDS_TO_SPREAD;
                    case CATEGORIES -> CATEGORIES_TO_SPREAD;
                };
        return tx.sql()
                .preparedQuery(select)
                .execute(tenant(tx).addInteger(SPREAD_AT_ONCE))
                .map(TaxonomyRepository::toSpread);
    }

    Uni<Void> spread(Tx tx, NamedThings things, ToSpread done) {
        var update =
                switch (things) {
                    case BRANDS -> BRANDS_SPREAD;
                    case CATEGORIES -> CATEGORIES_SPREAD;
                };
        var values = tenant(tx)
                .addArrayOfUUID(done.ids().toArray(UUID[]::new))
                .addArrayOfInteger(done.epochs().toArray(Integer[]::new))
                .addArrayOfLong(done.versions().toArray(Long[]::new));
        return tx.sql().preparedQuery(update).execute(values).replaceWithVoid();
    }

    private static ToSpread toSpread(RowSet<Row> rows) {
        var found = new ToSpread(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        rows.forEach(row -> {
            found.ids().add(row.getUUID("id"));
            found.epochs().add(row.getInteger("epoch"));
            found.versions().add(row.getLong("version"));
        });
        return found;
    }

    private static Uni<Void> raiseRevision(Tx tx) {
        return tx.sql().preparedQuery(RAISE_REVISION).execute(tenant(tx)).replaceWithVoid();
    }

    private static Tuple tenant(Tx tx) {
        return Tuple.tuple().addString(tx.tenant().value());
    }

    /** Ids and orders, column by column. */
    private static final class Columns {
        private final List<UUID> ids = new ArrayList<>();
        private final List<Integer> epochs = new ArrayList<>();
        private final List<Long> versions = new ArrayList<>();

        void add(Latest<?> row) {
            ids.add(row.id());
            epochs.add(row.order().epoch());
            versions.add(row.order().version());
        }

        Tuple after(Tuple values) {
            return values.addArrayOfUUID(ids.toArray(UUID[]::new))
                    .addArrayOfInteger(epochs.toArray(Integer[]::new))
                    .addArrayOfLong(versions.toArray(Long[]::new));
        }
    }
}
