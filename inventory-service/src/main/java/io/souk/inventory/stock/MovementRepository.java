package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;

/** The ledger. It is only ever added to. */
@ApplicationScoped
class MovementRepository {
    private static final String BOOK = """
        insert into stock_movement (tenant, id, level_id, kind, quantity, cause_id, line, booked_by, booked_at)
        select $1, movement.id, movement.level_id, 'RECEIPT', movement.quantity, $2, movement.line, $3, now()
          from unnest($4::uuid[], $5::uuid[], $6::bigint[], $7::integer[]) as movement (id, level_id, quantity, line)
        """;

    Uni<Void> bookReceipt(Tx tx, UUID receipt, String bookedBy, List<ReceiptMovement> movements) {
        return tx.sql()
                .preparedQuery(BOOK)
                .execute(Tuple.from(new Object[] {
                    tx.tenant().value(),
                    receipt,
                    bookedBy,
                    movements.stream().map(_ -> Ids.next()).toArray(UUID[]::new),
                    movements.stream().map(ReceiptMovement::levelId).toArray(UUID[]::new),
                    movements.stream().map(ReceiptMovement::quantity).toArray(Long[]::new),
                    movements.stream().map(ReceiptMovement::line).toArray(Integer[]::new)
                }))
                .replaceWithVoid();
    }

    record ReceiptMovement(int line, UUID levelId, long quantity) {}
}
