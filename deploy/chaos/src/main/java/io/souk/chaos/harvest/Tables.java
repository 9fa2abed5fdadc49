package io.souk.chaos.harvest;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.fleet.Database;
import io.souk.stack.Bootstrap;
import org.apache.kafka.common.TopicPartition;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The services' tables. */
final class Tables {
    /** Where each aggregate's last state is: tenant, id, version, deleted. */
    private static final Map<String, String> ROWS = Map.ofEntries(
            Map.entry(Thing.PRODUCT, "select tenant, id, version, deleted_at is not null from catalog.product"),
            Map.entry(
                    Thing.PRICE, "select tenant, product_id, version, deleted_at is not null from catalog.price_list"),
            Map.entry(Thing.AVAILABILITY, """
                    select tenant, product_id, version, deleted_at is not null from catalog.availability where version > 0
                    """),
            Map.entry("catalog.tenant", "select tenant, id, version, false from catalog.tenant"),
            Map.entry(Thing.STOCK, "select tenant, id, version, false from inventory.stock_level where version > 0"),
            Map.entry("inventory.location", "select tenant, id, version, false from inventory.location"),
            Map.entry("inventory.pack", "select tenant, id, version, false from inventory.pack"),
            Map.entry("inventory.unit", "select tenant, id, version, false from inventory.unit"),
            Map.entry(Thing.RESERVATION, "select tenant, id, version, false from inventory.reservation"),
            Map.entry(Thing.ORDER, "select tenant, id, version, false from orders.orders"),
            // Nobody is told of its first version.
            Map.entry(Thing.PAYMENT, "select tenant, id, version, false from orders.payment where version > 1"));

    /** What other services' tables know: the aggregate, tenant, id, epoch, version, deleted. */
    private static final Map<String, String> COPIES = Map.of(
            "catalog.stock",
                    "select 'inventory.stock', tenant, id, epoch, version, variant_id is null from catalog.stock",
            "inventory.known_product", """
                    select 'catalog.product', tenant, product_id, epoch, version, status = 'DELETED'
                      from inventory.known_product
                    """,
            "orders.seen_reservation", """
                    select 'inventory.reservation', tenant, reservation_id, epoch, version, false
                      from orders.seen_reservation
                    """,
            "search.search_document (product)", """
                    select 'catalog.product', tenant, product_id, product_epoch, product_version, product is null
                      from search.search_document
                     where product_epoch > 0
                    """);

    private final Database database;

    Tables(Database database) {
        this.database = database;
    }

    /** @param wanted of which aggregates */
    List<Fact.Row> rows(Predicate<String> wanted) {
        var rows = new ArrayList<Fact.Row>();
        ROWS.forEach((aggregate, select) -> {
            if (wanted.test(aggregate)) {
                rows.addAll(database.query(
                        select,
                        row -> new Fact.Row(
                                new Thing(aggregate, row.getString(1), row.getString(2)),
                                Order.of(row.getLong(3)),
                                !row.getBoolean(4))));
            }
        });
        return rows;
    }

    List<Fact.Copy> copies() {
        var copies = new ArrayList<Fact.Copy>();
        COPIES.forEach((holder, select) -> copies.addAll(database.query(
                select,
                row -> new Fact.Copy(
                        holder,
                        new Thing(row.getString(1), row.getString(2), row.getString(3)),
                        new Order(row.getInt(4), row.getLong(5)),
                        !row.getBoolean(6)))));
        return copies;
    }

    /** The products that everyone of their tenant sees. */
    List<Thing> published() {
        return database.query(
                "select tenant, id from catalog.product where deleted_at is null and status = 'PUBLISHED'",
                row -> new Thing(Thing.PRODUCT, row.getString(1), row.getString(2)));
    }

    /** How far a reader of a foreign topic is: the last offset that it has applied. */
    record Position(String consumer, TopicPartition of, long offset) {}

    List<Position> positions() {
        return Bootstrap.services().stream()
                .flatMap(service -> positions(service).stream())
                .toList();
    }

    List<Position> positions(String service) {
        return database.query(
                "select consumer, topic, shard, read_offset from %s.source_watermark".formatted(service),
                row -> new Position(
                        row.getString(1), new TopicPartition(row.getString(2), row.getInt(3)), row.getLong(4)));
    }

    /** The generations of the catalogue's cache, as their ids stand in keys. */
    Set<String> generations() {
        if (database.query("select to_regclass('catalog.cache_generation')", row -> row.getString(1))
                        .getFirst()
                == null) {
            return Set.of();
        }
        return database
                .query("select id from catalog.cache_generation", row -> text(row.getObject(1, UUID.class)))
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String text(UUID id) {
        var bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
