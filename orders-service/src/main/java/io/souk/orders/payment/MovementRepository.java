package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Captures and refunds. Whoever writes one holds the payment's lock; the table's checks guard the sums all the same. */
@ApplicationScoped
class MovementRepository {
    /** {@code %s}: the sum that is under way. $1 tenant, $2 payment, $3 minor units. */
    private static final String ASK = """
            update payment
               set %1$s    = %1$s + $3,
                   version = version + 1
             where tenant = $1
               and id = $2
            returning\s""" + PaymentRepository.FUNDS;

    private static final String ASK_CAPTURE = ASK.formatted("capturing");
    private static final String ASK_REFUND = ASK.formatted("refunding");

    /** $1 tenant, $2 payment, $3 version, $4 id, $5 kind, $6 minor units. */
    private static final String INSERT = """
            insert into payment_movement (tenant, payment_id, version, id, kind, amount, status, due_at)
            values ($1, $2, $3, $4, $5, $6, 'PENDING', now())
            """;

    /** Once. $1 tenant, $2 movement, $3 status, $4 reason. */
    private static final String END = """
            update payment_movement
               set status = $3,
                   reason = $4
             where tenant = $1
               and id = $2
               and status = 'PENDING'
            """;

    /** {@code %s}: the sum that was under way, and the one that is done. $1 tenant, $2 payment, $3 minor units, $4 how many of them are done. */
    private static final String ENDED = """
            update payment
               set %1$s    = %1$s - $3,
                   %2$s    = %2$s + $4,
                   version = version + 1
             where tenant = $1
               and id = $2
            returning\s""" + PaymentRepository.FUNDS;

    private static final String END_CAPTURE = ENDED.formatted("capturing", "captured");
    private static final String END_REFUND = ENDED.formatted("refunding", "refunded");

    private static final String SELECT = """
            select id, kind, amount, status, reason, asked_at
              from payment_movement
             where tenant = $1
            """;

    /** Newest first. $1 tenant, $2 payment, $3 rows. */
    private static final String LIST = SELECT + """
               and payment_id = $2
             order by version desc
             limit $3
            """;

    /** $1 tenant, $2 movement. */
    private static final String FIND = SELECT + "and id = $2";

    /** $1 tenant, $2 payment, $3 kind. */
    private static final String COUNT_REFUSED = """
            select count(*) as refused
              from payment_movement
             where tenant = $1
               and payment_id = $2
               and kind = $3
               and status = 'REFUSED'
            """;

    /** Asks for the movement; the payment, locked by the caller, is at the next version from then on. */
    Uni<Optional<Funds>> ask(Tx tx, Funds funds, UUID id, CallKind kind, long amount) {
        var tenant = tx.tenant().value();
        return tx.sql()
                .preparedQuery(kind == CallKind.CAPTURE ? ASK_CAPTURE : ASK_REFUND)
                .execute(Tuple.of(tenant, funds.payment(), amount))
                .map(PaymentRepository::firstFunds)
                .call(() -> tx.sql()
                        .preparedQuery(INSERT)
                        .execute(Tuple.of(tenant, funds.payment(), funds.version() + 1, id, kind.name(), amount)));
    }

    /** Where the payment stands by this answer; empty when it does not count: the movement had one. */
    Uni<Optional<Funds>> end(Tx tx, Movement movement, ProviderAnswer answer) {
        boolean done = answer.outcome() == CallOutcome.SUCCEEDED;
        var status = done ? MovementStatus.SUCCEEDED : MovementStatus.REFUSED;
        var tenant = tx.tenant().value();
        return tx.sql()
                .preparedQuery(END)
                .execute(Tuple.of(tenant, movement.id(), status.name(), answer.detail()))
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    long amount = movement.amount().amount();
                    return tx.sql()
                            .preparedQuery(movement.kind() == CallKind.CAPTURE ? END_CAPTURE : END_REFUND)
                            .execute(Tuple.of(tenant, movement.paymentId(), amount, done ? amount : 0L))
                            .map(PaymentRepository::firstFunds);
                });
    }

    /** The payment's movements, newest first, at most {@code rows}. */
    Uni<List<PaymentRow.MovementRow>> list(Tx tx, UUID payment, int rows) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), payment, rows))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map(MovementRepository::read)
                        .toList());
    }

    /** The movement as it stands; empty when it was never asked for. */
    Uni<Optional<PaymentRow.MovementRow>> find(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map(MovementRepository::read)
                        .findFirst());
    }

    Uni<Long> countRefused(Tx tx, UUID payment, CallKind kind) {
        return tx.sql()
                .preparedQuery(COUNT_REFUSED)
                .execute(Tuple.of(tx.tenant().value(), payment, kind.name()))
                .map(rows -> rows.iterator().next().getLong("refused"));
    }

    private static PaymentRow.MovementRow read(Row row) {
        return new PaymentRow.MovementRow(
                row.getUUID("id"),
                CallKind.valueOf(row.getString("kind")),
                row.getLong("amount"),
                MovementStatus.valueOf(row.getString("status")),
                row.getString("reason"),
                row.getOffsetDateTime("asked_at").toInstant());
    }
}
