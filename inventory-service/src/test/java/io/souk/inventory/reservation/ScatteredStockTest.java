package io.souk.inventory.reservation;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.stock.Need;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.Database;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Stock that lies in more lots and locations than one line is held from: whoever asks for what is free gets it. */
@InventoryTest
class ScatteredStockTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Shop shop = new Shop();

    @Inject
    HoldCarts holdCarts;

    @Test
    void givenAUnitAtEachOf150Locations_whenABatchWants128_thenAllGetOne_andTheRestGoesToWhoComesNext() {
        var shoe = shop.article("shoe");
        var places = IntStream.range(0, 150).mapToObj(i -> "place-" + i).toList();
        Race.all(150, i -> {
            shop.location(places.get(i), i + 1);
            return i;
        });
        receive(places.stream().map(place -> line(shoe).put("location", place)));

        var first = hold(orders(128, shoe));
        var second = hold(orders(23, shoe));

        assertThat(held(first)).isEqualTo(128);
        assertThat(held(second)).isEqualTo(22);
        assertThat(refused(second)).isEqualTo(1);
        assertThat(refused(hold(orders(1, shoe)))).isEqualTo(1);
        assertThat(shop.stock(shoe).getLong("available")).isZero();
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTwoLinesOfOneArticleInACart_thenTheSecondGetsWhatTheFirstMayNotBeHeldFrom() {
        var milk = lots(150);

        var tooMuch = hold(List.of(order(milk, 101, 49)));
        var all = hold(List.of(order(milk, 100, 50)));

        assertThat(refused(tooMuch)).isEqualTo(1);
        assertThat(held(all)).isEqualTo(1);
        assertThat(shop.stock(milk).getLong("available")).isZero();
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOthersEmptyAllThatWasChosen_whileACartWaitsForIt_thenItGetsWhatLiesBehind() {
        var milk = lots(101);
        try (var other = Database.of("inventory", "worker")) {
            other.update("begin");
            other.update("""
                    update inventory.stock_level
                       set reserved = on_hand
                     where tenant = ?
                       and lot < 'L100'
                    """, shop.tenant());

            var waiting = CompletableFuture.supplyAsync(() -> hold(orders(1, milk)));
            awaitWhoWaitsForALevel();
            other.update("commit");

            assertThat(held(waiting.join())).isEqualTo(1);
        }
        assertThat(lotsHeld()).containsExactly("L100");
        assertThat(refused(hold(orders(1, milk)))).isEqualTo(1);
    }

    /** No moment was without that unit. */
    @Test
    void givenTheOnlyUnitIsMoved_whileACartWaitsForIt_thenItIsHeldWhereItIsNow() {
        var milk = lots(2);
        Ledger.update("update inventory.stock_level set reserved = 1 where tenant = ? and lot = 'L001'", shop.tenant());
        try (var other = Database.of("inventory", "worker")) {
            other.update("begin");
            other.update("update inventory.stock_level set reserved = 1 - reserved where tenant = ?", shop.tenant());

            var waiting = CompletableFuture.supplyAsync(() -> hold(orders(1, milk)));
            awaitWhoWaitsForALevel();
            other.update("commit");

            assertThat(held(waiting.join())).isEqualTo(1);
        }
        assertThat(lotsHeld()).containsExactly("L001");
    }

    @Test
    void givenFourReplicasAtOnce_thenEachUnitIsHeldOnce_andNoneIsLeft() {
        var milk = lots(400);

        var outcomes = Race.all(
                4,
                _ -> IntStream.range(0, 5)
                        .mapToObj(_ -> hold(orders(22, milk)))
                        .flatMap(Collection::stream)
                        .toList());

        var all = outcomes.stream().flatMap(List::stream).toList();
        assertThat(held(all)).isEqualTo(400);
        assertThat(refused(all)).isEqualTo(40);
        assertThat(shop.stock(milk).getLong("available")).isZero();
        Ledger.assertBalanced(shop.tenant());
    }

    private static void awaitWhoWaitsForALevel() {
        try (var app = Database.of("inventory", "app")) {
            eventually(() -> assertThat(app.query("""
                            select pid
                              from pg_stat_activity
                             where datname = current_database()
                               and application_name = 'inventory-app'
                               and wait_event_type = 'Lock'
                               and query like '%stock_level%'
                            """)).isNotEmpty());
        }
    }

    /** One unit of each lot, at one location, given out in the order of their codes. */
    private Article lots(int many) {
        var milk = shop.article("milk");
        receive(IntStream.range(0, many)
                .mapToObj(i -> line(milk).put("lot", "L%03d".formatted(i)).put("expiresOn", "2099-01-01")));
        return milk;
    }

    private void receive(Stream<JsonObject> lines) {
        shop.receipt(UUID.randomUUID().toString(), new JsonObject().put("lines", new JsonArray(lines.toList())))
                .then()
                .statusCode(201);
    }

    private static JsonObject line(Article article) {
        return new JsonObject().put("sku", article.sku()).put("quantity", 1);
    }

    private static List<Cart> orders(int many, Article article) {
        return IntStream.range(0, many).<Cart>mapToObj(_ -> order(article, 1)).toList();
    }

    private static Cart order(Article article, long... quantities) {
        return new Cart.OfOrder(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                IntStream.range(0, quantities.length)
                        .mapToObj(line -> new Need(line, article.id(), article.sku(), quantities[line], null))
                        .toList(),
                null);
    }

    /** The statuses of their reservations, once they share a transaction. */
    private List<String> hold(List<Cart> carts) {
        holdCarts.hold(tenant(), carts).await().atMost(DEADLINE);
        return statuses(carts);
    }

    private List<String> statuses(List<Cart> carts) {
        var ids = carts.stream().map(Cart::reservation).toArray(UUID[]::new);
        return Ledger.query(
                "select status from inventory.reservation where tenant = ? and id = any (?)", shop.tenant(), ids);
    }

    private static long held(List<String> statuses) {
        return statuses.stream().filter("OPEN"::equals).count();
    }

    private static long refused(List<String> statuses) {
        return statuses.stream().filter("REFUSED"::equals).count();
    }

    private List<String> lotsHeld() {
        return Ledger.query(
                "select lot from inventory.reservation_hold join inventory.stock_level level using (tenant)"
                        + " where tenant = ? and level.id = level_id",
                shop.tenant());
    }

    private TenantId tenant() {
        return new TenantId(shop.tenant());
    }
}
