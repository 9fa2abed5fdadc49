package io.souk.orders.reference;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.price.SoldVariant;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

@ApplicationScoped
class ReferenceRepository {
    /** Orders that ended, and those whose goods have left, come without lines: they need nothing more. $1 tenant, $2 the last id of the part before, $3 orders. */
    private static final String NEXT = """
            select seen.id, line.line, line.product_id, line.variant_id, line.sku
              from (select id, status
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

    /** Some orders and what they name. */
    record Part(SequencedSet<UUID> orders, List<OrderedVariant> lines) {}

    /** At most {@code orders} orders behind {@code after}. */
    Uni<Part> next(Tx tx, UUID after, int orders) {
        return tx.sql()
                .preparedQuery(NEXT)
                .execute(Tuple.of(tx.tenant().value(), after, orders))
                .map(found -> StreamSupport.stream(found.spliterator(), false).toList())
                .map(rows -> new Part(
                        rows.stream()
                                .map(row -> row.getUUID("id"))
                                .collect(Collectors.toCollection(LinkedHashSet::new)),
                        rows.stream()
                                .filter(row -> row.getUUID("variant_id") != null)
                                .map(ReferenceRepository::line)
                                .toList()));
    }

    private static OrderedVariant line(Row row) {
        return new OrderedVariant(
                row.getUUID("id"),
                row.getInteger("line"),
                new SoldVariant(row.getUUID("product_id"), row.getUUID("variant_id"), row.getString("sku")));
    }
}
