package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

@ApplicationScoped
class PaymentRepository {
    /** $1 tenant, $2 order, $3 id, $4 provider, $5 token, $6 amount, $7 currency. */
    private static final String INSERT = """
            insert into payment (tenant, order_id, id, version, provider, token, amount, currency, status, due_at)
            values ($1, $2, $3, 1, $4, $5, $6, $7, 'WAITING', now())
            """;

    /** Has the provider called next; nothing happens from another status. $1 tenant, $2 order, $3 to, $4 from. */
    private static final String REQUEST = """
            update payment
               set status   = $3,
                   version  = version + 1,
                   attempts = 0,
                   due_at   = now()
             where tenant = $1
               and order_id = $2
               and status = any($4)
            """;

    /** Stores an answer with its entry in the history. $3 to, $4 from, $5 kind, $6 outcome, $7 reference, $8 detail. */
    private static final String ANSWER = """
            with answered as (
                update payment
                   set status    = $3,
                       version   = version + 1,
                       reference = coalesce($7, reference)
                 where tenant = $1
                   and order_id = $2
                   and status = $4
                returning tenant, id, version)
            insert into payment_transaction (tenant, payment_id, version, kind, outcome, reference, detail)
            select tenant, id, version, $5, $6, $7, $8
              from answered
            """;

    /** The next turn comes twice as late each time, 30 s at most, and half of it by chance. */
    private static final String TAKE = """
            update payment p
               set attempts = p.attempts + 1,
                   due_at   = now() + least(30, 10 * power(2, least(p.attempts, 4))) * (0.5 + random() / 2) * interval '1 second'
            """;

    private static final String TAKEN = """
            returning p.tenant, p.order_id, p.id, p.version, p.provider, p.token, p.amount, p.currency, p.status, p.attempts
            """;

    /** Across tenants; two replicas take different rows. $1 rows. */
    private static final String TAKE_ALL_DUE = TAKE + """
              from (select tenant, order_id
                      from payment
                     where status in ('AUTHORISING', 'VOIDING')
                       and due_at <= now()
                     order by due_at
                     limit $1
                       for update skip locked) due
             where p.tenant = due.tenant
               and p.order_id = due.order_id
            """ + TAKEN;

    /** $1 tenant, $2 order. */
    private static final String TAKE_DUE = TAKE + """
             where p.tenant = $1
               and p.order_id = $2
               and p.status in ('AUTHORISING', 'VOIDING')
               and p.due_at <= now()
            """ + TAKEN;

    Uni<Void> insert(Tx tx, UUID order, UUID id, PaymentInstruction instruction, Money amount) {
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(order)
                .addUUID(id)
                .addString(instruction.provider())
                .addString(instruction.token())
                .addLong(amount.amount())
                .addString(amount.currency());
        return tx.sql().preparedQuery(INSERT).execute(values).replaceWithVoid();
    }

    /** Has the provider called for {@code to}; changes nothing when the payment is in none of the statuses it may come from. */
    Uni<Void> request(Tx tx, UUID order, List<PaymentStatus> from, PaymentStatus to) {
        var values = Tuple.of(
                tx.tenant().value(),
                order,
                to.name(),
                from.stream().map(Enum::name).toArray(String[]::new));
        return tx.sql().preparedQuery(REQUEST).execute(values).replaceWithVoid();
    }

    /** Stores what the provider said; changes nothing when the payment no longer waits for it. */
    Uni<Void> answer(Tx tx, UUID order, ProviderAnswer answer) {
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(order)
                .addString(answer.to().name())
                .addString(answer.from().name())
                .addString(answer.kind())
                .addString(answer.outcome())
                .addString(answer.reference())
                .addString(answer.detail());
        return tx.sql().preparedQuery(ANSWER).execute(values).replaceWithVoid();
    }

    /** At most {@code rows} payments whose provider is to be called now; nobody else gets them before their next turn. */
    Uni<List<Payment>> takeDue(SqlConnection worker, int rows) {
        return worker.preparedQuery(TAKE_ALL_DUE)
                .execute(Tuple.of(rows))
                .map(taken -> StreamSupport.stream(taken.spliterator(), false)
                        .map(PaymentRepository::payment)
                        .toList());
    }

    /** The order's payment if its provider is to be called now; nobody else gets it before its next turn. */
    Uni<Optional<Payment>> takeDue(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(TAKE_DUE)
                .execute(Tuple.of(tx.tenant().value(), order))
                .map(taken -> StreamSupport.stream(taken.spliterator(), false)
                        .map(PaymentRepository::payment)
                        .findFirst());
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
