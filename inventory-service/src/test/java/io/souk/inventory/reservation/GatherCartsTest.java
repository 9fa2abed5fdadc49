package io.souk.inventory.reservation;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.inventory.pack.Amount;
import io.souk.inventory.stock.Need;
import io.souk.inventory.variant.VariantName;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.IdempotentBatch;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.Database;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static io.souk.inventory.InventoryProblem.TOO_MANY_RESERVATIONS;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Carts that share a transaction. Each gatherer of a test is what a replica has: they share nothing but the database. */
@InventoryTest
class GatherCartsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofHours(1);

    private final Shop shop = new Shop();

    @Inject
    Vertx vertx;

    @Inject
    HoldCarts holdCarts;

    @Inject
    IdempotentBatch idempotent;

    @Inject
    MeterRegistry metrics;

    @Test
    void givenCartsOfOrdersAndClients_whenTheyComeTogether_thenOneTransactionHoldsThem_withOneEventOfTheLevel() {
        var shirt = shop.stocked("shirt", 100);
        var gatherer = replica("batch-window", "1s");

        Race.all(40, i -> hold(gatherer, i % 2 == 0 ? order(shirt, 1) : client(shirt, 2)));

        assertThat(transactions()).isLessThan(5);
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(60);
        eventually(
                () -> assertThat(Told.states(Topics.RESERVATION, shop.tenant())).hasSize(40));
        assertThat(Told.states(Topics.STOCK, shop.tenant())).hasSizeLessThan(1 + 5);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenClientsInOneTransaction_thenEachAnswerNamesItsOwnChanges_andNobodyElses() {
        var articles =
                IntStream.range(0, 10).mapToObj(i -> shop.stocked("a" + i, 5)).toList();
        var gatherer = replica("batch-window", "1s");

        var answers = Race.all(10, i -> answer(hold(gatherer, client(articles.get(i), 1))));

        assertThat(transactions()).isLessThan(5);
        for (int i = 0; i < 10; i++) {
            var level = levelOf(articles.get(i));
            var reservation = answers.get(i).body().path("id").asText();
            assertThat(answers.get(i).headers())
                    .hasEntrySatisfying(
                            "Souk-Version",
                            versions -> assertThat(versions.split(", ", -1))
                                    .containsExactlyInAnyOrder(
                                            "stock/" + level + "=2", "reservation/" + reservation + "=1"));
        }
    }

    @Test
    void givenACrowdThatComesBack_thenOneTransactionHoldsIt_andWhoComesAloneAfterwardsIsHeldToo() {
        var shirt = shop.stocked("shirt", 100);
        var gatherer = replica("batch-window", "1s", "crowd-window", "1s");
        Race.all(20, _ -> hold(gatherer, client(shirt, 1)));
        long before = transactions();

        Race.all(20, _ -> hold(gatherer, client(shirt, 1)));

        assertThat(transactions()).isEqualTo(before + 1);
        assertThat(hold(gatherer, client(shirt, 1))).isInstanceOf(Outcome.Answered.class);
        assertThat(hold(gatherer, client(shirt, 1))).isInstanceOf(Outcome.Answered.class);
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(42);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenWindowsOfLessThanAMillisecond_whenACrowdComesTwice_thenItIsServed() {
        var shirt = shop.stocked("shirt", 100);
        var gatherer = replica("batch-window", "PT0.0005S", "crowd-window", "PT0.0005S");

        for (int i = 0; i < 2; i++) {
            var waiting = IntStream.range(0, 20)
                    .mapToObj(_ -> gatherer.hold(tenant(), client(shirt, 1)).subscribeAsCompletionStage())
                    .toList();
            assertThat(waiting).extracting(CompletableFuture::join).hasOnlyElementsOfType(Outcome.Answered.class);
        }

        assertThat(hold(gatherer, client(shirt, 1))).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void givenTwoReplicasAndFewUnits_thenExactlyTheseAreHeld() {
        var shirt = shop.stocked("shirt", 50);
        var shoe = shop.stocked("shoe", 50);
        var replicas = List.of(replica(), replica());

        var outcomes = Race.all(300, i -> hold(replicas.get(i % 2), i % 3 == 0 ? both(shirt, shoe) : client(shirt, 1)));

        long held = outcomes.stream().filter(Outcome.Answered.class::isInstance).count();
        assertThat(held).isEqualTo(50);
        assertThat(shop.stock(shirt).getLong("available")).isZero();
        assertThat(openReservations()).isEqualTo(50);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOneCustomerWithManyWindowsAtTwoReplicas_thenItHoldsExactlyAsMuchAsOneMay() {
        var shirt = shop.stocked("shirt", 100);
        var replicas = List.of(replica(), replica());

        var outcomes = Race.all(60, i -> hold(replicas.get(i % 2), customer(shirt)));

        assertThat(outcomes).filteredOn(Outcome.Answered.class::isInstance).hasSize(20);
        assertThat(outcomes)
                .filteredOn(Outcome.Refused.class::isInstance)
                .hasSize(40)
                .allSatisfy(refused ->
                        assertThat(((Outcome.Refused) refused).problem().code()).isEqualTo(TOO_MANY_RESERVATIONS));
        assertThat(openReservations()).isEqualTo(20);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOneWhoWorksForTheTenant_thenItHoldsForAnOwnerWhatItLikes() {
        var shirt = shop.stocked("shirt", 100);
        var gatherer = replica("batch-window", "1s");

        var outcomes = Race.all(30, _ -> hold(gatherer, client(shirt, 1)));

        assertThat(outcomes).hasOnlyElementsOfType(Outcome.Answered.class);
    }

    @Test
    void givenTwoReplicasGetTheSameKeyAtOnce_thenItIsHeldOnce() {
        var shirt = shop.stocked("shirt", 50);
        var replicas = List.of(replica(), replica());

        var outcomes = Race.all(20, i -> hold(replicas.get(i % 2), client(shirt, 1, "one-key")));

        assertThat(outcomes).anyMatch(Outcome.Answered.class::isInstance);
        assertThat(openReservations()).isEqualTo(1);
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(1);
    }

    @Test
    void givenTwoReplicasGetTheSameOrdersInAnyOrder_thenEachIsHeldOnce_andNoneDeadlocks() {
        var shirt = shop.stocked("shirt", 1_000);
        var orders = IntStream.range(0, 30).mapToObj(_ -> UUID.randomUUID()).toList();
        var replicas = List.of(replica("batch-window", "20ms"), replica("batch-window", "20ms"));

        Race.all(60, i -> hold(replicas.get(i % 2), order(orders.get(i % 2 == 0 ? i / 2 : 29 - i / 2), shirt, 1)));

        assertThat(openReservations()).isEqualTo(30);
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(30);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOneThatTheDatabaseRefuses_thenTheOthersOfItsBatchAreHeldAllTheSame() {
        var shirt = shop.stocked("shirt", 50);
        var taken = client(shirt, 1);
        hold(replica(), taken);
        var gatherer = replica("batch-window", "1s");

        var outcomes = Race.all(
                10, i -> i == 5 ? failureOf(gatherer, sameIdAs(taken, shirt)) : hold(gatherer, client(shirt, 1)));

        assertThat(outcomes.get(5)).isInstanceOf(RuntimeException.class);
        assertThat(openReservations()).isEqualTo(10);
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(10);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenCartsOfWhichOneIsTooLarge_thenTheSmallerOnesBehindItAreServed() {
        var shirt = shop.stocked("shirt", 10);
        var gatherer = replica("batch-window", "1s");

        var outcomes = Race.all(10, i -> hold(gatherer, client(shirt, i == 0 ? 11 : 1)));

        assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Refused.class);
        assertThat(outcomes.subList(1, 10)).allMatch(Outcome.Answered.class::isInstance);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenAsManyAsMayWait_thenTheNextClientIsToldToComeAgain_andAnOrderIsNot() {
        var shirt = shop.stocked("shirt", 10);
        var gatherer = replica("batch-window", "2s", "batch-waiting", "2", "batch-waiting-per-tenant", "2");
        var waiting = IntStream.range(0, 2)
                .mapToObj(_ -> gatherer.hold(tenant(), client(shirt, 1)).subscribeAsCompletionStage())
                .toList();
        var order = gatherer.hold(tenant(), order(shirt, 1)).subscribeAsCompletionStage();

        assertThatThrownBy(() -> hold(gatherer, client(shirt, 1))).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.retryAfter()).isNotNull();
        });

        assertThat(waiting).extracting(CompletableFuture::join).hasOnlyElementsOfType(Outcome.Answered.class);
        assertThat(order.join()).isInstanceOf(Outcome.Settled.class);
        assertThat(hold(gatherer, client(shirt, 1))).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void givenATenantMayHaveMorePlacesThanThereAre_thenItDoesNotStart() {
        assertThatThrownBy(() -> replica("batch-waiting", "499"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("souk.inventory.reservation.batch-waiting-per-tenant, 500,")
                .hasMessageContaining("souk.inventory.reservation.batch-waiting, 499");
        assertThatCode(() -> replica("batch-waiting", "500")).doesNotThrowAnyException();
    }

    @Test
    void givenATenantHasAllItsPlaces_thenOnlyItsOwnClientsAreToldToComeAgain_untilNobodyHasAny() {
        var shirt = shop.stocked("shirt", 10);
        var others = new Shop();
        var other = new TenantId(others.tenant());
        var shoe = others.stocked("shoe", 10);
        var gatherer = replica("batch-window", "2s", "batch-waiting", "3", "batch-waiting-per-tenant", "2");
        var waiting = List.of(
                gatherer.hold(tenant(), order(shirt, 1)).subscribeAsCompletionStage(),
                gatherer.hold(tenant(), client(shirt, 1)).subscribeAsCompletionStage(),
                gatherer.hold(tenant(), client(shirt, 1)).subscribeAsCompletionStage());

        var third = gatherer.hold(tenant(), client(shirt, 1)).subscribeAsCompletionStage();
        var firstOfOther = gatherer.hold(other, client(shoe, 1)).subscribeAsCompletionStage();
        var beyondAll = gatherer.hold(other, client(shoe, 1)).subscribeAsCompletionStage();

        assertThatThrownBy(third::join).hasCauseInstanceOf(Problem.class);
        assertThatThrownBy(beyondAll::join).hasCauseInstanceOf(Problem.class);
        assertThat(firstOfOther.join()).isInstanceOf(Outcome.Answered.class);
        assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isNotInstanceOf(Outcome.Refused.class));
        assertThat(hold(gatherer, client(shirt, 1))).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void givenMoreThanABatchTakes_thenTheyFollowInTheirOrder() {
        var shirt = shop.stocked("shirt", 7);
        var gatherer = replica("batch-carts", "3");
        var carts = IntStream.range(0, 10).mapToObj(_ -> client(shirt, 1)).toList();

        var waiting = carts.stream()
                .map(cart -> gatherer.hold(tenant(), cart).subscribeAsCompletionStage())
                .toList();

        var outcomes = waiting.stream().map(CompletableFuture::join).toList();
        assertThat(outcomes.subList(0, 7)).hasOnlyElementsOfType(Outcome.Answered.class);
        assertThat(outcomes.subList(7, 10)).hasOnlyElementsOfType(Outcome.Refused.class);
        assertThat(transactions()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void givenItsConnectionIsKilledInTheMiddle_thenNothingIsHalfDone_andTheSameKeyServesAfterwards() {
        var shirt = shop.stocked("shirt", 10);
        var gatherer = replica("batch-window", "20ms");
        try (var blocker = Database.of("inventory", "worker")) {
            blocker.update("begin");
            blocker.query("select id from inventory.stock_level where tenant = ? for update", shop.tenant());

            var waiting = List.of(
                    gatherer.hold(tenant(), client(shirt, 1, "first")).subscribeAsCompletionStage(),
                    gatherer.hold(tenant(), order(shirt, 1)).subscribeAsCompletionStage());
            killWhoWaitsForTheLevel();

            assertThat(waiting).allSatisfy(one -> assertThatThrownBy(one::join).isNotNull());
            blocker.update("rollback");
        }

        assertThat(openReservations()).isZero();
        assertThat(shop.stock(shirt).getLong("reserved")).isZero();
        assertThat(hold(gatherer, client(shirt, 1, "first"))).isInstanceOf(Outcome.Answered.class);
        Ledger.assertBalanced(shop.tenant());
    }

    /** The order's row is written by then, and the lock on the level is asked for. */
    private static void killWhoWaitsForTheLevel() {
        try (var app = Database.of("inventory", "app")) {
            eventually(() -> assertThat(app.query("""
                            select pg_terminate_backend(pid)
                              from pg_stat_activity
                             where datname = current_database()
                               and application_name = 'inventory-app'
                               and wait_event_type = 'Lock'
                               and query like '%stock_level%'
                            """)).contains("t"));
        }
    }

    private GatherCarts replica(String... namesAndValues) {
        var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ReservationConfig.class);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.withDefaultValue("souk.inventory.reservation." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new GatherCarts(vertx, holdCarts, builder.build().getConfigMapping(ReservationConfig.class), metrics);
    }

    private Outcome hold(GatherCarts gatherer, Cart cart) {
        return gatherer.hold(tenant(), cart).await().atMost(DEADLINE);
    }

    private static Answer answer(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered) outcome).answer();
    }

    private Object failureOf(GatherCarts gatherer, Cart cart) {
        try {
            return hold(gatherer, cart);
        } catch (RuntimeException failure) {
            return failure;
        }
    }

    private Cart.OfOwner client(Article article, long quantity) {
        return client(article, quantity, UUID.randomUUID().toString());
    }

    private Cart.OfOwner client(Article article, long quantity, String key) {
        return cart(UUID.randomUUID(), key, line(0, article, quantity));
    }

    private Cart.OfOwner both(Article one, Article other) {
        return cart(UUID.randomUUID(), UUID.randomUUID().toString(), line(0, other, 1), line(1, one, 1));
    }

    private Cart.OfOwner sameIdAs(Cart.OfOwner taken, Article article) {
        return cart(taken.reservation(), UUID.randomUUID().toString(), line(0, article, 1));
    }

    private Cart.OfOwner cart(UUID id, String key, CartLine... lines) {
        return new Cart.OfOwner(id, "owner", false, List.of(lines), LONG, null, idempotent.command(key, "cart"));
    }

    private Cart.OfOwner customer(Article article) {
        return new Cart.OfOwner(
                UUID.randomUUID(),
                "jane",
                true,
                List.of(line(0, article, 1)),
                LONG,
                null,
                idempotent.command(UUID.randomUUID().toString(), "cart"));
    }

    private static CartLine line(int line, Article article, long quantity) {
        return new CartLine(
                line, new Amount.OfVariant(new VariantName(null, article.id()), quantity, "quantity"), null);
    }

    private static Cart.OfOrder order(Article article, long quantity) {
        return order(UUID.randomUUID(), article, quantity);
    }

    private static Cart.OfOrder order(UUID order, Article article, long quantity) {
        return new Cart.OfOrder(
                UUID.randomUUID(),
                order,
                UUID.randomUUID(),
                List.of(new Need(0, article.id(), article.sku(), quantity, null)),
                null);
    }

    private TenantId tenant() {
        return new TenantId(shop.tenant());
    }

    private String levelOf(Article article) {
        return Ledger.query(
                        "select id from inventory.stock_level where tenant = ? and variant_id = ?",
                        shop.tenant(),
                        article.id())
                .getFirst();
    }

    private long openReservations() {
        return Ledger.query("select id from inventory.reservation where tenant = ? and status = 'OPEN'", shop.tenant())
                .size();
    }

    /** How many transactions made the tenant's reservations. */
    private long transactions() {
        return Ledger.query("select distinct xmin::text from inventory.reservation where tenant = ?", shop.tenant())
                .size();
    }
}
