package io.souk.search.document;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Order;
import io.souk.kit.json.OwnJson;
import io.souk.kit.tenant.Tx;
import io.souk.search.taxonomy.NamedThings;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** SQL for documents. Rows are made and locked in the order of their ids, by everybody. */
@ApplicationScoped
class DocumentRepository {
    private static final TypeReference<Map<UUID, String>> NAMES = new TypeReference<>() {};

    /** $1 tenant, $2 ids. */
    private static final String MAKE = """
            insert into search_document (tenant, product_id, version, product_epoch, product_version, price_epoch, price_version,
                                         availability_epoch, availability_version, prices, available, names)
            select $1, id, 0, 0, 0, 0, 0, 0, 0, '{"prices":[]}', 0, '{}'
              from unnest($2::uuid[]) as new (id)
             order by id
            on conflict (tenant, product_id) do nothing
            """;

    /** Everybody who changes a document waits here for whoever did it before. $1 tenant, $2 ids. */
    private static final String LOCK = """
            select product_id, version, product_epoch, product_version, price_epoch, price_version, availability_epoch,
                   availability_version, product::text as product, prices::text as prices, available, names::text as names
              from search_document
             where tenant = $1 and product_id = any($2)
             order by product_id
               for update
            """;

    /** Without the parts themselves. $1 tenant, $2 ids. */
    private static final String ORDERS = """
            select product_id, version, product_epoch, product_version, price_epoch, price_version, availability_epoch,
                   availability_version
              from search_document
             where tenant = $1 and product_id = any($2)
            """;

    /** $1 tenant, $2 ids, $3 versions, $4 epochs, $5 versions of the part, $6 products (null: deleted), $7 brands, $8 names. */
    private static final String WRITE_PRODUCTS = """
            update search_document
               set version         = new.version,
                   product_epoch   = new.part_epoch,
                   product_version = new.part_version,
                   product         = new.product::json,
                   brand_id        = new.brand_id,
                   names           = new.names::json
              from unnest($2::uuid[], $3::bigint[], $4::int[], $5::bigint[], $6::text[], $7::uuid[], $8::text[])
                   as new (id, version, part_epoch, part_version, product, brand_id, names)
             where tenant = $1 and product_id = new.id
            """;

    /** $1 tenant, $2 ids, $3 versions, $4 epochs, $5 versions of the part, $6 prices. */
    private static final String WRITE_PRICES = """
            update search_document
               set version       = new.version,
                   price_epoch   = new.part_epoch,
                   price_version = new.part_version,
                   prices        = new.prices::json
              from unnest($2::uuid[], $3::bigint[], $4::int[], $5::bigint[], $6::text[])
                   as new (id, version, part_epoch, part_version, prices)
             where tenant = $1 and product_id = new.id
            """;

    /** $1 tenant, $2 ids, $3 versions, $4 epochs, $5 versions of the part, $6 units. */
    private static final String WRITE_AVAILABILITIES = """
            update search_document
               set version              = new.version,
                   availability_epoch   = new.part_epoch,
                   availability_version = new.part_version,
                   available            = new.available
              from unnest($2::uuid[], $3::bigint[], $4::int[], $5::bigint[], $6::bigint[])
                   as new (id, version, part_epoch, part_version, available)
             where tenant = $1 and product_id = new.id
            """;

    /** $1 tenant, $2 ids, $3 versions, $4 names. */
    private static final String WRITE_NAMES = """
            update search_document
               set version = new.version,
                   names   = new.names::json
              from unnest($2::uuid[], $3::bigint[], $4::text[]) as new (id, version, names)
             where tenant = $1 and product_id = new.id
            """;

    /** $1 tenant, $2 products. */
    private static final String LEAVE_CATEGORIES =
            "delete from document_category where tenant = $1 and product_id = any($2)";

    /** $1 tenant, $2 categories, $3 products, row by row. */
    private static final String ENTER_CATEGORIES = """
            insert into document_category (tenant, category_id, product_id)
            select $1, category_id, product_id
              from unnest($2::uuid[], $3::uuid[]) as new (category_id, product_id)
            on conflict do nothing
            """;

    /** $1 tenant, $2 brands, $3 the last id of the page before, $4 page size. */
    private static final String OF_BRANDS = """
            select product_id
              from search_document
             where tenant = $1 and brand_id = any($2) and brand_id is not null and product_id > $3
             order by product_id
             limit $4
            """;

    /** $1 tenant, $2 categories, $3 the last id of the page before, $4 page size. */
    private static final String OF_CATEGORIES = """
            select distinct product_id
              from document_category
             where tenant = $1 and category_id = any($2) and product_id > $3
             order by product_id
             limit $4
            """;

    private final OwnJson json;

    DocumentRepository(OwnJson json) {
        this.json = json;
    }

    /** What is known of these products, each locked until the transaction ends; of a new one a row is made. */
    Uni<List<DocumentParts>> lock(Tx tx, SortedSet<UUID> ids) {
        var keys = ids.toArray(UUID[]::new);
        return tx.sql()
                .preparedQuery(MAKE)
                .execute(tenant(tx).addArrayOfUUID(keys))
                .chain(() -> tx.sql().preparedQuery(LOCK).execute(tenant(tx).addArrayOfUUID(keys)))
                .map(this::parts);
    }

    /** As {@link #lock}, without those of which there is no row. */
    Uni<List<DocumentParts>> lockKnown(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(tenant(tx).addArrayOfUUID(ids.toArray(UUID[]::new)))
                .map(this::parts);
    }

    /** How far these products' documents and their parts are; one of which nothing was heard is left out. */
    Uni<List<DocumentOrders>> orders(Tx tx, Set<UUID> ids) {
        return tx.sql()
                .preparedQuery(ORDERS)
                .execute(tenant(tx).addArrayOfUUID(ids.toArray(UUID[]::new)))
                .map(DocumentRepository::orders);
    }

    private static List<DocumentOrders> orders(RowSet<Row> rows) {
        var orders = new ArrayList<DocumentOrders>(rows.rowCount());
        rows.forEach(row -> orders.add(new DocumentOrders(
                row.getUUID("product_id"),
                row.getLong("version"),
                order(row, "product_epoch", "product_version"),
                order(row, "price_epoch", "price_version"),
                order(row, "availability_epoch", "availability_version"))));
        return orders;
    }

    Uni<Void> writeProducts(Tx tx, List<DocumentParts> documents) {
        var values = part(tx, documents, DocumentParts::productOrder)
                .addArrayOfString(column(documents, String[]::new, parts -> text(parts.product())))
                .addArrayOfUUID(column(documents, UUID[]::new, DocumentRepository::brand))
                .addArrayOfString(column(documents, String[]::new, parts -> text(parts.names())));
        return tx.sql().preparedQuery(WRITE_PRODUCTS).execute(values).replaceWithVoid();
    }

    Uni<Void> writePrices(Tx tx, List<DocumentParts> documents) {
        var values = part(tx, documents, DocumentParts::priceOrder)
                .addArrayOfString(column(documents, String[]::new, parts -> text(parts.prices())));
        return tx.sql().preparedQuery(WRITE_PRICES).execute(values).replaceWithVoid();
    }

    Uni<Void> writeAvailabilities(Tx tx, List<DocumentParts> documents) {
        var values = part(tx, documents, DocumentParts::availabilityOrder)
                .addArrayOfLong(column(documents, Long[]::new, DocumentParts::available));
        return tx.sql().preparedQuery(WRITE_AVAILABILITIES).execute(values).replaceWithVoid();
    }

    Uni<Void> writeNames(Tx tx, List<DocumentParts> documents) {
        var values =
                rows(tx, documents).addArrayOfString(column(documents, String[]::new, parts -> text(parts.names())));
        return tx.sql().preparedQuery(WRITE_NAMES).execute(values).replaceWithVoid();
    }

    /** Sets the categories of these products to those of their parts. */
    Uni<Void> writeCategories(Tx tx, Collection<DocumentParts> documents) {
        var products = documents.stream().map(DocumentParts::id).toArray(UUID[]::new);
        var entered = new ArrayList<UUID>();
        var by = new ArrayList<UUID>();
        for (var document : documents) {
            if (document.product() != null) {
                for (var category : document.product().categoryIds()) {
                    entered.add(category);
                    by.add(document.id());
                }
            }
        }
        var left = tx.sql()
                .preparedQuery(LEAVE_CATEGORIES)
                .execute(tenant(tx).addArrayOfUUID(products))
                .replaceWithVoid();
        if (entered.isEmpty()) {
            return left;
        }
        var values = tenant(tx).addArrayOfUUID(entered.toArray(UUID[]::new)).addArrayOfUUID(by.toArray(UUID[]::new));
        return left.chain(() -> tx.sql().preparedQuery(ENTER_CATEGORIES).execute(values))
                .replaceWithVoid();
    }

    /** Ids of products of these brands or in these categories, rising, behind the given one. */
    Uni<List<UUID>> showing(Tx tx, NamedThings things, Set<UUID> ids, UUID after, int limit) {
        var select =
                switch (things) {
                    case BRANDS -> OF_BRANDS;
                    case CATEGORIES -> OF_CATEGORIES;
                };
        var values = tenant(tx)
                .addArrayOfUUID(ids.toArray(UUID[]::new))
                .addUUID(after)
                .addInteger(limit);
        return tx.sql().preparedQuery(select).execute(values).map(rows -> {
            var products = new ArrayList<UUID>(rows.rowCount());
            rows.forEach(row -> products.add(row.getUUID("product_id")));
            return products;
        });
    }

    private List<DocumentParts> parts(RowSet<Row> rows) {
        var parts = new ArrayList<DocumentParts>(rows.rowCount());
        rows.forEach(row -> parts.add(parts(row)));
        return parts;
    }

    private DocumentParts parts(Row row) {
        @Nullable String product = row.getString("product");
        return new DocumentParts(
                row.getUUID("product_id"),
                row.getLong("version"),
                order(row, "product_epoch", "product_version"),
                product == null ? null : json.read(product, ProductState.class),
                order(row, "price_epoch", "price_version"),
                json.read(row.getString("prices"), PriceState.class),
                order(row, "availability_epoch", "availability_version"),
                row.getLong("available"),
                json.read(row.getString("names"), NAMES));
    }

    private static @Nullable Order order(Row row, String epoch, String version) {
        return row.getInteger(epoch) == 0 ? null : new Order(row.getInteger(epoch), row.getLong(version));
    }

    private @Nullable String text(@Nullable Object state) {
        return state == null ? null : json.text(state);
    }

    private static @Nullable UUID brand(DocumentParts parts) {
        return parts.product() == null ? null : parts.product().brandId();
    }

    private static Tuple tenant(Tx tx) {
        return Tuple.tuple().addString(tx.tenant().value());
    }

    private static Tuple rows(Tx tx, List<DocumentParts> documents) {
        return tenant(tx)
                .addArrayOfUUID(column(documents, UUID[]::new, DocumentParts::id))
                .addArrayOfLong(column(documents, Long[]::new, DocumentParts::version));
    }

    private static Tuple part(Tx tx, List<DocumentParts> documents, Function<DocumentParts, @Nullable Order> order) {
        return rows(tx, documents)
                .addArrayOfInteger(column(documents, Integer[]::new, parts -> epoch(order.apply(parts))))
                .addArrayOfLong(column(documents, Long[]::new, parts -> version(order.apply(parts))));
    }

    private static int epoch(@Nullable Order order) {
        return order == null ? 0 : order.epoch();
    }

    private static long version(@Nullable Order order) {
        return order == null ? 0 : order.version();
    }

    private static <T> T[] column(
            List<DocumentParts> documents, IntFunction<T[]> array, Function<DocumentParts, @Nullable T> value) {
        return documents.stream().map(value).toArray(array);
    }
}
