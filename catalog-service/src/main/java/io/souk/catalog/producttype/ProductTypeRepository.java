package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.aggregate.AggregateRepository;
import io.souk.kit.json.OwnJson;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

import java.util.Collection;
import java.util.List;

/** The tenants' own product types. */
@Singleton
class ProductTypeRepository extends AggregateRepository<ProductType> {

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

    private final OwnJson json;

    ProductTypeRepository(OwnJson json) {
        super("product_type", "id, version, name, title, schema::text", "another product type");
        this.json = json;
    }

    @Override
    protected ProductType read(Row row) {
        var schema = json.read(row.getString(4), ObjectNode.class);
        return new ProductType(row.getUUID(0), row.getLong(1), row.getString(2), row.getString(3), schema, false);
    }

    Uni<List<ProductType>> holdByName(Tx tx, Collection<String> names) {
        return list(tx, HOLD_BY_NAME, Tuple.of(tx.tenant().value(), names.toArray(String[]::new)));
    }

    Uni<Void> insert(Tx tx, ProductType type) {
        return write(
                tx,
                INSERT,
                Tuple.of(
                        tx.tenant().value(),
                        type.id(),
                        type.name(),
                        type.title(),
                        type.schema().toString()));
    }

    Uni<Void> update(Tx tx, ProductType type) {
        return write(
                tx,
                UPDATE,
                Tuple.of(
                        tx.tenant().value(),
                        type.id(),
                        type.version(),
                        type.title(),
                        type.schema().toString()));
    }
}
