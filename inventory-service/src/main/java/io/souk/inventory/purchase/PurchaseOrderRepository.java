package io.souk.inventory.purchase;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

@ApplicationScoped
class PurchaseOrderRepository {
    private static final String COLUMNS = """
        id, supplier_id, number, ordered_on, expected_on, status, version, created_at, updated_at
        """;

    /** Waits for whoever inserts the same number at the moment. Returns nothing when it is taken. */
    private static final String INSERT = """
        insert into purchase_order (tenant, id, supplier_id, number, ordered_on, expected_on, status, version, created_at,
                                    updated_at)
        values ($1, $2, $3, $4, $5, $6, 'OPEN', 1, now(), now())
            on conflict (tenant, supplier_id, number) do nothing
        returning id
        """;

    private static final String INSERT_LINES = """
        insert into purchase_order_line (tenant, order_id, line, variant_id, sku, quantity, cost_amount, cost_currency)
        select $1, $2, ordered.line, ordered.variant_id, ordered.sku, ordered.quantity, ordered.cost_amount, ordered.cost_currency
          from unnest($3::integer[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::text[])
                   as ordered (line, variant_id, sku, quantity, cost_amount, cost_currency)
        """;

    private static final String FIND = "select " + COLUMNS + """
          from purchase_order
         where tenant = $1
           and id = $2
        """;

    private static final String LOCK = FIND + "   for no key update";

    /** Newest first, before the id $2. */
    private static final String LIST = "select " + COLUMNS + """
          from purchase_order
         where tenant = $1
           and id < $2
         order by id desc
         limit $3
        """;

    private static final String LIST_OF_SUPPLIER = "select " + COLUMNS + """
          from purchase_order
         where tenant = $1
           and supplier_id = $4
           and id < $2
         order by id desc
         limit $3
        """;

    private static final String LINES = """
        select line.order_id, line.line, line.variant_id, line.sku, line.quantity, line.cost_amount, line.cost_currency,
               come.units as received
          from purchase_order_line line
         cross join lateral (
               select coalesce(sum(quantity), 0)::bigint as units
                 from purchase
                where tenant = $1
                  and order_id = line.order_id
                  and variant_id = line.variant_id) as come
         where line.tenant = $1
           and line.order_id = any ($2)
         order by line.order_id, line.line
        """;

    /** The row is locked. Its next version, as what has come of it is part of what is told of it. */
    private static final String ADVANCE = """
        update purchase_order
           set status = $3, version = version + 1, updated_at = now()
         where tenant = $1
           and id = $2
        """;

    /** False, with nothing changed, when the supplier has the number already. */
    Uni<Boolean> insert(Tx tx, UUID id, PurchaseOrderRequest.Valid wanted, List<PurchaseOrder.Line> lines) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        id,
                        wanted.supplierId(),
                        wanted.number(),
                        wanted.orderedOn(),
                        wanted.expectedOn()))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : insertLines(tx, id, lines).replaceWith(true));
    }

    private static Uni<Void> insertLines(Tx tx, UUID order, List<PurchaseOrder.Line> lines) {
        return tx.sql()
                .preparedQuery(INSERT_LINES)
                .execute(Tuple.from(new Object[] {
                    tx.tenant().value(),
                    order,
                    lines.stream().map(PurchaseOrder.Line::line).toArray(Integer[]::new),
                    lines.stream().map(PurchaseOrder.Line::variantId).toArray(UUID[]::new),
                    lines.stream().map(PurchaseOrder.Line::sku).toArray(String[]::new),
                    lines.stream().map(PurchaseOrder.Line::quantity).toArray(Long[]::new),
                    lines.stream().map(line -> line.unitCost().amount()).toArray(Long[]::new),
                    lines.stream().map(line -> line.unitCost().currency()).toArray(String[]::new)
                }))
                .replaceWithVoid();
    }

    Uni<@Nullable PurchaseOrder> find(Tx tx, UUID id) {
        return one(tx, FIND, id);
    }

    /** Nobody else changes it, and nothing else comes of it, before the transaction ends. */
    Uni<@Nullable PurchaseOrder> lock(Tx tx, UUID id) {
        return one(tx, LOCK, id);
    }

    /** Newest first, behind the id {@code before}; of this supplier unless it is null. */
    Uni<List<PurchaseOrder>> list(Tx tx, @Nullable UUID ofSupplier, UUID before, int rows) {
        var tenant = tx.tenant().value();
        var found = ofSupplier == null
                ? tx.sql().preparedQuery(LIST).execute(Tuple.of(tenant, before, rows))
                : tx.sql().preparedQuery(LIST_OF_SUPPLIER).execute(Tuple.of(tenant, before, rows, ofSupplier));
        return found.chain(headers -> withLines(tx, headers));
    }

    Uni<Void> advance(Tx tx, UUID id, PurchaseOrderStatus status) {
        return tx.sql()
                .preparedQuery(ADVANCE)
                .execute(Tuple.of(tx.tenant().value(), id, status.name()))
                .replaceWithVoid();
    }

    private static Uni<@Nullable PurchaseOrder> one(Tx tx, String statement, UUID id) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), id))
                .chain(headers -> withLines(tx, headers))
                .map(PurchaseOrderRepository::only);
    }

    private static @Nullable PurchaseOrder only(List<PurchaseOrder> orders) {
        return orders.isEmpty() ? null : orders.getFirst();
    }

    private static Uni<List<PurchaseOrder>> withLines(Tx tx, RowSet<Row> headers) {
        var ids = headers.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
        return tx.sql()
                .preparedQuery(LINES)
                .execute(Tuple.of(tx.tenant().value(), ids))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("order_id"),
                                HashMap::new,
                                Collectors.mapping(PurchaseOrderRepository::line, Collectors.toList()))))
                .map(lines ->
                        headers.stream().map(header -> order(header, lines)).toList());
    }

    private static PurchaseOrder.Line line(Row row) {
        return new PurchaseOrder.Line(
                row.getInteger("line"),
                row.getUUID("variant_id"),
                row.getString("sku"),
                row.getLong("quantity"),
                new Money(row.getLong("cost_amount"), row.getString("cost_currency")),
                row.getLong("received"));
    }

    private static PurchaseOrder order(Row row, Map<UUID, List<PurchaseOrder.Line>> lines) {
        return new PurchaseOrder(
                row.getUUID("id"),
                row.getUUID("supplier_id"),
                row.getString("number"),
                row.getLocalDate("ordered_on"),
                row.getLocalDate("expected_on"),
                PurchaseOrderStatus.valueOf(row.getString("status")),
                Objects.requireNonNull(lines.get(row.getUUID("id")), "an order has lines"),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
