package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** What is held for orders. */
@ApplicationScoped
class OrderRepository {
    /** Others hear of a change within seconds: what is minutes old is under way no more. */
    private static final double SETTLED_SECONDS = 300;

    /** Live reservations of orders behind the id $2 that have not changed for $4 seconds; null for others. $1 tenant, $3 rows. */
    private static final String NEXT_HELD = """
        select id, order_id, status,
               order_id is not null and status in ('OPEN', 'CONFIRMED')
                   and updated_at < now() - $4 * interval '1 second' as held
          from reservation
         where tenant = $1
           and id > $2
         order by id
         limit $3
        """;

    /** $1 tenant, $2 orders, $3 seconds after which a reservation is settled. */
    private static final String SERVED = """
        select wanted.id, reservation.id as reservation_id, reservation.status,
               reservation.id is null
                   or (reservation.status <> 'CONFIRMED'
                       and reservation.updated_at < now() - $3 * interval '1 second') as missing
          from unnest($2::uuid[]) as wanted (id)
          left join reservation on reservation.tenant = $1 and reservation.order_id = wanted.id
         order by wanted.id
        """;

    /** @param held null for a reservation that is none of an order, has ended, or has changed only lately */
    record Seen(UUID id, @Nullable HeldForOrder held) {}

    /** An order beside its reservation. */
    record Served(
            UUID id, @Nullable UUID reservationId, @Nullable String status, boolean missing) {
        String reservation() {
            return reservationId == null
                    ? "there is no reservation for it"
                    : "its reservation %s is %s".formatted(reservationId, status);
        }
    }

    Uni<List<Seen>> nextHeld(Tx tx, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(NEXT_HELD)
                .execute(Tuple.of(tx.tenant().value(), after, rows, SETTLED_SECONDS))
                .map(found -> found.stream().map(OrderRepository::seen).toList());
    }

    /** All of them, in the order of their ids. */
    Uni<List<Served>> served(Tx tx, List<UUID> orders) {
        return tx.sql()
                .preparedQuery(SERVED)
                .execute(Tuple.of(tx.tenant().value(), orders.toArray(UUID[]::new), SETTLED_SECONDS))
                .map(found -> found.stream()
                        .map(row -> new Served(
                                row.getUUID("id"),
                                row.getUUID("reservation_id"),
                                row.getString("status"),
                                row.getBoolean("missing")))
                        .toList());
    }

    private static Seen seen(Row row) {
        var id = row.getUUID("id");
        return new Seen(
                id,
                row.getBoolean("held") ? new HeldForOrder(id, row.getUUID("order_id"), row.getString("status")) : null);
    }
}
