package io.souk.catalog.category;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.aggregate.AggregateRepository;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@Singleton
class CategoryRepository extends AggregateRepository<Category> {

    /** Until the transaction ends nobody else changes the shape of the tenant's trees. $1 names the tenant. */
    private static final String LOCK_TREES = "select pg_advisory_xact_lock(hashtextextended('category/' || $1, 0))";

    /** $1 tenant, $2 parent or null, $3 name keys. */
    private static final String CHILDREN_BY_KEY = """
        select id, version, name, slug, parent_id
          from category
         where tenant = $1
           and parent_id is not distinct from $2::uuid
           and name_key = any($3::text[])
           and deleted_at is null
         order by id
           for share
        """;

    /** The category and all above it, nearest first. $1 tenant, $2 id, $3 levels at most. */
    private static final String PATH_UP = """
        with recursive above (id, parent_id, level) as (
            select id, parent_id, 1
              from category
             where tenant = $1 and id = $2 and deleted_at is null
            union all
            select c.id, c.parent_id, above.level + 1
              from above
              join category c on c.tenant = $1 and c.id = above.parent_id and c.deleted_at is null
             where above.level < $3
        )
        select id from above order by level
        """;

    /** How many levels the category and those below it make. $1 tenant, $2 id, $3 levels at most. */
    private static final String HEIGHT = """
        with recursive below (id, level) as (
            select $2::uuid, 1
            union all
            select c.id, below.level + 1
              from below
              join category c on c.tenant = $1 and c.parent_id = below.id and c.deleted_at is null
             where below.level < $3
        )
        select max(level) from below
        """;

    /** $1 tenant, $2 id. */
    private static final String HAS_CHILDREN = """
        select exists (select from category where tenant = $1 and parent_id = $2 and deleted_at is null)
        """;

    /** $1 tenant, $2 parent or null, then one array per column. */
    private static final String INSERT = """
        insert into category (tenant, id, version, name, name_key, slug, parent_id, created_at, updated_at)
        select $1, c.id, 1, c.name, c.name_key, c.slug, $2, now(), now()
          from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) as c(id, name, name_key, slug)
         order by c.name_key
        """;

    /** $1 tenant, $2 id, $3 version, $4 name, $5 key, $6 slug, $7 parent. The row is locked. */
    private static final String UPDATE = """
        update category
           set version = $3, name = $4, name_key = $5, slug = $6, parent_id = $7, updated_at = now()
         where tenant = $1
           and id = $2
        """;

    CategoryRepository() {
        super("category", "id, version, name, slug, parent_id", "a sibling");
    }

    @Override
    protected Category read(Row row) {
        return new Category(row.getUUID(0), row.getLong(1), row.getString(2), row.getString(3), row.getUUID(4));
    }

    Uni<Void> lockTrees(Tx tx) {
        return tx.sql()
                .preparedQuery(LOCK_TREES)
                .execute(Tuple.of(tx.tenant().value()))
                .replaceWithVoid();
    }

    Uni<List<Category>> childrenByKey(Tx tx, @Nullable UUID parent, Collection<String> keys) {
        return list(tx, CHILDREN_BY_KEY, Tuple.of(tx.tenant().value(), parent, keys.toArray(String[]::new)));
    }

    /** The category and those above it, nearest first; empty when there is no such category. */
    Uni<List<UUID>> pathUp(Tx tx, UUID id, int levels) {
        return tx.sql()
                .preparedQuery(PATH_UP)
                .execute(Tuple.of(tx.tenant().value(), id, levels))
                .map(CategoryRepository::ids);
    }

    Uni<Integer> height(Tx tx, UUID id, int levels) {
        return tx.sql()
                .preparedQuery(HEIGHT)
                .execute(Tuple.of(tx.tenant().value(), id, levels))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    Uni<Boolean> hasChildren(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(HAS_CHILDREN)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Categories of one parent. */
    Uni<Void> insert(Tx tx, @Nullable UUID parent, List<Category> siblings) {
        return write(
                tx,
                INSERT,
                Tuple.of(
                        tx.tenant().value(),
                        parent,
                        siblings.stream().map(Category::id).toArray(UUID[]::new),
                        siblings.stream().map(Category::name).toArray(String[]::new),
                        siblings.stream().map(Category::key).toArray(String[]::new),
                        siblings.stream().map(Category::slug).toArray(String[]::new)));
    }

    Uni<Void> update(Tx tx, Category category) {
        return write(
                tx,
                UPDATE,
                Tuple.tuple()
                        .addString(tx.tenant().value())
                        .addUUID(category.id())
                        .addLong(category.version())
                        .addString(category.name())
                        .addString(category.key())
                        .addString(category.slug())
                        .addValue(category.parentId()));
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        var ids = new ArrayList<UUID>(rows.size());
        rows.forEach(row -> ids.add(row.getUUID(0)));
        return ids;
    }
}
