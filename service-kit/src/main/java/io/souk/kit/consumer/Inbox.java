package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * Remembers which events have had their effect, for effects that are not harmless twice. The row commits with the effect,
 * or not at all.
 */
@ApplicationScoped
public class Inbox {
    private static final String TAKE = """
            insert into inbox (tenant, consumer, event_id)
            values ($1, $2, $3)
            on conflict do nothing
            """;

    /**
     * Runs the effect unless that consumer has done so for the event before. A duplicate that meets an open transaction with
     * the same event waits for its outcome. Remembered for {@code souk.inbox.retention}; an event that comes again later than that has its effect
     * again.
     */
    public Uni<Void> once(Tx tx, String consumer, UUID eventId, Supplier<Uni<Void>> effect) {
        return tx.sql()
                .preparedQuery(TAKE)
                .execute(Tuple.of(tx.tenant().value(), consumer, eventId))
                .chain(taken ->
                        taken.rowCount() == 1 ? effect.get() : Uni.createFrom().voidItem());
    }
}
