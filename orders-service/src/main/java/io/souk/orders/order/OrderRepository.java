package io.souk.orders.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.souk.orders.customer.PersonLock;
import io.souk.orders.customer.PostalAddress;
import io.souk.orders.tax.LineTax;
import io.souk.orders.tax.TaxRate;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

@ApplicationScoped
class OrderRepository {
    private static final TypeReference<List<Refusal>> REFUSALS = new TypeReference<>() {};

    /** $1 tenant, $2 id, $3 version, $4 customer, $5 currency, $6 total, $7 status, $8 placed at, $9 deadline, $10 address, $11 replaces. */
    private static final String INSERT = PersonLock.with("$1", "$4") + """
            insert into orders (tenant, id, version, customer, currency, total, status, placed_at, updated_at, deadline,
                                shipping_address, replaces)
            select $1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10::text::json, $11
              from person
            """;

    /** $1 tenant, $2 order, then one array per column. */
    private static final String INSERT_LINES = """
            insert into order_line (tenant, order_id, line, product_id, variant_id, sku, quantity, unit_price,
                                    tax_millionths, tax_inclusive, tax)
            select $1, $2, line, product_id, variant_id, sku, quantity, unit_price, tax_millionths, tax_inclusive, tax
              from unnest($3::int[], $4::uuid[], $5::uuid[], $6::text[], $7::int[], $8::bigint[], $9::int[], $10::boolean[], $11::bigint[])
                   as row (line, product_id, variant_id, sku, quantity, unit_price, tax_millionths, tax_inclusive, tax)
            """;

    private static final String INSERT_STEP = """
            insert into order_step (tenant, order_id, version, status, note, at) values ($1, $2, $3, $4, $5, $6)
            """;

    /** The caller holds the row's lock, so the version it read is the one that is replaced. */
    private static final String UPDATE = """
            update orders
               set version         = $3,
                   status          = $4,
                   reservation_id  = $5,
                   refused         = $6,
                   reason          = $7,
                   updated_at      = $8,
                   deadline        = $9,
                   carrier         = $10,
                   tracking_number = $11
             where tenant = $1
               and id = $2
               and version = $3 - 1
            """;

    private static final String SELECT = """
            select o.id, o.version, o.customer, o.currency, o.total, o.status, o.reservation_id, o.refused, o.reason,
                   o.carrier, o.tracking_number, o.placed_at, o.updated_at, o.deadline, o.shipping_address, o.replaces,
                   l.line, l.product_id, l.variant_id, l.sku, l.quantity, l.unit_price,
                   l.tax_millionths, l.tax_inclusive, l.tax
            """;

    private static final String FIND = SELECT + """
              from orders o
              join order_line l on l.tenant = o.tenant and l.order_id = o.id
             where o.tenant = $1
               and o.id = $2
             order by l.line
            """;

    private static final String FIND_STATUS = "select status from orders where tenant = $1 and id = $2";

    private static final String LOCK = "select 1 from orders where tenant = $1 and id = $2 for update";

    private static final String LOCK_ALL = """
            select 1
              from orders
             where tenant = $1
               and id = any($2)
             order by id
               for update
            """;

    private static final String FIND_ALL = SELECT + """
              from orders o
              join order_line l on l.tenant = o.tenant and l.order_id = o.id
             where o.tenant = $1
               and o.id = any($2)
             order by o.id, l.line
            """;

    /** Newest first, of all customers. $1 tenant, $2 the last id of the page before, $3 rows. */
    private static final String LIST = SELECT + """
              from (select *
                      from orders
                     where tenant = $1
                       and id < $2
                     order by id desc
                     limit $3) o
              join order_line l on l.tenant = o.tenant and l.order_id = o.id
             where l.tenant = $1
             order by o.id desc, l.line
            """;

    /**
     * As {@link #LIST}, in some statuses: of each a page, one range of the index, and of all those the newest. $1 tenant,
     * $2 statuses, $3 the last id of the page before, $4 rows.
     */
    private static final String LIST_IN_STATUSES = SELECT + """
              from (select found.*
                      from unnest($2::text[]) as wanted (status)
                     cross join lateral (select *
                                           from orders
                                          where tenant = $1
                                            and status = wanted.status
                                            and id < $3
                                          order by id desc
                                          limit $4) found
                     order by found.id desc
                     limit $4) o
              join order_line l on l.tenant = o.tenant and l.order_id = o.id
             where l.tenant = $1
             order by o.id desc, l.line
            """;

    /**
     * As {@link #LIST}, of one, whose orders are few enough to be read for their status. $1 tenant, $2 customer, $3 the last
     * id of the page before, $4 rows, $5 statuses.
     */
    private static final String LIST_OF_CUSTOMER = SELECT + """
              from (select *
                      from orders
                     where tenant = $1
                       and customer = $2
                       and id < $3
                       and status = any ($5)
                     order by id desc
                     limit $4) o
              join order_line l on l.tenant = o.tenant and l.order_id = o.id
             where l.tenant = $1
             order by o.id desc, l.line
            """;

    private static final String STEPS = """
            select version, status, note, at
              from order_step
             where tenant = $1
               and order_id = $2
             order by version
            """;

    /** Across tenants, for the sweep. $1 to $3 deadline, tenant and id of the last one seen, $4 rows. */
    private static final String OVERDUE = """
            select deadline, tenant, id
              from orders
             where status in ('PLACED', 'RESERVED', 'AUTHORISED')
               and deadline < now()
               and (deadline, tenant, id) > ($1, $2, $3)
             order by deadline, tenant, id
             limit $4
            """;

    /** $1 tenant, $2 customer, $3 rows. */
    private static final String LOCK_OF_CUSTOMER = """
            select id
              from orders
             where tenant = $1
               and customer = $2
             order by id
             limit $3
               for update
            """;

    /**
     * No new version: what was told of the order is as true as before. $1 tenant, $2 orders, $3 the name in their place.
     */
    private static final String FORGET = """
            update orders
               set customer         = $3,
                   tracking_number  = null,
                   shipping_address = null
             where tenant = $1
               and id = any ($2)
            """;

    /** A transaction of an erasure does so many: a fraction of a second. */
    private static final int FORGOTTEN_ROWS = 500;

    private final ObjectMapper json;

    OrderRepository(ObjectMapper json) {
        this.json = json;
    }

    Uni<Void> insert(Tx tx, Order order) {
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(order.id())
                .addLong(order.version())
                .addString(order.customer())
                .addString(order.total().currency())
                .addLong(order.total().amount())
                .addString(order.status().name())
                .addOffsetDateTime(utc(order.placedAt()))
                .addOffsetDateTime(utc(order.deadline()))
                .addString(write(order.shippingAddress()))
                .addUUID(order.replaces());
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(values)
                .chain(() -> insertLines(tx, order))
                .chain(() -> insertStep(tx, order, order.state().note()));
    }

    private static Uni<RowSet<Row>> insertLines(Tx tx, Order order) {
        var lines = order.lines();
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(order.id())
                .addArrayOfInteger(lines.stream().map(OrderLine::line).toArray(Integer[]::new))
                .addArrayOfUUID(lines.stream().map(OrderLine::productId).toArray(UUID[]::new))
                .addArrayOfUUID(lines.stream().map(OrderLine::variantId).toArray(UUID[]::new))
                .addArrayOfString(lines.stream().map(OrderLine::sku).toArray(String[]::new))
                .addArrayOfInteger(lines.stream().map(OrderLine::quantity).toArray(Integer[]::new))
                .addArrayOfLong(
                        lines.stream().map(line -> line.unitPrice().amount()).toArray(Long[]::new))
                .addArrayOfInteger(taxes(lines, tax -> tax.rate().millionths()).toArray(Integer[]::new))
                .addArrayOfBoolean(taxes(lines, tax -> tax.rate().inclusive()).toArray(Boolean[]::new))
                .addArrayOfLong(taxes(lines, tax -> tax.amount().amount()).toArray(Long[]::new));
        return tx.sql().preparedQuery(INSERT_LINES).execute(values);
    }

    /** Null for a line that bears no tax. */
    private static <T> Stream<@Nullable T> taxes(List<OrderLine> lines, Function<LineTax, T> column) {
        return lines.stream().map(line -> {
            var tax = line.tax();
            return tax == null ? null : column.apply(tax);
        });
    }

    private static Uni<Void> insertStep(Tx tx, Order order, String note) {
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(order.id())
                .addLong(order.version())
                .addString(order.status().name())
                .addString(note)
                .addOffsetDateTime(utc(order.updatedAt()));
        return tx.sql().preparedQuery(INSERT_STEP).execute(values).replaceWithVoid();
    }

    /**
     * Writes the next version; the caller has the order from {@link #lock}.
     *
     * @param note for its timeline
     */
    Uni<Void> update(Tx tx, Order order, String note) {
        var state = StateSummary.of(order.state());
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(order.id())
                .addLong(order.version())
                .addString(state.status().name())
                .addUUID(state.reservation())
                .addString(write(state.refused()))
                .addString(state.reason())
                .addOffsetDateTime(utc(order.updatedAt()))
                .addOffsetDateTime(utc(order.deadline()))
                .addString(
                        state.fulfilment() == null ? null : state.fulfilment().carrier())
                .addString(
                        state.fulfilment() == null ? null : state.fulfilment().trackingNumber());
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(values)
                .invoke(rows -> {
                    if (rows.rowCount() != 1) {
                        throw new IllegalStateException("order " + order.id() + " was changed without its lock");
                    }
                })
                .chain(() -> insertStep(tx, order, note));
    }

    Uni<@Nullable Order> find(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> orders(rows).stream().findFirst().orElse(null));
    }

    Uni<@Nullable OrderStatus> findStatus(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(FIND_STATUS)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> stream(rows)
                        .map(row -> OrderStatus.valueOf(row.getString("status")))
                        .findFirst()
                        .orElse(null));
    }

    /** The order as it stands, nobody else's to change until this transaction ends. */
    Uni<@Nullable Order> lock(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), id))
                .chain(() -> find(tx, id));
    }

    /** As {@link #lock}, of those of the ids that there are. */
    Uni<List<Order>> lockAll(Tx tx, Collection<UUID> ids) {
        var values = Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new));
        return tx.sql()
                .preparedQuery(LOCK_ALL)
                .execute(values)
                .chain(() -> tx.sql().preparedQuery(FIND_ALL).execute(values))
                .map(this::orders);
    }

    /** At most {@code rows} orders, newest first. */
    Uni<List<Order>> list(Tx tx, UUID before, int rows) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), before, rows))
                .map(this::orders);
    }

    /** As {@link #list}, of those that stand in one of the statuses. */
    Uni<List<Order>> listInStatuses(Tx tx, Set<OrderStatus> statuses, UUID before, int rows) {
        return tx.sql()
                .preparedQuery(LIST_IN_STATUSES)
                .execute(Tuple.of(tx.tenant().value(), names(statuses), before, rows))
                .map(this::orders);
    }

    /** As {@link #listInStatuses}, of the customer whose token has the subject. */
    Uni<List<Order>> listOfCustomer(Tx tx, String customer, Set<OrderStatus> statuses, UUID before, int rows) {
        return tx.sql()
                .preparedQuery(LIST_OF_CUSTOMER)
                .execute(Tuple.of(tx.tenant().value(), customer, before, rows, names(statuses)))
                .map(this::orders);
    }

    private static String[] names(Set<OrderStatus> statuses) {
        return statuses.stream().map(OrderStatus::name).toArray(String[]::new);
    }

    /**
     * Orders of that customer are of {@code nobody} from now on, go nowhere, and no parcel of theirs is known. False when there may be
     * more of them: the caller, who keeps that person's new orders out, calls again in another transaction.
     */
    Uni<Boolean> forget(Tx tx, String customer, String nobody) {
        var tenant = tx.tenant().value();
        return tx.sql()
                .preparedQuery(LOCK_OF_CUSTOMER)
                .execute(Tuple.of(tenant, customer, FORGOTTEN_ROWS))
                .map(rows -> stream(rows).map(row -> row.getUUID("id")).toArray(UUID[]::new))
                .call(ids -> tx.sql().preparedQuery(FORGET).execute(Tuple.of(tenant, ids, nobody)))
                .map(ids -> ids.length < FORGOTTEN_ROWS);
    }

    Uni<List<OrderStep>> steps(Tx tx, UUID id) {
        return tx.sql()
                .preparedQuery(STEPS)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(rows -> stream(rows).map(OrderRepository::step).toList());
    }

    /** At most {@code rows} orders of any tenant whose step is overdue, the longest overdue first; those behind the last. */
    Uni<List<OverdueOrder>> listOverdue(SqlConnection worker, @Nullable OverdueOrder last, int rows) {
        var behind = last == null
                ? Tuple.of(utc(Instant.EPOCH), "", new UUID(0, 0), rows)
                : Tuple.of(utc(last.deadline()), last.tenant().value(), last.id(), rows);
        return worker.preparedQuery(OVERDUE)
                .execute(behind)
                .map(found -> stream(found)
                        .map(row -> new OverdueOrder(
                                instant(row, "deadline"), new TenantId(row.getString("tenant")), row.getUUID("id")))
                        .toList());
    }

    /** Rows of the join, in order; the lines of one order stand together. */
    private List<Order> orders(RowSet<Row> rows) {
        Map<UUID, List<Row>> byOrder = new LinkedHashMap<>();
        for (var row : rows) {
            byOrder.computeIfAbsent(row.getUUID("id"), _ -> new ArrayList<>()).add(row);
        }
        return byOrder.values().stream().map(this::order).toList();
    }

    private Order order(List<Row> lines) {
        var head = lines.getFirst();
        var currency = head.getString("currency");
        var state = new StateSummary(
                OrderStatus.valueOf(head.getString("status")),
                head.getUUID("reservation_id"),
                read(head.getString("refused")),
                head.getString("reason"),
                new Fulfilment(head.getString("carrier"), head.getString("tracking_number")));
        return new Order(
                head.getUUID("id"),
                head.getLong("version"),
                head.getString("customer"),
                address(head.getJsonObject("shipping_address")),
                head.getUUID("replaces"),
                lines.stream().map(row -> line(row, currency)).toList(),
                new Money(head.getLong("total"), currency),
                state.state(),
                instant(head, "placed_at"),
                instant(head, "updated_at"),
                instant(head, "deadline"));
    }

    private static OrderLine line(Row row, String currency) {
        return new OrderLine(
                row.getInteger("line"),
                row.getUUID("product_id"),
                row.getUUID("variant_id"),
                row.getString("sku"),
                row.getInteger("quantity"),
                new Money(row.getLong("unit_price"), currency),
                tax(row, currency));
    }

    private static @Nullable LineTax tax(Row row, String currency) {
        Integer millionths = row.getInteger("tax_millionths");
        return millionths == null
                ? null
                : new LineTax(
                        new TaxRate(millionths, row.getBoolean("tax_inclusive")),
                        new Money(row.getLong("tax"), currency));
    }

    private static OrderStep step(Row row) {
        return new OrderStep(
                row.getLong("version"),
                OrderStatus.valueOf(row.getString("status")),
                row.getString("note"),
                instant(row, "at"));
    }

    private String write(List<Refusal> refused) {
        try {
            return json.writeValueAsString(refused);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A replica of a newer release may have written more of each. */
    private List<Refusal> read(String refused) {
        try {
            return json.readerFor(REFUSALS)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(refused);
        } catch (JsonProcessingException damaged) {
            // Without its cause, which the mapper would take for the caller's bad JSON.
            throw new IllegalStateException("the refusals of an order cannot be read: " + damaged.getOriginalMessage());
        }
    }

    private @Nullable String write(@Nullable PostalAddress address) {
        try {
            return address == null ? null : json.writeValueAsString(address);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private @Nullable PostalAddress address(@Nullable JsonObject stored) {
        try {
            return stored == null ? null : json.readValue(stored.encode(), PostalAddress.class);
        } catch (JsonProcessingException damaged) {
            // Without its cause, which the mapper would take for the caller's bad JSON, and without the text, which is
            // a person's.
            throw new IllegalStateException("the address of an order cannot be read");
        }
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
