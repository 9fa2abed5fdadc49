package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

@ApplicationScoped
class SeenReservationRepository {
    /** Locks the reservation's row, so that two deliveries of its events come one after the other. */
    private static final String ADVANCE = """
            insert into seen_reservation as seen (tenant, reservation_id, epoch, version)
            values ($1, $2, $3, $4)
                on conflict (tenant, reservation_id) do update
               set epoch = excluded.epoch, version = excluded.version
             where (seen.epoch, seen.version) < (excluded.epoch, excluded.version)
            """;

    /** Whether the reservation was not yet seen at this point of its history or a later one; from then on it was. */
    Uni<Boolean> isNewer(Tx tx, UUID reservation, Order order) {
        return tx.sql()
                .preparedQuery(ADVANCE)
                .execute(Tuple.of(tx.tenant().value(), reservation, order.epoch(), order.version()))
                .map(rows -> rows.rowCount() == 1);
    }
}
