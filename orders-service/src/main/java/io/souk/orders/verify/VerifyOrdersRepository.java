package io.souk.orders.verify;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.order.OrderStatus;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

@ApplicationScoped
class VerifyOrdersRepository {
    /** The sweep comes each second: a minute late is no busy moment any more. */
    private static final int LATE_SECONDS = 60;

    /** Of one statement, so of one moment. {@code %s}: which of them. $1 tenant, $2 seconds that are too late. */
    private static final String PROOF = """
            select seen.id, seen.status, seen.version, seen.total, lines.total as lines_total, steps.entries as steps,
                   seen.status in ('PLACED', 'RESERVED', 'AUTHORISED')
                       and seen.deadline < now() - $2 * interval '1 second' as late,
                   payment.status as payment_status, payment.amount, payment.captured, payment.capturing,
                   payment.refunded, payment.refunding,
                   cart.id is not null as cart_locked
              from (select id, status, version, total, deadline
                      from orders
                     where tenant = $1
                       and %s) as seen
             cross join lateral (
                   select coalesce(sum(line.unit_price * line.quantity
                                       + case when line.tax_inclusive then 0 else coalesce(line.tax, 0) end), 0)::bigint as total
                     from order_line line
                    where line.tenant = $1
                      and line.order_id = seen.id) as lines
             cross join lateral (
                   select count(*) as entries
                     from order_step step
                    where step.tenant = $1
                      and step.order_id = seen.id
                      and step.version <= seen.version) as steps
              left join payment on payment.tenant = $1 and payment.order_id = seen.id
              left join cart on cart.tenant = $1 and cart.order_id = seen.id
             order by seen.id
            """;

    /** $3 the last id of the part before, $4 rows. */
    private static final String NEXT = PROOF.formatted("id > $3 order by id limit $4");

    /** $3 id. */
    private static final String FIND = PROOF.formatted("id = $3");

    Uni<List<SeenOrder>> next(Tx tx, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(NEXT)
                .execute(Tuple.of(tx.tenant().value(), (double) LATE_SECONDS, after, rows))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map(VerifyOrdersRepository::seen)
                        .toList());
    }

    /** Empty when there is none such. */
    Uni<Optional<SeenOrder>> find(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), (double) LATE_SECONDS, id))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map(VerifyOrdersRepository::seen)
                        .findFirst());
    }

    private static SeenOrder seen(Row row) {
        return new SeenOrder(
                row.getUUID("id"),
                OrderStatus.valueOf(row.getString("status")),
                row.getLong("version"),
                row.getBoolean("late"),
                row.getLong("total"),
                row.getLong("lines_total"),
                row.getLong("steps"),
                payment(row),
                row.getBoolean("cart_locked"));
    }

    private static SeenOrder.@Nullable SeenPayment payment(Row row) {
        var status = row.getString("payment_status");
        return status == null
                ? null
                : new SeenOrder.SeenPayment(
                        status,
                        row.getLong("amount"),
                        row.getLong("captured"),
                        row.getLong("capturing"),
                        row.getLong("refunded"),
                        row.getLong("refunding"));
    }
}
