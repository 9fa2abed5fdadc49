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

    /** Has the provider called next; harmless when it was asked before. $1 tenant, $2 order. */
    private static final String AUTHORISE = """
            update payment
               set status   = 'AUTHORISING',
                   version  = version + 1,
                   attempts = 0,
                   due_at   = now()
             where tenant = $1
               and order_id = $2
               and status = 'WAITING'
            """;

    /**
     * Of a payment that was never asked for there is nothing to give back. Otherwise the provider is called, but not while a
     * call to authorise may be under way: that one has ended before its next turn. Even a payment that was given back is
     * so once more, since this is asked again only when an approval came late. $1 tenant, $2 order.
     */
    private static final String RELEASE = """
            update payment
               set status   = case status when 'WAITING' then 'VOIDED' else 'VOIDING' end,
                   version  = version + 1,
                   attempts = 0,
                   due_at   = case status when 'AUTHORISING' then greatest(now(), due_at) else now() end
             where tenant = $1
               and order_id = $2
            """;

    /** Only while it stands where it stood when the call was made. $3 the version then, $4 to, $5 reference. */
    private static final String ANSWER = """
            update payment
               set status    = $4,
                   version   = version + 1,
                   reference = coalesce($5, reference)
             where tenant = $1
               and order_id = $2
               and version = $3
            """;

    /** $1 tenant, $2 payment, $3 its version when the call was made, $4 kind, $5 outcome, $6 reference, $7 detail. */
    private static final String RECORD = """
            insert into payment_transaction as known (tenant, payment_id, version, kind, outcome, reference, detail)
            values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (tenant, payment_id, version, kind, outcome) do update
               set calls = known.calls + 1, detail = excluded.detail, last_at = now()
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

    Uni<Void> authorise(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(AUTHORISE)
                .execute(Tuple.of(tx.tenant().value(), order))
                .replaceWithVoid();
    }

    Uni<Void> release(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(RELEASE)
                .execute(Tuple.of(tx.tenant().value(), order))
                .replaceWithVoid();
    }

    /** Writes down how the call ended; the payment follows it unless it has gone on since the call was made. */
    Uni<Void> answer(Tx tx, Payment called, ProviderAnswer answer) {
        return follow(tx, called, answer).chain(() -> record(tx, called, answer));
    }

    private static Uni<Void> follow(Tx tx, Payment called, ProviderAnswer answer) {
        var to = answer.to();
        if (to == null) {
            return Uni.createFrom().voidItem();
        }
        var values = Tuple.of(tx.tenant().value(), called.orderId(), called.version(), to.name(), answer.reference());
        return tx.sql().preparedQuery(ANSWER).execute(values).replaceWithVoid();
    }

    private static Uni<Void> record(Tx tx, Payment called, ProviderAnswer answer) {
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(called.id())
                .addLong(called.version())
                .addString(answer.kind().name())
                .addString(answer.outcome().name())
                .addString(answer.reference())
                .addString(answer.detail());
        return tx.sql().preparedQuery(RECORD).execute(values).replaceWithVoid();
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
