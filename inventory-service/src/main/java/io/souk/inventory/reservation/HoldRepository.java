package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.Hold;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;

/** What reservations hold where. Whoever changes it has locked the reservation. */
@ApplicationScoped
class HoldRepository {
    private static final String INSERT = """
        insert into reservation_hold (tenant, reservation_id, line, level_id, quantity)
        select $1, hold.reservation_id, hold.line, hold.level_id, hold.quantity
          from unnest($2::uuid[], $3::integer[], $4::uuid[], $5::bigint[])
                   as hold (reservation_id, line, level_id, quantity)
        """;

    private static final String REMOVE = """
        delete from reservation_hold
         where tenant = $1
           and reservation_id = $2
        """;

    private static final String LIST = """
        select hold.reservation_id, hold.line, hold.level_id, level.location_id, nullif(level.lot, '') as lot,
               level.variant_id, level.sku, hold.quantity, level.by_unit
          from reservation_hold hold
          join stock_level level on level.tenant = hold.tenant and level.id = hold.level_id
         where hold.tenant = $1
           and hold.reservation_id = any ($2)
         order by hold.reservation_id, hold.line, hold.level_id
        """;

    Uni<Void> insert(Tx tx, Holds holds) {
        var reservations = new ArrayList<UUID>();
        holds.byReservation().forEach((id, all) -> all.forEach(_ -> reservations.add(id)));
        var all = holds.all();
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        reservations.toArray(UUID[]::new),
                        all.stream().map(Hold::line).toArray(Integer[]::new),
                        all.stream().map(Hold::levelId).toArray(UUID[]::new),
                        all.stream().map(Hold::quantity).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> remove(Tx tx, UUID reservation) {
        return tx.sql()
                .preparedQuery(REMOVE)
                .execute(Tuple.of(tx.tenant().value(), reservation))
                .replaceWithVoid();
    }

    Uni<Holds> list(Tx tx, Collection<UUID> reservations) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), reservations.toArray(UUID[]::new)))
                .map(rows -> new Holds(rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("reservation_id"),
                                Collectors.mapping(HoldRepository::hold, Collectors.toList())))));
    }

    private static Hold hold(Row row) {
        return new Hold(
                row.getInteger("line"),
                row.getUUID("level_id"),
                row.getUUID("location_id"),
                row.getString("lot"),
                row.getUUID("variant_id"),
                row.getString("sku"),
                row.getLong("quantity"),
                row.getBoolean("by_unit"));
    }
}
