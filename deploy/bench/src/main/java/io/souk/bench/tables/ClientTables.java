package io.souk.bench.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.json.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;

/** All of a card in one prepared statement. */
final class ClientTables implements CardTables {
    private static final TypeReference<List<TableCard.Variant>> VARIANTS = new TypeReference<>() {};
    private static final TypeReference<List<TableCard.Price>> PRICES = new TypeReference<>() {};
    private static final TypeReference<List<TableCard.Units>> UNITS = new TypeReference<>() {};
    private static final TypeReference<List<TableCard.Standing>> STANDINGS = new TypeReference<>() {};

    /** $1 tenant, $2 product. */
    private static final String CARD = """
            select p.id, p.version, p.status, p.name, p.description, p.slug, p.type, p.brand_id,
                   p.tags::text as tags, p.attributes::text as attributes, p.media::text as media,
                   p.created_at, p.updated_at, p.published_at,
                   array(select c.category_id
                           from product_category c
                          where c.tenant = p.tenant and c.product_id = p.id
                          order by c.position) as category_ids,
                   (select coalesce(json_agg(json_build_object(
                               'id', v.id, 'sku', v.sku, 'name', v.name, 'options', v.options::text,
                               'gtins', (select coalesce(json_agg(g.gtin order by g.position), '[]')
                                           from gtin g
                                          where g.tenant = v.tenant and g.variant_id = v.id))
                             order by v.position), '[]')::text
                      from variant v
                     where v.tenant = p.tenant and v.product_id = p.id) as variants,
                   l.version as price_version,
                   (select coalesce(json_agg(json_build_object(
                               'variantId', x.variant_id, 'sku', x.sku, 'amount', x.amount, 'currency', x.currency)
                             order by v.position, x.currency), '[]')::text
                      from price x
                      join variant v on v.tenant = x.tenant and v.id = x.variant_id
                     where x.tenant = p.tenant and x.product_id = p.id) as prices,
                   a.version as availability_version, a.variants::text as units, a.statuses::text as statuses
              from product p
              left join price_list l on l.tenant = p.tenant and l.product_id = p.id and l.deleted_at is null
              left join availability a on a.tenant = p.tenant and a.product_id = p.id and a.deleted_at is null and a.version > 0
             where p.tenant = $1
               and p.id = $2
               and p.deleted_at is null
            """;

    private final Pool pool;
    private final ObjectMapper json = StrictJson.mapper();

    ClientTables(Vertx vertx, Database database) {
        pool = PgBuilder.pool()
                .using(vertx)
                .with(new PoolOptions().setMaxSize(Access.CONNECTIONS))
                .connectingTo(new PgConnectOptions()
                        .setHost(Database.HOST)
                        .setPort(database.port())
                        .setDatabase(Database.NAME)
                        .setUser(database.user())
                        .setPassword(database.password())
                        .setCachePreparedStatements(true))
                .build();
    }

    @Override
    public Future<TableCard> card(String tenant, UUID id) {
        return pool.preparedQuery(CARD).execute(Tuple.of(tenant, id)).map(rows -> {
            var row = rows.iterator();
            if (!row.hasNext()) {
                throw new NoSuchElementException(id.toString());
            }
            return card(row.next());
        });
    }

    private TableCard card(Row row) {
        var id = row.getUUID("id");
        @Nullable Long priceVersion = row.getLong("price_version");
        @Nullable Long availabilityVersion = row.getLong("availability_version");
        return new TableCard(
                new TableCard.Product(
                        id,
                        row.getLong("version"),
                        row.getString("status"),
                        row.getString("name"),
                        row.getString("description"),
                        row.getString("slug"),
                        row.getString("type"),
                        row.getUUID("brand_id"),
                        List.of(row.getArrayOfUUIDs("category_ids")),
                        row.getString("tags"),
                        row.getString("attributes"),
                        row.getString("media"),
                        read(row.getString("variants"), VARIANTS),
                        row.getOffsetDateTime("created_at").toInstant(),
                        row.getOffsetDateTime("updated_at").toInstant(),
                        instant(row.getOffsetDateTime("published_at"))),
                priceVersion == null
                        ? null
                        : new TableCard.Prices(id, priceVersion, read(row.getString("prices"), PRICES)),
                availabilityVersion == null
                        ? null
                        : TableCard.Availability.of(
                                id,
                                availabilityVersion,
                                read(row.getString("units"), UNITS),
                                read(row.getString("statuses"), STANDINGS)));
    }

    private static java.time.@Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table's JSON cannot be read", e);
        }
    }
}
