package io.souk.orders.wishlist;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.customer.PersonLock;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A list is found by its customer too, so that no statement can reach anybody else's. */
@ApplicationScoped
class WishlistRepository {
    private static final String COLUMNS = "id, version, name, items, created_at, updated_at\n";

    /** One customer's lists are made one after the other, so that they can be counted. $1 tenant, $2 customer. */
    private static final String TAKE_TURN = PersonLock.with("$1", "$2") + """
            select pg_advisory_xact_lock(hashtextextended('wishlist/' || $1::text || '/' || $2::text, 0))
              from person
            """;

    private static final String COUNT = "select count(*) from wishlist where tenant = $1 and customer = $2";

    /** Nothing when the customer has a list of that name. $1 tenant, $2 customer, $3 id, $4 name, $5 now. */
    private static final String INSERT = """
            insert into wishlist (tenant, customer, id, version, name, items, created_at, updated_at)
            values ($1, $2, $3, 1, $4, 0, $5, $5)
                on conflict (tenant, customer, name) do nothing
            """;

    private static final String FIND = "select " + COLUMNS + """
              from wishlist
             where tenant = $1
               and customer = $2
               and id = $3
            """;

    private static final String LOCK = FIND + "   for update";

    /** In the order of their making. $1 tenant, $2 customer, $3 the last id of the page before, $4 rows. */
    private static final String LIST = "select " + COLUMNS + """
              from wishlist
             where tenant = $1
               and customer = $2
               and id > $3
             order by id
             limit $4
            """;

    private static final String IS_TAKEN = """
            select 1
              from wishlist
             where tenant = $1
               and customer = $2
               and name = $3
            """;

    /** The caller holds the row's lock, so the version it read is the one that is replaced. */
    private static final String UPDATE = """
            update wishlist
               set version    = $3,
                   name       = $4,
                   items      = $5,
                   updated_at = $6
             where tenant = $1
               and id = $2
               and version = $3 - 1
            """;

    /** With its items. */
    private static final String REMOVE = """
            delete from wishlist
             where tenant = $1
               and customer = $2
               and id = $3
            """;

    private static final String REMOVE_OF_CUSTOMER = "delete from wishlist where tenant = $1 and customer = $2";

    /** Nothing when it lies there already. */
    private static final String ADD = """
            insert into wishlist_item (tenant, wishlist_id, variant_id, product_id, sku, place, added_at)
            values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (tenant, wishlist_id, variant_id) do nothing
            """;

    private static final String TAKE_OUT = """
            delete from wishlist_item
             where tenant = $1
               and wishlist_id = $2
               and variant_id = $3
            """;

    private static final String ITEM_COLUMNS = "product_id, variant_id, sku, place, added_at\n";

    private static final String FIND_ITEM = "select " + ITEM_COLUMNS + """
              from wishlist_item
             where tenant = $1
               and wishlist_id = $2
               and variant_id = $3
            """;

    /** In the order in which they were added. $1 tenant, $2 list, $3 the last place of the page before, $4 rows. */
    private static final String LIST_ITEMS = "select " + ITEM_COLUMNS + """
              from wishlist_item
             where tenant = $1
               and wishlist_id = $2
               and place > $3
             order by place
             limit $4
            """;

    /** How many lists the customer has; nobody makes another one of theirs before the transaction ends. */
    Uni<Long> count(Tx tx, String customer) {
        var key = Tuple.of(tx.tenant().value(), customer);
        return tx.sql()
                .preparedQuery(TAKE_TURN)
                .execute(key)
                .chain(() -> tx.sql().preparedQuery(COUNT).execute(key))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Whether it is there now: false when the customer has a list of that name. */
    Uni<Boolean> insert(Tx tx, String customer, Wishlist list) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(tx.tenant().value(), customer, list.id(), list.name(), utc(list.createdAt())))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<Wishlist>> find(Tx tx, String customer, UUID id) {
        return one(tx, FIND, customer, id);
    }

    /** Nobody else changes it, or what lies on it, before the transaction ends. */
    Uni<Optional<Wishlist>> lock(Tx tx, String customer, UUID id) {
        return one(tx, LOCK, customer, id);
    }

    Uni<List<Wishlist>> listAfter(Tx tx, String customer, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), customer, after, rows))
                .map(found -> found.stream().map(WishlistRepository::list).toList());
    }

    Uni<Boolean> isTaken(Tx tx, String customer, String name) {
        return tx.sql()
                .preparedQuery(IS_TAKEN)
                .execute(Tuple.of(tx.tenant().value(), customer, name))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Writes the next version of a list that this transaction has locked. */
    Uni<Void> update(Tx tx, Wishlist list) {
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        list.id(),
                        list.version(),
                        list.name(),
                        list.items(),
                        utc(list.updatedAt())))
                .invoke(rows -> {
                    if (rows.rowCount() != 1) {
                        throw new IllegalStateException("wishlist " + list.id() + " was changed without its lock");
                    }
                })
                .replaceWithVoid();
    }

    Uni<Void> remove(Tx tx, String customer, UUID id) {
        return tx.sql()
                .preparedQuery(REMOVE)
                .execute(Tuple.of(tx.tenant().value(), customer, id))
                .replaceWithVoid();
    }

    Uni<Void> removeOfCustomer(Tx tx, String customer) {
        return tx.sql()
                .preparedQuery(REMOVE_OF_CUSTOMER)
                .execute(Tuple.of(tx.tenant().value(), customer))
                .replaceWithVoid();
    }

    /** Whether it was not there; the caller has the list's lock. */
    Uni<Boolean> add(Tx tx, UUID list, WishlistItem item) {
        return tx.sql()
                .preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    tx.tenant().value(),
                    list,
                    item.variantId(),
                    item.productId(),
                    item.sku(),
                    item.place(),
                    utc(item.addedAt())
                }))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whether it was there; the caller has the list's lock. */
    Uni<Boolean> takeOut(Tx tx, UUID list, UUID variant) {
        return tx.sql()
                .preparedQuery(TAKE_OUT)
                .execute(Tuple.of(tx.tenant().value(), list, variant))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<WishlistItem>> findItem(Tx tx, UUID list, UUID variant) {
        return tx.sql()
                .preparedQuery(FIND_ITEM)
                .execute(Tuple.of(tx.tenant().value(), list, variant))
                .map(rows -> rows.stream().findFirst().map(WishlistRepository::item));
    }

    Uni<List<WishlistItem>> listItems(Tx tx, UUID list, UUID after, int rows) {
        return tx.sql()
                .preparedQuery(LIST_ITEMS)
                .execute(Tuple.of(tx.tenant().value(), list, after, rows))
                .map(found -> found.stream().map(WishlistRepository::item).toList());
    }

    private static Uni<Optional<Wishlist>> one(Tx tx, String statement, String customer, UUID id) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), customer, id))
                .map((RowSet<Row> rows) -> rows.stream().findFirst().map(WishlistRepository::list));
    }

    private static Wishlist list(Row row) {
        return new Wishlist(
                row.getUUID("id"),
                row.getLong("version"),
                row.getString("name"),
                row.getInteger("items"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static WishlistItem item(Row row) {
        return new WishlistItem(
                row.getUUID("product_id"),
                row.getUUID("variant_id"),
                row.getString("sku"),
                row.getUUID("place"),
                row.getOffsetDateTime("added_at").toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
