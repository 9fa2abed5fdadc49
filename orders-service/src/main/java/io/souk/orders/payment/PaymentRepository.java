package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Payments as rows, each one version after the other. */
@ApplicationScoped
class PaymentRepository {
    /** What {@link #funds} reads. */
    static final String FUNDS =
            "id, order_id, version, status, currency, amount, captured, capturing, refunded, refunding\n";

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
            returning\s""" + FUNDS;

    /**
     * Of a payment that was never asked for there is nothing to give back. Otherwise the provider is called, but not while a
     * call to authorise may be under way: that one has ended before its next turn, and in any case within 5 s of this lock.
     * Even a payment that was given back is so once more, since this is asked again only when an approval came late.
     * $1 tenant, $2 order.
     */
    private static final String RELEASE = """
            update payment
               set status         = case status when 'WAITING' then 'VOIDED' else 'VOIDING' end,
                   version        = version + 1,
                   attempts       = 0,
                   due_at         = case status
                                        when 'AUTHORISING'
                                            then least(greatest(now(), due_at), clock_timestamp() + interval '5 seconds')
                                        else now()
                                    end,
                   check_at       = null,
                   check_attempts = 0
             where tenant = $1
               and order_id = $2
            returning\s""" + FUNDS;

    /** Only while it stands where it stood when the call was made. $3 the version then, $4 to, $5 reference. */
    private static final String ANSWER = """
            update payment
               set status    = $4,
                   version   = version + 1,
                   reference = coalesce($5, reference),
                   check_at  = case when $4 in ('DECLINED', 'VOIDED') then %s end
             where tenant = $1
               and order_id = $2
               and version = $3
            returning %s
            """.formatted(Turns.nextCheck("checks"), FUNDS);

    /** $1 tenant, $2 payment, $3 minor units. */
    private static final String ADD_CAPTURED = """
            update payment
               set captured = captured + $3,
                   version  = version + 1
             where tenant = $1
               and id = $2
            returning\s""" + FUNDS;

    private static final String FIND = "select " + FUNDS + """
                   , provider, reference
              from payment
             where tenant = $1
               and order_id = $2
            """;

    /** $1 tenant, $2 order. */
    private static final String LOCK = FIND + "for update";

    /** In the order of their ids. $1 tenant, $2 payments. */
    private static final String LOCK_ALL = "select " + FUNDS + """
              from payment
             where tenant = $1
               and id = any($2)
             order by id
               for update
            """;

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

    /** Where the payment stands now; empty when it was asked for before. */
    Uni<Optional<Funds>> authorise(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(AUTHORISE)
                .execute(Tuple.of(tx.tenant().value(), order))
                .map(PaymentRepository::firstFunds);
    }

    /** Where the payment stands now; empty when the order has none. */
    Uni<Optional<Funds>> release(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(RELEASE)
                .execute(Tuple.of(tx.tenant().value(), order))
                .map(PaymentRepository::firstFunds);
    }

    /** Where the payment stands with that amount captured. */
    Uni<Optional<Funds>> addCaptured(Tx tx, Funds funds, long amount) {
        return tx.sql()
                .preparedQuery(ADD_CAPTURED)
                .execute(Tuple.of(tx.tenant().value(), funds.payment(), amount))
                .map(PaymentRepository::firstFunds);
    }

    /** Where the payment stands by that answer; empty when it says nothing new, or the payment has gone on since the call. */
    Uni<Optional<Funds>> follow(Tx tx, Payment called, ProviderAnswer answer) {
        var to = answer.to();
        if (to == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        var values = Tuple.of(tx.tenant().value(), called.orderId(), called.version(), to.name(), answer.reference());
        return tx.sql().preparedQuery(ANSWER).execute(values).map(PaymentRepository::firstFunds);
    }

    /** The payment's money, nobody else's to move until this transaction ends; empty when the order has no payment. */
    Uni<Optional<Funds>> lock(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), order))
                .map(PaymentRepository::firstFunds);
    }

    /** As {@link #lock}, of those of the payments that there are. */
    Uni<List<Funds>> lockAll(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK_ALL)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PaymentRepository::funds)
                        .toList());
    }

    Uni<Optional<PaymentRow>> find(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), order))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new PaymentRow(
                                order, row.getString("provider"), funds(row), row.getString("reference"), List.of()))
                        .findFirst());
    }

    static Optional<Funds> firstFunds(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(PaymentRepository::funds)
                .findFirst();
    }

    private static Funds funds(Row row) {
        return new Funds(
                row.getUUID("id"),
                row.getUUID("order_id"),
                row.getLong("version"),
                PaymentStatus.valueOf(row.getString("status")),
                row.getString("currency"),
                row.getLong("amount"),
                row.getLong("captured"),
                row.getLong("capturing"),
                row.getLong("refunded"),
                row.getLong("refunding"));
    }
}
