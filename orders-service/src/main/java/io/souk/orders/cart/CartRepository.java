package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.Tx;
import io.souk.orders.customer.PersonLock;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class CartRepository {
    /** Nothing when the customer has a cart. $1 tenant, $2 id, $3 customer, $4 token's hash, $5 currency, $6 now. */
    private static final String INSERT = PersonLock.with("$1", "$3") + """
            insert into cart (tenant, id, version, customer, token_hash, currency, status, created_at, updated_at)
            select $1, $2, 1, $3, $4, $5, 'OPEN', $6, $6
              from person
                on conflict (tenant, customer) where customer is not null do nothing
            """;

    private static final String SELECT = """
            select c.id, c.version, c.customer, c.token_hash, c.currency, c.status, c.order_id, c.merged_into, c.updated_at,
                   l.product_id, l.variant_id, l.sku, l.quantity, l.unit_price, l.price_version
              from cart c
              left join cart_line l on l.tenant = c.tenant and l.cart_id = c.id
             where c.tenant = $1
            """;

    private static final String FIND = SELECT + "and c.id = any ($2)";

    private static final String FIND_OF_CUSTOMER = SELECT + "and c.customer = $2";

    /** In the order of ids, so that nobody waits for somebody who waits for him. $1 tenant, $2 ids. */
    private static final String LOCK = """
            select 1
              from cart
             where tenant = $1
               and id = any ($2)
             order by id
               for update
            """;

    /** As {@link #LOCK}, in the transaction that writes of a person: that lock comes first. $1 tenant, $2 ids, $3 the person's subject. */
    private static final String LOCK_FOR = PersonLock.with("$1", "$3") + """
            select 1
              from cart, person
             where tenant = $1
               and id = any ($2)
             order by id
               for update of cart
            """;

    /**
     * The caller holds the row's lock, so the version it read is the one that is replaced. $3 version, $4 currency, $5
     * now.
     */
    private static final String UPDATE = """
            update cart
               set version    = $3,
                   currency   = $4,
                   updated_at = $5
             where tenant = $1
               and id = $2
               and version = $3 - 1
            """;

    /** $1 tenant, $2 cart, $3 the variants that stay. */
    private static final String REMOVE_OTHERS = """
            delete from cart_line
             where tenant = $1
               and cart_id = $2
               and variant_id <> all ($3)
            """;

    /** $1 tenant, $2 cart, then one array per column. */
    private static final String PUT_LINES = """
            insert into cart_line as present (tenant, cart_id, product_id, variant_id, sku, quantity, unit_price, price_version)
            select $1, $2, product_id, variant_id, sku, quantity, unit_price, price_version
              from unnest($3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::bigint[], $8::bigint[])
                   as row (product_id, variant_id, sku, quantity, unit_price, price_version)
                on conflict (tenant, cart_id, variant_id) do update
               set sku           = excluded.sku,
                   quantity      = excluded.quantity,
                   unit_price    = excluded.unit_price,
                   price_version = excluded.price_version
             where (present.sku, present.quantity, present.unit_price, present.price_version)
                   is distinct from (excluded.sku, excluded.quantity, excluded.unit_price, excluded.price_version)
            """;

    /** $1 tenant, $2 guest's cart, $3 the cart that has its lines now, $4 now. */
    private static final String MERGED = """
            with merged as (
                update cart
                   set status = 'MERGED', merged_into = $3, version = version + 1, updated_at = $4
                 where tenant = $1
                   and id = $2
            )
            delete from cart_line
             where tenant = $1
               and cart_id = $2
            """;

    /** $1 tenant, $2 cart, $3 order, $4 now. */
    private static final String CHECK_OUT = """
            update cart
               set status = 'CHECKED_OUT', order_id = $3, version = version + 1, updated_at = $4
             where tenant = $1
               and id = $2
            """;

    /** $1 tenant, $2 order, $3 whether its lines were bought, $4 now. */
    private static final String UNLOCK = """
            with unlocked as (
                update cart
                   set status = 'OPEN', order_id = null, version = version + 1, updated_at = $4
                 where tenant = $1
                   and order_id = $2
                returning tenant, id
            )
            delete from cart_line line
             using unlocked
             where $3
               and line.tenant = unlocked.tenant
               and line.cart_id = unlocked.id
            """;

    /** Whatever its state: an order under way ends without its cart. $1 tenant, $2 customer. */
    private static final String REMOVE_OF_CUSTOMER = "delete from cart where tenant = $1 and customer = $2";

    /** Of any tenant; a cart that somebody changes just now is not abandoned. $1 seconds without a change, $2 rows. */
    private static final String REMOVE_ABANDONED = """
            with abandoned as (
                select tenant, id
                  from cart
                 where customer is null
                   and status <> 'CHECKED_OUT'
                   and updated_at < now() - $1 * interval '1 second'
                 order by updated_at
                 limit $2
                   for update skip locked
            )
            delete from cart
             using abandoned
             where cart.tenant = abandoned.tenant
               and cart.id = abandoned.id
            """;

    /** Whether it is there now: false when its customer has one already. */
    Uni<Boolean> insert(Tx tx, Cart cart) {
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(cart.id())
                .addString(cart.owner() instanceof CartOwner.Customer customer ? customer.subject() : null)
                .addString(cart.owner() instanceof CartOwner.Guest guest ? guest.tokenHash() : null)
                .addString(cart.currency())
                .addOffsetDateTime(utc(cart.updatedAt()));
        return tx.sql().preparedQuery(INSERT).execute(values).map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<Cart>> find(Tx tx, UUID id) {
        return find(tx, List.of(id)).map(carts -> carts.stream().findFirst());
    }

    private Uni<List<Cart>> find(Tx tx, List<UUID> ids) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(CartRepository::carts);
    }

    Uni<Optional<Cart>> findOfCustomer(Tx tx, String subject) {
        return tx.sql()
                .preparedQuery(FIND_OF_CUSTOMER)
                .execute(Tuple.of(tx.tenant().value(), subject))
                .map(rows -> carts(rows).stream().findFirst());
    }

    /** The carts that are there, nobody else's to change until this transaction ends. */
    Uni<List<Cart>> lock(Tx tx, List<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .chain(() -> find(tx, ids));
    }

    /** As {@link #lock}, for whoever goes on to write something under that name. */
    Uni<List<Cart>> lockFor(Tx tx, String subject, List<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK_FOR)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new), subject))
                .chain(() -> find(tx, ids));
    }

    /** Writes the next version of a cart that this transaction has locked. */
    Uni<Void> update(Tx tx, Cart cart) {
        var lines = cart.lines();
        var tenant = tx.tenant().value();
        var variants = lines.stream().map(CartLine::variantId).toArray(UUID[]::new);
        var head = Tuple.of(tenant, cart.id(), cart.version(), cart.currency(), utc(cart.updatedAt()));
        var values = Tuple.tuple()
                .addString(tenant)
                .addUUID(cart.id())
                .addArrayOfUUID(lines.stream().map(CartLine::productId).toArray(UUID[]::new))
                .addArrayOfUUID(variants)
                .addArrayOfString(lines.stream().map(CartLine::sku).toArray(String[]::new))
                .addArrayOfInteger(lines.stream().map(CartLine::quantity).toArray(Integer[]::new))
                .addArrayOfLong(
                        lines.stream().map(line -> line.unitPrice().amount()).toArray(Long[]::new))
                .addArrayOfLong(lines.stream().map(CartLine::priceVersion).toArray(Long[]::new));
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(head)
                .invoke(rows -> {
                    if (rows.rowCount() != 1) {
                        throw new IllegalStateException("cart " + cart.id() + " was changed without its lock");
                    }
                })
                .chain(() -> tx.sql().preparedQuery(REMOVE_OTHERS).execute(Tuple.of(tenant, cart.id(), variants)))
                .chain(() -> tx.sql().preparedQuery(PUT_LINES).execute(values))
                .replaceWithVoid();
    }

    Uni<Void> merged(Tx tx, UUID guest, UUID into, Instant now) {
        return execute(tx, MERGED, Tuple.of(tx.tenant().value(), guest, into, utc(now)));
    }

    Uni<Void> checkOut(Tx tx, UUID cart, UUID order, Instant now) {
        return execute(tx, CHECK_OUT, Tuple.of(tx.tenant().value(), cart, order, utc(now)));
    }

    /** Harmless for an order without a cart, and when it comes twice. */
    Uni<Void> unlock(Tx tx, UUID order, boolean bought, Instant now) {
        return execute(tx, UNLOCK, Tuple.of(tx.tenant().value(), order, bought, utc(now)));
    }

    Uni<Void> removeOfCustomer(Tx tx, String subject) {
        return execute(tx, REMOVE_OF_CUSTOMER, Tuple.of(tx.tenant().value(), subject));
    }

    /** How many guests' carts of any tenant were removed, the longest abandoned first. */
    Uni<Integer> removeAbandoned(SqlConnection worker, Duration without, int rows) {
        return worker.preparedQuery(REMOVE_ABANDONED)
                .execute(Tuple.of((double) without.toSeconds(), rows))
                .map(RowSet::rowCount);
    }

    private static Uni<Void> execute(Tx tx, String statement, Tuple values) {
        return tx.sql().preparedQuery(statement).execute(values).replaceWithVoid();
    }

    /** Rows of the join; a cart without lines is one row without a variant. */
    private static List<Cart> carts(RowSet<Row> rows) {
        Map<UUID, List<Row>> byCart = new LinkedHashMap<>();
        for (var row : rows) {
            byCart.computeIfAbsent(row.getUUID("id"), _ -> new ArrayList<>()).add(row);
        }
        return byCart.values().stream().map(CartRepository::cart).toList();
    }

    private static Cart cart(List<Row> rows) {
        var head = rows.getFirst();
        var currency = head.getString("currency");
        return new Cart(
                head.getUUID("id"),
                head.getLong("version"),
                owner(head),
                currency,
                state(head),
                rows.stream()
                        .filter(row -> row.getUUID("variant_id") != null)
                        .map(row -> line(row, currency))
                        .toList(),
                head.getOffsetDateTime("updated_at").toInstant());
    }

    private static CartOwner owner(Row row) {
        @Nullable String customer = row.getString("customer");
        return customer == null ? new CartOwner.Guest(row.getString("token_hash")) : new CartOwner.Customer(customer);
    }

    private static CartState state(Row row) {
        return switch (row.getString("status")) {
            case "OPEN" -> new CartState.Open();
            case "CHECKED_OUT" -> new CartState.CheckedOut(row.getUUID("order_id"));
            case "MERGED" -> new CartState.Merged(row.getUUID("merged_into"));
            default -> throw new IllegalStateException("a cart cannot be " + row.getString("status"));
        };
    }

    private static CartLine line(Row row, String currency) {
        return new CartLine(
                row.getUUID("product_id"),
                row.getUUID("variant_id"),
                row.getString("sku"),
                row.getInteger("quantity"),
                new Money(row.getLong("unit_price"), currency),
                row.getLong("price_version"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
