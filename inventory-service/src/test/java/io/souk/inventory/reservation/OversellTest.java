package io.souk.inventory.reservation;

import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.kit.tenant.TenantId;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.inventory.reservation.ReservationStatus.CONFIRMED;
import static io.souk.inventory.reservation.ReservationStatus.EXPIRED;
import static io.souk.inventory.reservation.ReservationStatus.OPEN;
import static io.souk.inventory.reservation.ReservationStatus.RELEASED;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Races that partitions keep apart in one replica and that replicas, rebalances and the clock bring together. */
@InventoryTest
class OversellTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Shop shop = new Shop();

    @Inject
    FollowOrder followOrder;

    @Inject
    ExpireReservations expireReservations;

    @Test
    void givenTwentyUnits_whenTwoHundredOrdersComeOverTheLog_thenTwentyAreServedAndTheRestRefused() {
        var shirt = shop.stocked("shirt", 20);
        var orders = IntStream.range(0, 200).mapToObj(_ -> UUID.randomUUID()).toList();

        orders.forEach(order -> shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 1)));

        eventually(
                Duration.ofMinutes(2),
                () -> assertThat(count("OPEN") + count("REFUSED")).isEqualTo(200));
        assertThat(count("OPEN")).isEqualTo(20);
        assertThat(shop.stock(shirt).getLong("available")).isZero();
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenThreeUnits_whenTwentyOrdersRaceForOneEach_thenThreeWinAndNothingIsOversold() {
        var shirt = shop.stocked("shirt", 3);

        race(IntStream.range(0, 20)
                .<Runnable>mapToObj(_ -> () -> follow(UUID.randomUUID(), UUID.randomUUID(), "PLACED", shirt))
                .toList());

        assertThat(count("OPEN")).isEqualTo(3);
        assertThat(count("REFUSED")).isEqualTo(17);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOrdersOfTheSameArticlesInAnyOrder_thenNoneDeadlocks() {
        var articles = IntStream.range(0, 6)
                .mapToObj(i -> shop.stocked("a" + i, 1_000))
                .toList();

        race(IntStream.range(0, 40)
                .<Runnable>mapToObj(i -> () -> follow(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "PLACED",
                        IntStream.range(0, 6)
                                .mapToObj(j -> articles.get((i * 5 + j) % 6))
                                .toArray(Article[]::new)))
                .toList());

        assertThat(count("OPEN")).isEqualTo(40);
        assertThat(shop.stock(articles.getFirst()).getLong("reserved")).isEqualTo(40);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTheSameOrderSeenByManyOwnersAtOnce_thenItIsHeldOnce() {
        var shirt = shop.stocked("shirt", 100);
        var order = UUID.randomUUID();
        var event = UUID.randomUUID();

        race(Stream.concat(
                        IntStream.range(0, 10).<Runnable>mapToObj(_ -> () -> follow(event, order, "PLACED", shirt)),
                        IntStream.range(0, 10)
                                .<Runnable>mapToObj(_ -> () -> follow(UUID.randomUUID(), order, "PLACED", shirt)))
                .toList());

        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(1);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenReleaseConfirmAndExpiryRace_thenTheUnitsMoveOnce() {
        var shirt = shop.stocked("shirt", 100);
        var orders = IntStream.range(0, 20).mapToObj(_ -> UUID.randomUUID()).toList();
        orders.forEach(order -> follow(UUID.randomUUID(), order, "PLACED", shirt));
        Ledger.update("update inventory.reservation set expires_at = now() where tenant = ?", shop.tenant());

        // A paid order that finds its reservation run out holds its units again, and a cancelled one gives back what it
        // holds.
        race(orders.stream()
                .flatMap(order -> Stream.<Runnable>of(
                        () -> follow(UUID.randomUUID(), order, "CANCELLED", shirt),
                        () -> follow(UUID.randomUUID(), order, "CONFIRMED", shirt),
                        () -> expireReservations.sweep().await().atMost(DEADLINE)))
                .toList());

        // Whatever came first: what is confirmed holds one unit, everything else none.
        assertThat(count("OPEN")).isZero();
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(count("CONFIRMED"));
        assertThat(Stories.of(shop.tenant()).values())
                .hasSize(20)
                .allSatisfy(story -> assertThat(story)
                        .isIn(
                                List.of(OPEN, RELEASED),
                                List.of(OPEN, CONFIRMED, RELEASED),
                                List.of(OPEN, EXPIRED, CONFIRMED),
                                List.of(OPEN, EXPIRED, CONFIRMED, RELEASED)));
        Ledger.assertBalanced(shop.tenant());
    }

    private void follow(UUID event, UUID order, String status, Article... articles) {
        var lines = IntStream.range(0, articles.length)
                .mapToObj(i -> new OrderState.Line(i, articles[i].id(), articles[i].sku(), 1))
                .toList();
        followOrder
                .follow(new TenantId(shop.tenant()), event, order, new OrderState(status, lines, null))
                .await()
                .atMost(DEADLINE);
    }

    private long count(String status) {
        return Ledger.query(
                        "select id from inventory.reservation where tenant = ? and status = ?", shop.tenant(), status)
                .size();
    }

    private static void race(List<Runnable> runners) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(runners.stream()
                            .map(runner -> CompletableFuture.runAsync(runner, threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }
}
