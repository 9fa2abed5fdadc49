package io.souk.catalog.producttype;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.UUID;

/** The tenants' own product types. */
@ApplicationScoped
class ProductTypeRepository {

    /** In the order of ids, so that two transactions never wait for each other. $1 tenant, $2 names. */
    private static final String HOLD_BY_NAME = """
        select id, version, name, title, schema::text
          from product_type
         where tenant = $1
           and name = any($2::text[])
           and deleted_at is null
         order by id
           for share
        """;

    /** $1 tenant, $2 id. */
    private static final String LOCK = """
        select id, version, name, title, schema::text
          from product_type
         where tenant = $1
           and id = $2
           and deleted_at is null
           for update
        """;

    /** $1 tenant, $2 id. */
    private static final String FIND = """
        select id, version, name, title, schema::text
          from product_type
         where tenant = $1
           and id = $2
           and deleted_at is null
        """;

    /** $1 tenant, $2 after this id, $3 rows. */
    private static final String PAGE = """
        select id, version, name, title, schema::text
          from product_type
         where tenant = $1
           and id > $2
           and deleted_at is null
         order by id
         limit $3
        """;

    /** $1 tenant, $2 id, $3 name, $4 title, $5 schema. */
    private static final String INSERT = """
        insert into product_type (tenant, id, version, name, title, schema, created_at, updated_at)
        values ($1, $2, 1, $3, $4, $5::text::json, now(), now())
        """;

    /** $1 tenant, $2 id, $3 version, $4 title, $5 schema. The row is locked. */
    private static final String UPDATE = """
        update product_type
           set version = $3, title = $4, schema = $5::text::json, updated_at = now()
         where tenant = $1
           and id = $2
        """;

    /** $1 tenant, $2 id. */
    private static final String DELETE = """
        update product_type
           set version = version + 1, updated_at = now(), deleted_at = now()
         where tenant = $1
           and id = $2
        """;

    private final ObjectMapper json;

    ProductTypeRepository(ObjectMapper json) {
        this.json = json;
    }

    Uni<List<ProductType>> holdByName(Tx tx, Collection<String> names) {
        return tx.sql()
                .preparedQuery(HOLD_BY_NAME)
                .execute(Tuple.of(tx.tenant().value(), names.toArray(String[]::new)))
                .map(this::types);
    }

    Uni<@Nullable ProductType> lock(Tx tx, UUID id) {
        return one(tx, LOCK, id);
    }

    Uni<@Nullable ProductType> find(Tx tx, UUID id) {
        return one(tx, FIND, id);
    }

    private Uni<@Nullable ProductType> one(Tx tx, String statement, UUID id) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> rows.size() == 0 ? null : types(rows).getFirst());
    }

    Uni<List<ProductType>> page(Tx tx, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(PAGE)
                .execute(Tuple.of(tx.tenant().value(), after, rows))
                .map(this::types);
    }

    Uni<Void> insert(Tx tx, ProductType type) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        type.id(),
                        type.name(),
                        type.title(),
                        type.schema().toString()))
                .onFailure(PgException.class)
                .transform(ProductTypeRepository::explained)
                .replaceWithVoid();
    }

    Uni<Void> update(Tx tx, ProductType type) {
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        type.id(),
                        type.version(),
                        type.title(),
                        type.schema().toString()))
                .replaceWithVoid();
    }

    Uni<Void> delete(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(DELETE)
                .execute(Tuple.of(tx.tenant().value(), id))
                .replaceWithVoid();
    }

    private static Throwable explained(Throwable failure) {
        return failure instanceof PgException refused && "product_type_name_unique".equals(refused.getConstraint())
                ? CatalogProblem.DUPLICATE_NAME
                        .because("Another product type has this name")
                        .at("/name", "belongs to another product type")
                : failure;
    }

    private List<ProductType> types(RowSet<Row> rows) {
        var types = new ArrayList<ProductType>(rows.size());
        rows.forEach(row -> types.add(new ProductType(
                row.getUUID(0), row.getLong(1), row.getString(2), row.getString(3), schema(row.getString(4)), false)));
        return types;
    }

    private ObjectNode schema(String text) {
        try {
            return json.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
