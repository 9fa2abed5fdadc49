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

/** Whose turn it is: payments that their provider is to be asked for, and those that it is asked about after their end. */
@ApplicationScoped
class DuePaymentRepository {
    private static final String TAKEN = """
             where p.tenant = due.tenant
               and p.order_id = due.order_id
            returning p.tenant, p.order_id, p.id, p.version, p.provider, p.token, p.amount, p.currency, p.status, p.attempts
            """;

    /** {@code %s}: which of them. */
    private static final String TAKE = """
            update payment p
               set attempts = p.attempts + 1,
                   due_at   = %s
              from (select tenant, order_id
                      from payment
                     where status in ('AUTHORISING', 'VOIDING')
                       and due_at <= now()
                       %%s) due
            """.formatted(Turns.nextCall("p")) + TAKEN;

    /** Across tenants; two replicas take different rows. $1 rows. */
    private static final String TAKE_ALL = TAKE.formatted("order by due_at limit $1 for update skip locked");

    /** $1 tenant, $2 order. */
    private static final String TAKE_ONE = TAKE.formatted("and tenant = $1 and order_id = $2 for update");

    /** Across tenants; two replicas take different rows. $1 rows. */
    private static final String TAKE_CHECKS = """
            update payment p
               set check_attempts = p.check_attempts + 1,
                   check_at       = %s
              from (select tenant, order_id
                      from payment
                     where check_at <= now()
                     order by check_at
                     limit $1
                       for update skip locked) due
            """.formatted(Turns.nextLook("p")) + TAKEN;

    /** Unless the payment has gone on since. $1 tenant, $2 order, $3 the version that was looked at. */
    private static final String CHECKED = """
            update payment
               set checks         = checks + 1,
                   check_attempts = 0,
                   check_at       = %s
             where tenant = $1
               and order_id = $2
               and version = $3
            """.formatted(Turns.nextCheck("(checks + 1)"));

    /** At most {@code rows} payments whose provider is to be called now; nobody else gets them before their next turn. */
    Uni<List<Payment>> take(SqlConnection worker, int rows) {
        return worker.preparedQuery(TAKE_ALL)
                .execute(Tuple.of(rows))
                .map(taken -> payments(taken).toList());
    }

    /** The order's payment if its provider is to be called now; nobody else gets it before its next turn. */
    Uni<Optional<Payment>> take(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(TAKE_ONE)
                .execute(Tuple.of(tx.tenant().value(), order))
                .map(taken -> payments(taken).findFirst());
    }

    /** At most {@code rows} payments that have ended and are to be looked at; nobody else gets them before their next turn. */
    Uni<List<Payment>> takeChecks(SqlConnection worker, int rows) {
        return worker.preparedQuery(TAKE_CHECKS)
                .execute(Tuple.of(rows))
                .map(taken -> payments(taken).toList());
    }

    /** Counts the look at a payment and sets the time of the next one, if there is to be one. */
    Uni<Void> checked(Tx tx, Payment payment) {
        return tx.sql()
                .preparedQuery(CHECKED)
                .execute(Tuple.of(tx.tenant().value(), payment.orderId(), payment.version()))
                .replaceWithVoid();
    }

    private static Stream<Payment> payments(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(DuePaymentRepository::payment);
    }

    private static Payment payment(Row row) {
        return new Payment(
                new TenantId(row.getString("tenant")),
                row.getUUID("order_id"),
                row.getUUID("id"),
                row.getLong("version"),
                new PaymentInstruction(row.getString("provider"), row.getString("token")),
                new Money(row.getLong("amount"), row.getString("currency")),
                PaymentStatus.valueOf(row.getString("status")),
                row.getInteger("attempts"));
    }
}
