package io.souk.inventory.verify;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.verify.Finding.Kind;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class VerifyRepository {
    /** Of the levels that %s selects. One statement, so level, ledger and holds are of one moment. */
    private static final String PROOF = """
        select level.id, level.sku, level.on_hand, level.reserved, moved.units as moved, held.units as held,
               case when level.by_unit then (
                   select count(*) from unit where unit.tenant = $1 and unit.level_id = level.id and unit.present) end as units
          from (%s) as level
         cross join lateral (
               select coalesce(sum(movement.quantity), 0)::bigint as units
                 from stock_movement movement
                where movement.tenant = $1
                  and movement.level_id = level.id) as moved
         cross join lateral (
               select coalesce(sum(hold.quantity), 0)::bigint as units
                 from reservation_hold hold
                 join reservation on reservation.tenant = hold.tenant and reservation.id = hold.reservation_id
                where hold.tenant = $1
                  and hold.level_id = level.id
                  and reservation.status in ('OPEN', 'CONFIRMED')) as held
         order by level.id
        """;

    /** Behind the id $2. */
    private static final String PROVE_NEXT = PROOF.formatted("""
        select id, sku, on_hand, reserved, by_unit
          from stock_level
         where tenant = $1
           and id > $2
         order by id
         limit $3
        """);

    private static final String PROVE = PROOF.formatted("""
        select id, sku, on_hand, reserved, by_unit
          from stock_level
         where tenant = $1
           and id = any ($2)
        """);

    /** Behind the id $2; $4 seconds is how late is too late. What a reservation ships it books under its own id. */
    private static final String NEXT_RESERVATIONS = """
        select seen.id, seen.status,
               seen.status in ('OPEN', 'CONFIRMED') and held.lines = 0 as empty,
               seen.status = 'OPEN' and seen.expires_at < now() - $4 * interval '1 second' as late,
               seen.status = 'SHIPPED' and (held.lines = 0 or held.lines > held.booked) as unbooked,
               assigned.due, assigned.units, assigned.wrong
          from (select id, status, expires_at
                  from reservation
                 where tenant = $1
                   and id > $2
                 order by id
                 limit $3) as seen
         cross join lateral (
               select count(*) as lines, count(movement.id) as booked
                 from reservation_hold hold
                 left join stock_movement movement
                   on movement.tenant = hold.tenant
                  and movement.cause_id = hold.reservation_id
                  and movement.line = hold.line
                  and movement.level_id = hold.level_id
                  and movement.quantity = -hold.quantity
                where hold.tenant = $1
                  and hold.reservation_id = seen.id) as held
         cross join lateral (
               select coalesce(sum(each.due), 0)::bigint as due, coalesce(sum(each.units), 0)::bigint as units,
                      coalesce(bool_or(each.due <> each.units), false) as wrong
                 from (select case when seen.status = 'CONFIRMED' then hold.quantity else 0 end as due,
                              (select count(*)
                                 from unit
                                where unit.tenant = $1
                                  and unit.reservation_id = hold.reservation_id
                                  and unit.line = hold.line
                                  and unit.level_id = hold.level_id
                                  and unit.status in ('NEED_SHIPPING', 'PACKED')) as units
                         from reservation_hold hold
                         join stock_level level on level.tenant = hold.tenant and level.id = hold.level_id
                        where hold.tenant = $1
                          and hold.reservation_id = seen.id
                          and level.by_unit) as each) as assigned
         order by seen.id
        """;

    /** Behind the id $2: each with what the ledger has of the line of its receipt. */
    private static final String NEXT_PURCHASES = """
        select seen.id, seen.sku, seen.quantity as bought, booked.units as booked
          from (select id, sku, receipt_id, line, variant_id, quantity
                  from purchase
                 where tenant = $1
                   and id > $2
                 order by id
                 limit $3) as seen
         cross join lateral (
               select coalesce(sum(movement.quantity), 0)::bigint as units
                 from stock_movement movement
                 join stock_level level on level.tenant = movement.tenant and level.id = movement.level_id
                where movement.tenant = $1
                  and movement.cause_id = seen.receipt_id
                  and movement.line = seen.line
                  and movement.kind = 'RECEIPT'
                  and level.variant_id = seen.variant_id) as booked
         order by seen.id
        """;

    Uni<List<ProvenLevel>> proveNext(Tx tx, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(PROVE_NEXT)
                .execute(Tuple.of(tx.tenant().value(), after, rows))
                .map(VerifyRepository::levels);
    }

    Uni<List<ProvenLevel>> prove(Tx tx, Collection<UUID> levels) {
        return tx.sql()
                .preparedQuery(PROVE)
                .execute(Tuple.of(tx.tenant().value(), levels.toArray(UUID[]::new)))
                .map(VerifyRepository::levels);
    }

    Uni<List<SeenReservation>> nextReservations(Tx tx, UUID after, int rows, int lateSeconds) {
        return tx.sql()
                .preparedQuery(NEXT_RESERVATIONS)
                .execute(Tuple.of(tx.tenant().value(), after, rows, (double) lateSeconds))
                .map(found -> found.stream().map(VerifyRepository::seen).toList());
    }

    Uni<List<SeenPurchase>> nextPurchases(Tx tx, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(NEXT_PURCHASES)
                .execute(Tuple.of(tx.tenant().value(), after, rows))
                .map(found -> found.stream()
                        .map(row -> new SeenPurchase(
                                row.getUUID("id"), row.getString("sku"), row.getLong("bought"), row.getLong("booked")))
                        .toList());
    }

    private static List<ProvenLevel> levels(RowSet<Row> rows) {
        return rows.stream()
                .map(row -> new ProvenLevel(
                        row.getUUID("id"),
                        row.getString("sku"),
                        row.getLong("on_hand"),
                        row.getLong("reserved"),
                        row.getLong("moved"),
                        row.getLong("held"),
                        row.getLong("units")))
                .toList();
    }

    private static SeenReservation seen(Row row) {
        return new SeenReservation(
                row.getUUID("id"),
                row.getString("status"),
                row.getBoolean("empty"),
                row.getBoolean("late"),
                row.getBoolean("unbooked"),
                row.getBoolean("wrong"),
                row.getLong("due"),
                row.getLong("units"));
    }

    /**
     * A purchase beside the ledger.
     *
     * @param booked how many of the units that were bought the ledger has
     */
    record SeenPurchase(UUID id, String sku, long bought, long booked) {
        boolean isBooked() {
            return bought == booked;
        }

        Finding finding() {
            return new Finding(
                    Kind.UNBOOKED_PURCHASE,
                    id,
                    sku,
                    bought,
                    booked,
                    false,
                    "%d units were bought, but the ledger has %d of that line of the receipt"
                            .formatted(bought, booked));
        }
    }

    /**
     * A reservation as the auditor sees it.
     *
     * @param unbooked whether it is shipped, and the ledger lacks some of that
     * @param misassigned whether some line has other units than it should
     * @param due how many units should be its own, of variants that are tracked by unit
     * @param units how many are
     */
    record SeenReservation(
            UUID id,
            String status,
            boolean empty,
            boolean late,
            boolean unbooked,
            boolean misassigned,
            long due,
            long units) {
        List<Finding> findings() {
            if (empty) {
                return List.of(finding(Kind.EMPTY_RESERVATION, "is " + status + " and holds nothing"));
            }
            var findings = new ArrayList<Finding>(1);
            if (unbooked) {
                findings.add(finding(
                        Kind.UNBOOKED_SHIPMENT, "is SHIPPED, but the ledger does not have that all of it left"));
            }
            if (late) {
                findings.add(finding(Kind.LATE_RESERVATION, "is open although its time ran out long ago"));
            }
            if (misassigned) {
                findings.add(new Finding(
                        Kind.ASSIGNED_UNITS,
                        id,
                        null,
                        units,
                        due,
                        false,
                        "is %s and has %d units, but %d are due".formatted(status, units, due)));
            }
            return List.copyOf(findings);
        }

        private Finding finding(Kind kind, String detail) {
            return new Finding(kind, id, null, null, null, false, detail);
        }
    }
}
