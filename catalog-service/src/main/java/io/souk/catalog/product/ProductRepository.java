package io.souk.catalog.product;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogProblem;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.json.OwnJson;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/** Products and their parts. All statements work on sets, so that one edit and a step of an import are the same code. */
@ApplicationScoped
class ProductRepository {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<Media>> MEDIA = new TypeReference<>() {};
    private static final TypeReference<List<StoredVariant>> VARIANTS = new TypeReference<>() {};

    private final OwnJson json;

    ProductRepository(OwnJson json) {
        this.json = json;
    }

    /** What the table says of an id; without a product it is deleted. */
    record Stored(UUID id, long version, @Nullable Product product) {}

    private record StoredVariant(
            UUID id, String sku, @Nullable String name, SortedMap<String, String> options, List<String> gtins) {
        Variant variant() {
            return new Variant(
                    id,
                    new Sku(sku),
                    name,
                    options,
                    gtins.stream().map(Gtin::new).toList());
        }
    }

    /**
     * In the order of ids, as everywhere, so that two transactions never wait for each other. "No key" lets rows that refer
     * to the product be written meanwhile. $1 tenant, $2 ids.
     */
    private static final String LOCK_ROWS = """
        select id
          from product
         where tenant = $1
           and id = any($2::uuid[])
         order by id
           for no key update
        """;

    /** Likewise, of products that are not deleted. */
    private static final String LOCK = """
        select id
          from product
         where tenant = $1
           and id = any($2::uuid[])
           and deleted_at is null
         order by id
           for no key update
        """;

    /** $1 tenant, $2 ids. */
    private static final String HOLD = """
        select id
          from product
         where tenant = $1
           and id = any($2::uuid[])
           and deleted_at is null
         order by id
           for share
        """;

    /** $1 tenant, $2 ids. */
    private static final String LIST = """
        select p.id, p.version, p.status, p.name, p.description, p.slug, p.type, p.brand_id,
               p.tags::text as tags, p.attributes::text as attributes, p.media::text as media,
               p.created_at, p.updated_at, p.published_at, p.deleted_at,
               array(select c.category_id
                       from product_category c
                      where c.tenant = p.tenant and c.product_id = p.id
                      order by c.position) as category_ids,
               (select coalesce(json_agg(json_build_object(
                           'id', v.id, 'sku', v.sku, 'name', v.name, 'options', v.options,
                           'gtins', (select coalesce(json_agg(g.gtin order by g.position), '[]')
                                       from gtin g
                                      where g.tenant = v.tenant and g.variant_id = v.id))
                         order by v.position), '[]')::text
                  from variant v
                 where v.tenant = p.tenant and v.product_id = p.id) as variants
          from product p
         where p.tenant = $1
           and p.id = any($2::uuid[])
        """;

    /** $1 tenant, $2 statuses, $3 after this id, $4 rows. */
    private static final String PAGE = """
        select id
          from product
         where tenant = $1
           and status = any($2::text[])
           and deleted_at is null
           and id > $3
         order by id
         limit $4
        """;

    /** $1 tenant, $2 keys. */
    private static final String OWNERS_OF_SKUS = """
        select sku_key, product_id
          from variant
         where tenant = $1
           and sku_key = any($2::text[])
        """;

    /** $1 tenant, $2 GTINs. */
    private static final String OWNERS_OF_GTINS = """
        select gtin, product_id
          from gtin
         where tenant = $1
           and gtin = any($2::text[])
        """;

    /** $1 tenant, $2 slugs. */
    private static final String OWNERS_OF_SLUGS = """
        select slug, id
          from product
         where tenant = $1
           and slug = any($2::text[])
           and deleted_at is null
        """;

    /** $1 tenant, $2 brand. */
    private static final String ANY_OF_BRAND = """
        select exists (select from product where tenant = $1 and brand_id = $2 and deleted_at is null)
        """;

    /** A deleted product lies in no category. $1 tenant, $2 category. */
    private static final String ANY_IN_CATEGORY = """
        select exists (select from product_category where tenant = $1 and category_id = $2)
        """;

    /** $1 tenant, $2 type. */
    private static final String ANY_OF_TYPE = """
        select exists (select from product where tenant = $1 and type = $2 and deleted_at is null)
        """;

    /** $1 tenant, then one array per column. */
    private static final String INSERT = """
        insert into product (tenant, id, version, status, name, description, slug, type, brand_id, tags, attributes,
                             media, created_at, updated_at, published_at)
        select $1, p.id, p.version, p.status, p.name, p.description, p.slug, p.type, p.brand_id, p.tags::json,
               p.attributes::json, p.media::json, p.created_at, p.updated_at, p.published_at
          from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[],
                      $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[])
                 as p(id, version, status, name, description, slug, type, brand_id,
                      tags, attributes, media, created_at, updated_at, published_at)
        """;

    /** The rows are locked, so their versions are the ones before. $1 tenant, then one array per column. */
    private static final String UPDATE = """
        update product
           set version = p.version, status = p.status, name = p.name, description = p.description, slug = p.slug,
               type = p.type, brand_id = p.brand_id, tags = p.tags::json, attributes = p.attributes::json,
               media = p.media::json, updated_at = p.updated_at, published_at = p.published_at
          from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[],
                      $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[])
                 as p(id, version, status, name, description, slug, type, brand_id,
                      tags, attributes, media, created_at, updated_at, published_at)
         where product.tenant = $1
           and product.id = p.id
           and product.version = p.version - 1
        """;

    /** The row stays and keeps its version: what is made again with this id must be newer. $1 tenant, $2 ids. */
    private static final String DELETE = """
        update product
           set version = version + 1, deleted_at = now(), updated_at = now()
         where tenant = $1
           and id = any($2::uuid[])
        """;

    /** $1 tenant, $2 products. */
    private static final String CLEAR_CATEGORIES = """
        delete from product_category
         where tenant = $1
           and product_id = any($2::uuid[])
        """;

    /** $1 tenant, then one array per column. */
    private static final String INSERT_CATEGORIES = """
        insert into product_category (tenant, product_id, position, category_id)
        select $1, c.product_id, c.position, c.category_id
          from unnest($2::uuid[], $3::integer[], $4::uuid[]) as c(product_id, position, category_id)
        """;

    /** The GTINs go with their variants. $1 tenant, $2 variants. */
    private static final String DELETE_VARIANTS = """
        delete from variant
         where tenant = $1
           and id = any($2::uuid[])
        """;

    /** In the order of keys: two transactions that add the same ones wait, and do not deadlock. */
    private static final String INSERT_VARIANTS = """
        insert into variant (tenant, id, product_id, position, sku, sku_key, name, options)
        select $1, v.id, v.product_id, v.position, v.sku, v.sku_key, v.name, v.options::json
          from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[])
                 as v(id, product_id, position, sku, sku_key, name, options)
         order by v.sku_key
        """;

    private static final String INSERT_GTINS = """
        insert into gtin (tenant, gtin, variant_id, product_id, position)
        select $1, g.gtin, g.variant_id, g.product_id, g.position
          from unnest($2::text[], $3::uuid[], $4::uuid[], $5::integer[]) as g(gtin, variant_id, product_id, position)
         order by g.gtin
        """;

    /** Keeps the rows from being changed until the transaction ends, those of deleted products too. */
    Uni<Void> lockRows(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK_ROWS)
                .execute(Tuple.of(tx.tenant().value(), uuids(ids)))
                .replaceWithVoid();
    }

    /** Locks and then reads, in two statements: one alone would see children as they were before it waited. */
    Uni<Map<UUID, Product>> lock(Tx tx, Collection<UUID> ids) {
        return lockThenList(tx, LOCK, ids);
    }

    /** Keeps the products from being changed until the transaction ends, without keeping others from holding them too. */
    Uni<Map<UUID, Product>> hold(Tx tx, Collection<UUID> ids) {
        return lockThenList(tx, HOLD, ids);
    }

    private Uni<Map<UUID, Product>> lockThenList(Tx tx, String lock, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.sql()
                .preparedQuery(lock)
                .execute(Tuple.of(tx.tenant().value(), uuids(ids)))
                .chain(locked -> locked.size() == 0 ? Uni.createFrom().item(List.<Stored>of()) : list(tx, ids))
                .map(ProductRepository::present);
    }

    private static Map<UUID, Product> present(List<Stored> stored) {
        var products = HashMap.<UUID, Product>newHashMap(stored.size());
        for (var row : stored) {
            if (row.product() != null) {
                products.put(row.id(), row.product());
            }
        }
        return products;
    }

    /** The rows that are there, deleted ones too, in no order. */
    Uni<List<Stored>> list(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), uuids(ids)))
                .map(rows -> {
                    var stored = new ArrayList<Stored>(rows.size());
                    rows.forEach(row -> stored.add(stored(row)));
                    return stored;
                });
    }

    Uni<List<UUID>> page(Tx tx, Set<ProductStatus> statuses, UUID after, int rows) {
        var names = statuses.stream().map(Enum::name).toArray(String[]::new);
        return tx.sql()
                .preparedQuery(PAGE)
                .execute(Tuple.of(tx.tenant().value(), names, after, rows))
                .map(found -> {
                    var ids = new ArrayList<UUID>(found.size());
                    found.forEach(row -> ids.add(row.getUUID(0)));
                    return ids;
                });
    }

    /** The products that have these SKU keys. */
    Uni<Map<String, UUID>> ownersOfSkus(Tx tx, Collection<String> keys) {
        return owners(tx, OWNERS_OF_SKUS, keys);
    }

    Uni<Map<String, UUID>> ownersOfGtins(Tx tx, Collection<String> gtins) {
        return owners(tx, OWNERS_OF_GTINS, gtins);
    }

    Uni<Map<String, UUID>> ownersOfSlugs(Tx tx, Collection<String> slugs) {
        return owners(tx, OWNERS_OF_SLUGS, slugs);
    }

    private static Uni<Map<String, UUID>> owners(Tx tx, String statement, Collection<String> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), keys.toArray(String[]::new)))
                .map(rows -> {
                    var owners = HashMap.<String, UUID>newHashMap(rows.size());
                    rows.forEach(row -> owners.put(row.getString(0), row.getUUID(1)));
                    return owners;
                });
    }

    Uni<Boolean> anyOfBrand(Tx tx, UUID brand) {
        return any(tx, ANY_OF_BRAND, brand);
    }

    Uni<Boolean> anyInCategory(Tx tx, UUID category) {
        return any(tx, ANY_IN_CATEGORY, category);
    }

    Uni<Boolean> anyOfType(Tx tx, String type) {
        return any(tx, ANY_OF_TYPE, type);
    }

    private static Uni<Boolean> any(Tx tx, String statement, Object key) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), key))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Writes the rows of revisions whose products are locked or new; 409 when a key was taken in the meantime. */
    Uni<Void> write(Tx tx, List<Revision> revisions) {
        var work = new Work();
        revisions.forEach(work::add);
        return products(tx, INSERT, work.created)
                .chain(() -> products(tx, UPDATE, work.edited))
                .chain(() -> ids(tx, DELETE, work.deleted))
                .chain(() -> ids(tx, CLEAR_CATEGORIES, work.recategorised))
                .chain(() -> categories(tx, work.categorised))
                .chain(() -> ids(tx, DELETE_VARIANTS, work.staleVariants))
                .chain(() -> variants(tx, work.freshVariants))
                .chain(() -> gtins(tx, work.freshVariants))
                .onFailure(PgException.class)
                .transform(ProductRepository::explained);
    }

    /** The rows to write, statement by statement. */
    private static final class Work {
        final List<Product> created = new ArrayList<>();
        final List<Product> edited = new ArrayList<>();
        final List<UUID> deleted = new ArrayList<>();
        final List<UUID> recategorised = new ArrayList<>();
        final List<Product> categorised = new ArrayList<>();
        final List<UUID> staleVariants = new ArrayList<>();
        final List<Placed> freshVariants = new ArrayList<>();

        void add(Revision revision) {
            var before = revision.before();
            var after = revision.after();
            if (after == null) {
                deleted.add(revision.id());
            } else {
                (before == null ? created : edited).add(after);
            }
            var categoriesBefore =
                    before == null ? List.<UUID>of() : before.content().categoryIds();
            var categoriesAfter =
                    after == null ? List.<UUID>of() : after.content().categoryIds();
            if (!categoriesBefore.equals(categoriesAfter)) {
                if (!categoriesBefore.isEmpty()) {
                    recategorised.add(revision.id());
                }
                if (after != null && !categoriesAfter.isEmpty()) {
                    categorised.add(after);
                }
            }
            replaceChangedVariants(revision);
        }

        /** A changed variant's row is deleted and written anew, so that two variants may swap their SKUs. */
        private void replaceChangedVariants(Revision revision) {
            var was = placed(revision.id(), revision.variantsBefore());
            var now = placed(revision.id(), revision.variantsAfter());
            var same = new HashSet<>(was);
            same.retainAll(new HashSet<>(now));
            was.stream()
                    .filter(variant -> !same.contains(variant))
                    .forEach(variant -> staleVariants.add(variant.variant().id()));
            now.stream().filter(variant -> !same.contains(variant)).forEach(freshVariants::add);
        }

        private static List<Placed> placed(UUID product, List<Variant> variants) {
            var placed = new ArrayList<Placed>(variants.size());
            for (int i = 0; i < variants.size(); i++) {
                placed.add(new Placed(product, i, variants.get(i)));
            }
            return placed;
        }
    }

    private record Placed(UUID product, int position, Variant variant) {}

    private Uni<Void> products(Tx tx, String statement, List<Product> products) {
        if (products.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        int count = products.size();
        var ids = new UUID[count];
        var versions = new Long[count];
        var statuses = new String[count];
        var names = new String[count];
        var descriptions = new @Nullable String[count];
        var slugs = new String[count];
        var types = new @Nullable String[count];
        var brands = new @Nullable UUID[count];
        var tags = new String[count];
        var attributes = new String[count];
        var media = new String[count];
        var createdAt = new OffsetDateTime[count];
        var updatedAt = new OffsetDateTime[count];
        var publishedAt = new @Nullable OffsetDateTime[count];
        for (int i = 0; i < count; i++) {
            var product = products.get(i);
            var content = product.content();
            ids[i] = product.id();
            versions[i] = product.version();
            statuses[i] = product.status().name();
            names[i] = content.name();
            descriptions[i] = content.description();
            slugs[i] = content.slug();
            types[i] = content.type();
            brands[i] = content.brandId();
            tags[i] = json.text(content.tags());
            attributes[i] = json.text(content.attributes());
            media[i] = json.text(content.media());
            createdAt[i] = utc(product.createdAt());
            updatedAt[i] = utc(product.updatedAt());
            publishedAt[i] = product.publishedAt() == null ? null : utc(product.publishedAt());
        }
        var columns = Tuple.tuple()
                .addString(tx.tenant().value())
                .addValue(ids)
                .addValue(versions)
                .addValue(statuses)
                .addValue(names)
                .addValue(descriptions)
                .addValue(slugs)
                .addValue(types)
                .addValue(brands)
                .addValue(tags)
                .addValue(attributes)
                .addValue(media)
                .addValue(createdAt)
                .addValue(updatedAt)
                .addValue(publishedAt);
        return tx.sql()
                .preparedQuery(statement)
                .execute(columns)
                .invoke(rows -> expect(count, rows))
                .replaceWithVoid();
    }

    /** The rows were locked or are new, so each statement finds all of its rows; else the caller did not lock. */
    private static void expect(int count, RowSet<Row> rows) {
        if (rows.rowCount() != count) {
            throw new IllegalStateException("wrote " + rows.rowCount() + " products of " + count);
        }
    }

    private static Uni<Void> ids(Tx tx, String statement, List<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.sql()
                        .preparedQuery(statement)
                        .execute(Tuple.of(tx.tenant().value(), uuids(ids)))
                        .replaceWithVoid();
    }

    private static Uni<Void> categories(Tx tx, List<Product> categorised) {
        var products = new ArrayList<UUID>();
        var positions = new ArrayList<Integer>();
        var categories = new ArrayList<UUID>();
        for (var product : categorised) {
            for (var category : product.content().categoryIds()) {
                products.add(product.id());
                positions.add(positions.size());
                categories.add(category);
            }
        }
        return products.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.sql()
                        .preparedQuery(INSERT_CATEGORIES)
                        .execute(Tuple.of(
                                tx.tenant().value(),
                                uuids(products),
                                positions.toArray(Integer[]::new),
                                uuids(categories)))
                        .replaceWithVoid();
    }

    private Uni<Void> variants(Tx tx, List<Placed> fresh) {
        if (fresh.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        int count = fresh.size();
        var ids = new UUID[count];
        var products = new UUID[count];
        var positions = new Integer[count];
        var skus = new String[count];
        var keys = new String[count];
        var names = new @Nullable String[count];
        var options = new String[count];
        for (int i = 0; i < count; i++) {
            var variant = fresh.get(i).variant();
            ids[i] = variant.id();
            products[i] = fresh.get(i).product();
            positions[i] = fresh.get(i).position();
            skus[i] = variant.sku().value();
            keys[i] = variant.sku().key();
            names[i] = variant.name();
            options[i] = json.text(variant.options());
        }
        var columns = Tuple.tuple()
                .addString(tx.tenant().value())
                .addValue(ids)
                .addValue(products)
                .addValue(positions)
                .addValue(skus)
                .addValue(keys)
                .addValue(names)
                .addValue(options);
        return tx.sql().preparedQuery(INSERT_VARIANTS).execute(columns).replaceWithVoid();
    }

    private static Uni<Void> gtins(Tx tx, List<Placed> fresh) {
        var gtins = new ArrayList<String>();
        var variants = new ArrayList<UUID>();
        var products = new ArrayList<UUID>();
        var positions = new ArrayList<Integer>();
        for (var placed : fresh) {
            for (var gtin : placed.variant().gtins()) {
                gtins.add(gtin.digits());
                variants.add(placed.variant().id());
                products.add(placed.product());
                positions.add(positions.size());
            }
        }
        return gtins.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.sql()
                        .preparedQuery(INSERT_GTINS)
                        .execute(Tuple.of(
                                tx.tenant().value(),
                                gtins.toArray(String[]::new),
                                uuids(variants),
                                uuids(products),
                                positions.toArray(Integer[]::new)))
                        .replaceWithVoid();
    }

    /** The database guards what a check before the write can only foretell. */
    private static Throwable explained(Throwable failure) {
        if (!(failure instanceof PgException refused) || refused.getConstraint() == null) {
            return failure;
        }
        return switch (refused.getConstraint()) {
            case "variant_sku_key_unique" ->
                CatalogProblem.DUPLICATE_SKU
                        .because("A SKU was taken by another product just now")
                        .at("/variants", "holds a SKU that another product has");
            case "gtin_pkey" ->
                CatalogProblem.DUPLICATE_GTIN
                        .because("A GTIN was taken by another product just now")
                        .at("/variants", "holds a GTIN that another product has");
            case "product_slug_unique" ->
                CatalogProblem.DUPLICATE_SLUG
                        .because("The slug was taken by another product just now")
                        .at("/slug", "belongs to another product");
            default -> failure;
        };
    }

    private Stored stored(Row row) {
        var id = row.getUUID("id");
        var version = row.getLong("version");
        if (row.getOffsetDateTime("deleted_at") != null) {
            return new Stored(id, version, null);
        }
        var content = new ProductContent(
                row.getString("name"),
                row.getString("description"),
                row.getString("slug"),
                row.getString("type"),
                row.getUUID("brand_id"),
                Arrays.asList(row.getArrayOfUUIDs("category_ids")),
                json.read(row.getString("tags"), TEXTS),
                json.read(row.getString("attributes"), ObjectNode.class),
                json.read(row.getString("media"), MEDIA),
                json.read(row.getString("variants"), VARIANTS).stream()
                        .map(StoredVariant::variant)
                        .toList());
        var publishedAt = row.getOffsetDateTime("published_at");
        var product = new Product(
                id,
                version,
                ProductStatus.valueOf(row.getString("status")),
                content,
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                publishedAt == null ? null : publishedAt.toInstant());
        return new Stored(id, version, product);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static UUID[] uuids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
