package io.souk.catalog.price;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Price lists with their prices; every statement works on sets. */
@ApplicationScoped
class PriceRepository {

    /** What the tables say of a list; a deleted one keeps its version. */
    record Stored(PriceList list, boolean deleted) {}

    /** In the order of ids, and after the products' locks. $1 tenant, $2 products. */
    private static final String LOCK = """
        select product_id
          from price_list
         where tenant = $1
           and product_id = any($2::uuid[])
         order by product_id
           for update
        """;

    /** $1 tenant, $2 products. */
    private static final String LIST = """
        select l.product_id, l.version, l.deleted_at is not null as deleted, p.variant_id, p.sku, p.amount, p.currency
          from price_list l
          left join price p on p.tenant = l.tenant and p.product_id = l.product_id
         where l.tenant = $1
           and l.product_id = any($2::uuid[])
        """;

    /** The rows that are there are locked; a product is locked too, so no list appears in between. */
    private static final String PUT_LISTS = """
        insert into price_list (tenant, product_id, version, updated_at)
        select $1, l.product_id, l.version, now()
          from unnest($2::uuid[], $3::bigint[]) as l(product_id, version)
         order by l.product_id
        on conflict (tenant, product_id) do update
           set version = excluded.version, updated_at = excluded.updated_at, deleted_at = null
        """;

    /** $1 tenant, $2 products, $3 variants, $4 currencies. */
    private static final String DELETE_PRICES = """
        delete from price
         using unnest($2::uuid[], $3::uuid[], $4::text[]) as gone(product_id, variant_id, currency)
         where price.tenant = $1
           and price.product_id = gone.product_id
           and price.variant_id = gone.variant_id
           and price.currency = gone.currency
        """;

    /** $1 tenant, then one array per column. */
    private static final String PUT_PRICES = """
        insert into price (tenant, product_id, variant_id, currency, sku, amount)
        select $1, p.product_id, p.variant_id, p.currency, p.sku, p.amount
          from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[])
                 as p(product_id, variant_id, currency, sku, amount)
        on conflict (tenant, product_id, variant_id, currency) do update
           set sku = excluded.sku, amount = excluded.amount
        """;

    /** $1 tenant, $2 products. */
    private static final String DELETE_LISTS = """
        update price_list
           set version = version + 1, updated_at = now(), deleted_at = now()
         where tenant = $1
           and product_id = any($2::uuid[])
        """;

    /** $1 tenant, $2 products. */
    private static final String DELETE_ALL_PRICES = """
        delete from price
         where tenant = $1
           and product_id = any($2::uuid[])
        """;

    /** The lists that are there, by product, locked; deleted ones too. */
    Uni<Map<UUID, Stored>> lock(Tx tx, Collection<UUID> products) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), uuids(products)))
                .chain(locked -> locked.size() == 0 ? Uni.createFrom().item(Map.of()) : list(tx, products));
    }

    /** The lists that are there, by product; deleted ones too. */
    Uni<Map<UUID, Stored>> list(Tx tx, Collection<UUID> products) {
        return tx.sql()
                .preparedQuery(LIST)
                .execute(Tuple.of(tx.tenant().value(), uuids(products)))
                .map(rows -> {
                    var collected = new HashMap<UUID, Collected>();
                    rows.forEach(row -> collected
                            .computeIfAbsent(
                                    row.getUUID("product_id"),
                                    _ -> new Collected(row.getLong("version"), row.getBoolean("deleted")))
                            .add(row));
                    var lists = new HashMap<UUID, Stored>();
                    collected.forEach((product, list) -> lists.put(product, list.stored(product)));
                    return lists;
                });
    }

    private record Collected(long version, boolean deleted, List<Price> prices) {
        Collected(long version, boolean deleted) {
            this(version, deleted, new ArrayList<>());
        }

        void add(Row row) {
            if (row.getUUID("variant_id") != null) {
                prices.add(new Price(
                        row.getUUID("variant_id"),
                        new Sku(row.getString("sku")),
                        new Money(row.getLong("amount"), row.getString("currency"))));
            }
        }

        Stored stored(UUID product) {
            return new Stored(new PriceList(product, version, prices), deleted);
        }
    }

    /** A list's change: which prices it had, which it has. */
    record Rewrite(PriceList before, PriceList after) {}

    /** Writes what differs. The lists that were there are locked. */
    Uni<Void> write(Tx tx, List<Rewrite> rewrites) {
        var lists = rewrites.stream().map(Rewrite::after).toList();
        var gone = new ArrayList<Placed>();
        var fresh = new ArrayList<Placed>();
        for (var rewrite : rewrites) {
            var known = Set.copyOf(rewrite.before().prices());
            var kept = rewrite.after().prices().stream().map(Price::key).collect(Collectors.toSet());
            rewrite.before().prices().stream()
                    .filter(price -> !kept.contains(price.key()))
                    .forEach(price -> gone.add(new Placed(rewrite.after().productId(), price)));
            rewrite.after().prices().stream()
                    .filter(price -> !known.contains(price))
                    .forEach(price -> fresh.add(new Placed(rewrite.after().productId(), price)));
        }
        return putLists(tx, lists).chain(() -> deletePrices(tx, gone)).chain(() -> putPrices(tx, fresh));
    }

    private record Placed(UUID product, Price price) {}

    private static Uni<Void> putLists(Tx tx, List<PriceList> lists) {
        return tx.sql()
                .preparedQuery(PUT_LISTS)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        lists.stream().map(PriceList::productId).toArray(UUID[]::new),
                        lists.stream().map(PriceList::version).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    private static Uni<Void> deletePrices(Tx tx, List<Placed> gone) {
        return gone.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.sql()
                        .preparedQuery(DELETE_PRICES)
                        .execute(Tuple.of(
                                tx.tenant().value(),
                                gone.stream().map(Placed::product).toArray(UUID[]::new),
                                gone.stream()
                                        .map(row -> row.price().variantId())
                                        .toArray(UUID[]::new),
                                gone.stream()
                                        .map(row -> row.price().money().currency())
                                        .toArray(String[]::new)))
                        .replaceWithVoid();
    }

    private static Uni<Void> putPrices(Tx tx, List<Placed> fresh) {
        return fresh.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.sql()
                        .preparedQuery(PUT_PRICES)
                        .execute(Tuple.of(
                                tx.tenant().value(),
                                fresh.stream().map(Placed::product).toArray(UUID[]::new),
                                fresh.stream()
                                        .map(row -> row.price().variantId())
                                        .toArray(UUID[]::new),
                                fresh.stream()
                                        .map(row -> row.price().money().currency())
                                        .toArray(String[]::new),
                                fresh.stream()
                                        .map(row -> row.price().sku().value())
                                        .toArray(String[]::new),
                                fresh.stream()
                                        .map(row -> row.price().money().amount())
                                        .toArray(Long[]::new)))
                        .replaceWithVoid();
    }

    /** Takes the lists away with all their prices; the rows stay and keep their versions. */
    Uni<Void> delete(Tx tx, Collection<UUID> products) {
        var ids = Tuple.of(tx.tenant().value(), uuids(products));
        return tx.sql()
                .preparedQuery(DELETE_ALL_PRICES)
                .execute(ids)
                .chain(() -> tx.sql().preparedQuery(DELETE_LISTS).execute(ids))
                .replaceWithVoid();
    }

    private static UUID[] uuids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
