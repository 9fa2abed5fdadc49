package io.souk.inventory.purchase;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.purchase.PerformanceView.Cost;
import io.souk.inventory.purchase.RecordPurchases.Admitted;
import io.souk.kit.id.Ids;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Purchases. They are only ever added to. */
@ApplicationScoped
class PurchaseRepository {
    private static final String INSERT = """
        insert into purchase (tenant, id, supplier_id, receipt_id, line, order_id, variant_id, sku, quantity, cost_amount,
                              cost_currency, ordered_on, expected_on, received_on, booked_at)
        select $1, bought.id, $2, $3, bought.line, $4, bought.variant_id, bought.sku, bought.quantity, bought.cost_amount,
               bought.cost_currency, $5, $6, (now() at time zone 'UTC')::date, now()
          from unnest($7::uuid[], $8::integer[], $9::uuid[], $10::text[], $11::bigint[], $12::bigint[], $13::text[])
                   as bought (id, line, variant_id, sku, quantity, cost_amount, cost_currency)
        """;

    /** Newest first, before the id $3. */
    private static final String LIST = """
        select id, receipt_id, line, order_id, variant_id, sku, quantity, cost_amount, cost_currency, ordered_on, expected_on,
               received_on, booked_at
          from purchase
         where tenant = $1
           and supplier_id = $2
           and id < $3
         order by id desc
         limit $4
        """;

    /**
     * Of the supplier $2, by the order $3 or without one, of the variant $4, at the moment $5. Ids tell the time too, by the clock of a
     * replica: those from $6 to $7 are looked at.
     */
    private static final String IS_BOOKED = """
        select exists (
            select
              from purchase
             where tenant = $1
               and supplier_id = $2
               and id between $6 and $7
               and order_id is not distinct from $3
               and variant_id = $4
               and booked_at = $5)
        """;

    /** By how much a replica's clock and the database's differ at most, many times over. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    /** $3, $4 the days, the last year's without. One row, whatever there is. */
    private static final String PERFORMANCE = """
        with days as (
            select coalesce($4::date, (now() at time zone 'UTC')::date) as until,
                   coalesce($3::date, coalesce($4::date, (now() at time zone 'UTC')::date) - 365) as since
        ), due as (
            select line.quantity, line.order_id,
                   least(line.quantity, coalesce((select sum(come.quantity)
                                                    from purchase come
                                                   where come.tenant = $1
                                                     and come.order_id = line.order_id
                                                     and come.variant_id = line.variant_id), 0)) as filled
              from days, purchase_order ordered
              join purchase_order_line line on line.tenant = $1 and line.order_id = ordered.id
             where ordered.tenant = $1
               and ordered.supplier_id = $2
               and ordered.ordered_on between days.since and days.until
               and (ordered.status = 'CLOSED' or ordered.expected_on < (now() at time zone 'UTC')::date)
        ), come as (
            select quantity, ordered_on, expected_on, received_on
              from days, purchase
             where tenant = $1
               and supplier_id = $2
               and received_on between days.since and days.until
        )
        select days.since, days.until,
               (select count(distinct order_id) from due) as orders,
               (select round(sum(filled) / sum(quantity), 4) from due) as fill_rate,
               (select coalesce(sum(quantity), 0) from come) as units,
               (select round(sum((received_on - ordered_on)::numeric * quantity) / sum(quantity), 2)
                  from come where ordered_on is not null) as lead_time,
               (select round(coalesce(sum(quantity) filter (where received_on <= expected_on), 0) / sum(quantity), 4)
                  from come where expected_on is not null) as on_time
          from days
        """;

    /** Between the days $3 and $4. */
    private static final String COSTS = """
        select cost_currency, sum(quantity) as units, sum(quantity::numeric * cost_amount) as total,
               round(sum(quantity::numeric * cost_amount) / sum(quantity), 4) as average
          from purchase
         where tenant = $1
           and supplier_id = $2
           and received_on between $3 and $4
           and cost_amount is not null
         group by cost_currency
         order by cost_currency
        """;

    Uni<Void> insert(Tx tx, UUID receipt, Admitted admitted, List<Bought> lines) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.from(new @Nullable Object[] {
                    tx.tenant().value(),
                    admitted.supplier(),
                    receipt,
                    admitted.order(),
                    admitted.orderedOn(),
                    admitted.expectedOn(),
                    lines.stream().map(_ -> Ids.next()).toArray(UUID[]::new),
                    lines.stream().map(Bought::line).toArray(Integer[]::new),
                    lines.stream().map(line -> line.variant().id()).toArray(UUID[]::new),
                    lines.stream().map(line -> line.variant().sku()).toArray(String[]::new),
                    lines.stream().map(Bought::units).toArray(Long[]::new),
                    lines.stream()
                            .<@Nullable Long>map(line -> line.unitCost() == null
                                    ? null
                                    : line.unitCost().amount())
                            .toArray(Long[]::new),
                    lines.stream()
                            .<@Nullable String>map(line -> line.unitCost() == null
                                    ? null
                                    : line.unitCost().currency())
                            .toArray(String[]::new)
                }))
                .replaceWithVoid();
    }

    /** Whether one of the variant was booked by the transaction that began at {@code at}; without an order when that is null. */
    Uni<Boolean> isBooked(Tx tx, UUID supplier, @Nullable UUID order, UUID variant, Instant at) {
        return tx.sql()
                .preparedQuery(IS_BOOKED)
                .execute(Tuple.from(new @Nullable Object[] {
                    tx.tenant().value(),
                    supplier,
                    order,
                    variant,
                    at.atOffset(ZoneOffset.UTC),
                    firstId(at.minus(CLOCKS_APART)),
                    firstId(at.plus(CLOCKS_APART))
                }))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The lowest id that {@link Ids#next} could make at that moment: milliseconds are its first 48 bits (RFC 9562, version 7). */
    private static UUID firstId(Instant at) {
        return new UUID(at.toEpochMilli() << 16, 0);
    }

    /** Newest first, behind the id {@code before}. */
    Uni<List<PurchaseView>> list(Tx tx, UUID supplier, UUID before, int rows) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), supplier, before, rows))
                .map(found -> found.stream().map(PurchaseRepository::view).toList());
    }

    Uni<PerformanceView> performance(Tx tx, UUID supplier, @Nullable LocalDate from, @Nullable LocalDate to) {
        return tx.sql()
                .preparedQuery(PERFORMANCE)
                .execute(Tuple.of(tx.tenant().value(), supplier, from, to))
                .map(rows -> rows.iterator().next())
                .chain(row -> costs(tx, supplier, row.getLocalDate("since"), row.getLocalDate("until"))
                        .map(costs -> performance(supplier, row, costs)));
    }

    private static Uni<List<Cost>> costs(Tx tx, UUID supplier, LocalDate from, LocalDate to) {
        return tx.sql()
                .preparedQuery(COSTS)
                .execute(Tuple.of(tx.tenant().value(), supplier, from, to))
                .map(rows -> rows.stream()
                        .map(row -> new Cost(
                                row.getString("cost_currency"),
                                whole(row.getBigDecimal("units")),
                                whole(row.getBigDecimal("total")),
                                row.getBigDecimal("average")))
                        .toList());
    }

    private static PerformanceView performance(UUID supplier, Row row, List<Cost> costs) {
        return new PerformanceView(
                supplier,
                row.getLocalDate("since"),
                row.getLocalDate("until"),
                row.getLong("orders"),
                row.getBigDecimal("fill_rate"),
                whole(row.getBigDecimal("units")),
                row.getBigDecimal("lead_time"),
                row.getBigDecimal("on_time"),
                costs);
    }

    /** Written with all its digits: a reader of JSON need not know exponents. */
    private static BigDecimal whole(BigDecimal number) {
        return number.setScale(0);
    }

    private static PurchaseView view(Row row) {
        @Nullable Long cost = row.getLong("cost_amount");
        return new PurchaseView(
                row.getUUID("id"),
                row.getUUID("receipt_id"),
                row.getInteger("line"),
                row.getUUID("order_id"),
                row.getUUID("variant_id"),
                row.getString("sku"),
                row.getLong("quantity"),
                cost == null ? null : new Money(cost, row.getString("cost_currency")),
                row.getLocalDate("ordered_on"),
                row.getLocalDate("expected_on"),
                row.getLocalDate("received_on"),
                row.getOffsetDateTime("booked_at").toInstant());
    }
}
