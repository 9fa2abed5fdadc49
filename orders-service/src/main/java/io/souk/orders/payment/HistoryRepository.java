package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What became of each call of a provider. */
@ApplicationScoped
class HistoryRepository {
    /** A payment has some ten entries; only one with a thousand captures has more. */
    private static final int ROWS = 1_000;

    /**
     * $1 tenant, $2 payment, $3 its version when the call was made, $4 kind, $5 outcome, $6 reference, $7 detail, $8
     * amount.
     */
    private static final String ADD = """
            insert into payment_transaction as known (tenant, payment_id, version, kind, outcome, reference, detail, amount)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (tenant, payment_id, version, kind, outcome) do update
               set calls = known.calls + 1, detail = excluded.detail, last_at = now()
            """;

    /** Oldest first; of the first {@value #ROWS}. $1 tenant, $2 order. */
    private static final String LIST = """
            select t.kind, t.outcome, t.amount, t.detail, t.calls, t.at, t.last_at
              from payment p
              join payment_transaction t on t.tenant = p.tenant and t.payment_id = p.id
             where p.tenant = $1
               and p.order_id = $2
             order by t.at, t.version
             limit\s""" + ROWS;

    /**
     * Adds to the payment's history.
     *
     * @param version at which the payment stood when the call was made, or which the movement made
     * @param amount of a capture or refund
     */
    Uni<Void> add(Tx tx, UUID payment, long version, ProviderAnswer answer, @Nullable Long amount) {
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(payment)
                .addLong(version)
                .addString(answer.kind().name())
                .addString(answer.outcome().name())
                .addString(answer.reference())
                .addString(answer.detail())
                .addLong(amount);
        return tx.sql().preparedQuery(ADD).execute(values).replaceWithVoid();
    }

    Uni<List<ProviderCall>> list(Tx tx, UUID order) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), order))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(HistoryRepository::call)
                        .toList());
    }

    private static ProviderCall call(Row row) {
        return new ProviderCall(
                CallKind.valueOf(row.getString("kind")),
                CallOutcome.valueOf(row.getString("outcome")),
                row.getLong("amount"),
                row.getString("detail"),
                row.getInteger("calls"),
                row.getOffsetDateTime("at").toInstant(),
                row.getOffsetDateTime("last_at").toInstant());
    }
}
