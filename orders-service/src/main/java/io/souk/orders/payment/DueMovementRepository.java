package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whose turn it is: captures and refunds that their provider is to be asked for. */
@ApplicationScoped
class DueMovementRepository {
    /** Two replicas take different rows. {@code %s}: which of them. $1 rows. */
    private static final String TAKE = """
            update payment_movement m
               set attempts = m.attempts + 1,
                   due_at   = %s
              from (select tenant, payment_id, version
                      from payment_movement
                     where status = 'PENDING'
                       and due_at <= now()
                       %%s
                     order by due_at
                     limit $1
                       for update skip locked) due, payment p
             where m.tenant = due.tenant
               and m.payment_id = due.payment_id
               and m.version = due.version
               and p.tenant = m.tenant
               and p.id = m.payment_id
            returning m.tenant, p.order_id, m.payment_id, m.version, m.id, m.kind, p.provider, p.token, m.amount, p.currency, m.attempts
            """.formatted(Turns.nextCall("m"));

    /** Across tenants. */
    private static final String TAKE_ALL = TAKE.formatted("");

    /** $2 tenant, $3 order. */
    private static final String TAKE_ONE = TAKE.formatted(
            "and tenant = $2 and payment_id = (select id from payment where tenant = $2 and order_id = $3)");

    /** At most {@code rows} movements whose provider is to be asked now; nobody else gets them before their next turn. */
    Uni<List<Movement>> take(SqlConnection worker, int rows) {
        return worker.preparedQuery(TAKE_ALL)
                .execute(Tuple.of(rows))
                .map(taken -> movements(taken).toList());
    }

    /** One of the order's movements if its provider is to be asked now; nobody else gets it before its next turn. */
    Uni<Optional<Movement>> take(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(TAKE_ONE)
                .execute(Tuple.of(1, tx.tenant().value(), order))
                .map(taken -> movements(taken).findFirst());
    }

    private static Stream<Movement> movements(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(DueMovementRepository::movement);
    }

    private static Movement movement(Row row) {
        return new Movement(
                new TenantId(row.getString("tenant")),
                row.getUUID("order_id"),
                row.getUUID("payment_id"),
                row.getLong("version"),
                row.getUUID("id"),
                CallKind.valueOf(row.getString("kind")),
                new PaymentInstruction(row.getString("provider"), row.getString("token")),
                new Money(row.getLong("amount"), row.getString("currency")),
                row.getInteger("attempts"));
    }
}
