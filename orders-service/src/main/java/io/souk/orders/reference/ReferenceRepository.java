package io.souk.orders.reference;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.order.OrderStatus;
import io.souk.orders.price.SoldVariant;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

@ApplicationScoped
class ReferenceRepository {
    /** Others hear of a change within seconds: what is minutes old is under way no more. */
    private static final double SETTLED_SECONDS = 300;

    /** Orders that ended, and those whose goods have left, come without lines: they need nothing more. $1 tenant, $2 the last id of the part before, $3 orders, $4 seconds after which an order is settled. */
    private static final String NEXT = """
            select seen.id, seen.confirmed, line.line, line.product_id, line.variant_id, line.sku
              from (select id, status,
                           status = 'CONFIRMED' and updated_at < now() - $4 * interval '1 second' as confirmed
                      from orders
                     where tenant = $1
                       and id > $2
                     order by id
                     limit $3) as seen
              left join order_line line
                on line.tenant = $1
               and line.order_id = seen.id
               and seen.status in ('PLACED', 'RESERVED', 'AUTHORISED', 'CONFIRMED')
             order by seen.id, line.line
            """;

    /** $1 tenant, $2 orders, $3 seconds after which an order is settled. */
    private static final String STANDING = """
            select id, status, updated_at < now() - $3 * interval '1 second' as settled
              from orders
             where tenant = $1
               and id = any($2::uuid[])
            """;

    /**
     * Some orders and what they name.
     *
     * @param confirmed those that have been CONFIRMED for a while
     */
    record Part(SequencedSet<UUID> orders, List<UUID> confirmed, List<OrderedVariant> lines) {}

    /**
     * Where an order stands.
     *
     * @param settled whether nothing has happened to it for so long that others have heard of it
     */
    record Standing(OrderStatus status, boolean settled) {}

    /** At most {@code orders} orders behind {@code after}. */
    Uni<Part> next(Tx tx, UUID after, int orders) {
        return tx.sql()
                .preparedQuery(NEXT)
                .execute(Tuple.of(tx.tenant().value(), after, orders, SETTLED_SECONDS))
                .map(found -> StreamSupport.stream(found.spliterator(), false).toList())
                .map(rows -> new Part(
                        rows.stream()
                                .map(row -> row.getUUID("id"))
                                .collect(Collectors.toCollection(LinkedHashSet::new)),
                        rows.stream()
                                .filter(row -> row.getBoolean("confirmed"))
                                .map(row -> row.getUUID("id"))
                                .distinct()
                                .toList(),
                        rows.stream()
                                .filter(row -> row.getUUID("variant_id") != null)
                                .map(ReferenceRepository::line)
                                .toList()));
    }

    /** Those of the orders that there are. */
    Uni<Map<UUID, Standing>> standing(Tx tx, List<UUID> orders) {
        return tx.sql()
                .preparedQuery(STANDING)
                .execute(Tuple.of(tx.tenant().value(), orders.toArray(UUID[]::new), SETTLED_SECONDS))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .collect(Collectors.toMap(
                                row -> row.getUUID("id"),
                                row -> new Standing(
                                        OrderStatus.valueOf(row.getString("status")), row.getBoolean("settled")))));
    }

    private static OrderedVariant line(Row row) {
        return new OrderedVariant(
                row.getUUID("id"),
                row.getInteger("line"),
                new SoldVariant(row.getUUID("product_id"), row.getUUID("variant_id"), row.getString("sku")));
    }
}
