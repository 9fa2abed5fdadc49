package io.souk.inventory.reservation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.Database;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@InventoryTest
class ExpiryTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Shop shop = new Shop();
    private final UUID order = UUID.randomUUID();

    @Inject
    MeterRegistry metrics;

    @Inject
    Transactions transactions;

    @Inject
    ReservationRepository reservations;

    @Test
    void givenItsTimeHasRunOut_thenTheUnitsAreFree_andItIsTold() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.awaitReservation(order, "OPEN");

        runOutIn("500 milliseconds");

        shop.awaitReservation(order, "EXPIRED");
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
        assertThat(Ledger.query(
                        "select extract(epoch from updated_at - expires_at) between 0 and 60"
                                + " from inventory.reservation where tenant = ?",
                        shop.tenant()))
                .containsExactly("t");
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()))
                .extracting(state -> state.getString("status"))
                .containsExactly("OPEN", "EXPIRED"));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenItIsConfirmed_thenItDoesNotRunOut() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.tellOrder(order, 2, "CONFIRMED", shop.line(shirt, 3));
        shop.awaitReservation(order, "CONFIRMED");

        var other = UUID.randomUUID();
        shop.tellOrder(other, 1, "PLACED", shop.line(shirt, 1));
        shop.awaitReservation(other, "OPEN");
        runOutIn("0 seconds");

        shop.awaitReservation(other, "EXPIRED");
        shop.awaitReservation(order, "CONFIRMED");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(3);
    }

    @Test
    void givenThePaymentComesAfterTheExpiry_thenNothingIsHeld_andTheOrderHasHeardOfIt() {
        var shirt = shirtOfAnExpiredReservation();

        shop.tellOrder(order, 2, "AUTHORISED", shop.line(shirt, 3));
        shop.settleOrder(order);

        shop.awaitReservation(order, "EXPIRED");
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
    }

    @Test
    void givenAConfirmedOrderFindsItExpired_thenTheUnitsAreHeldAgain() {
        var shirt = shirtOfAnExpiredReservation();

        shop.tellOrder(order, 2, "CONFIRMED", shop.line(shirt, 3));

        shop.awaitReservation(order, "CONFIRMED");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(3);
        eventually(
                () -> assertThat(Told.states(Topics.RESERVATION, shop.tenant())).hasSize(3));
        Told.assertNamed(Topics.RESERVATION, shop.tenant());
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTheUnitsAreGoneByThen_thenItIsRefusedAndSaysSo() {
        var shirt = shirtOfAnExpiredReservation();
        var rival = UUID.randomUUID();
        shop.tellOrder(rival, 1, "PLACED", shop.line(shirt, 4));
        shop.awaitReservation(rival, "OPEN");

        shop.tellOrder(order, 2, "CONFIRMED", shop.line(shirt, 3));

        shop.awaitReservation(order, "REFUSED");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(4);
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()))
                .filteredOn(state -> state.getString("orderId").equals(order.toString()))
                .last()
                .satisfies(state -> assertThat(state.getJsonArray("refused").getJsonObject(0))
                        .isEqualTo(new JsonObject()
                                .put("line", 0)
                                .put("sku", "shirt")
                                .put("requested", 3)
                                .put("available", 1)
                                .put("reason", "TOO_FEW"))));
        Told.assertNamed(Topics.RESERVATION, shop.tenant());
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenManyRunOutTogether_thenAllOfThemEnd_andEachLevelAddsUp() {
        var shirt = shop.stocked("shirt", 1_000);
        var orders = IntStream.range(0, 40).mapToObj(_ -> UUID.randomUUID()).toList();
        orders.forEach(id -> shop.tellOrder(id, 1, "PLACED", shop.line(shirt, 2)));
        eventually(LONG, () -> assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(80));

        runOutIn("0 seconds");

        eventually(LONG, () -> assertThat(shop.stock(shirt).getLong("reserved")).isZero());
        eventually(
                LONG,
                () -> assertThat(Told.states(Topics.RESERVATION, shop.tenant())).hasSize(80));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOneThatCannotBeEnded_whenItsTimeHasRunOut_thenOthersOfItsTenantAndOfOthersEndAllTheSame() {
        var shirt = shop.stocked("shirt", 5);
        var trousers = shop.stocked("trousers", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.awaitReservation(order, "OPEN");
        var second = UUID.randomUUID();
        shop.tellOrder(second, 1, "PLACED", shop.line(trousers, 3));
        shop.awaitReservation(second, "OPEN");
        setReserved(shirt, 0); // the level's check refuses to give back what was never held

        runOutIn("0 seconds");

        shop.awaitReservation(second, "EXPIRED");
        var other = new ExpiryTest();
        other.shirtOfAnExpiredReservation();
        shop.awaitReservation(order, "OPEN");
        setReserved(shirt, 3);
        shop.awaitReservation(order, "EXPIRED");
    }

    @Test
    void givenMoreThatCannotBeEndedThanASweepTakesOn_thenAYoungerOneEndsAllTheSame() {
        var stuck = new Shop();
        var shirt = stuck.stocked("shirt", 5);
        try (var owner = Database.of("inventory", "owner")) {
            try {
                holdStuck(owner, stuck.tenant(), shirt);

                shirtOfAnExpiredReservation();
            } finally {
                forget(owner, stuck.tenant());
            }
        }
    }

    @Test
    void givenALevelThatSomebodyKeepsLocked_thenReservationsOfOtherTenantsEnd_andItsOwnOnceItIsFree() {
        var locked = new Shop();
        var held = UUID.randomUUID();
        locked.tellOrder(held, 1, "PLACED", locked.line(locked.stocked("shirt", 5), 3));
        locked.awaitReservation(held, "OPEN");
        try (var blocker = Database.of("inventory", "worker")) {
            blocker.update("begin");
            blocker.query("select id from inventory.stock_level where tenant = ? for update", locked.tenant());
            runOut(locked);

            shirtOfAnExpiredReservation();

            locked.awaitReservation(held, "OPEN");
            blocker.update("rollback");
        }
        locked.awaitReservation(held, "EXPIRED");
        Ledger.assertBalanced(locked.tenant());
    }

    @Test
    void givenATenantWithABacklog_whenABatchIsTaken_thenAnotherHasItsPlacesInIt() {
        var backlog = new Shop();
        var other = new Shop();
        try (var owner = Database.of("inventory", "owner")) {
            try {
                insert(owner, backlog.tenant(), backlog.stocked("shirt", 5), 250, "-1 day");
                insert(owner, other.tenant(), other.stocked("shirt", 5), 3, "-1 second");

                var due = transactions
                        .asWorker(worker -> reservations.findDue(worker, Set.of(), 50))
                        .await()
                        .atMost(LONG);

                assertThat(due).hasSize(50);
                assertThat(due)
                        .filteredOn(one -> one.tenant().value().equals(other.tenant()))
                        .hasSize(3);
            } finally {
                forget(owner, backlog.tenant());
                forget(owner, other.tenant());
            }
        }
    }

    private static void forget(Database owner, String tenant) {
        owner.update("delete from inventory.reservation_hold where tenant = ?", tenant);
        owner.update("delete from inventory.reservation where tenant = ?", tenant);
    }

    /** Of five tenants one has most of them: it has no more turns than the others, and each is seen once by what measures. */
    @Test
    void givenManyOfSeveralTenants_whenTheyRunOut_thenAllEnd_andTheLatenessOfEachIsMeasuredOnce() {
        var measured = lateness().count();
        var before = expired();
        var shops = new HashMap<Shop, Integer>();
        for (int reservations : new int[] {420, 20, 20, 20, 20}) {
            shops.put(new Shop(), reservations);
        }
        try (var owner = Database.of("inventory", "owner")) {
            shops.forEach((each, reservations) -> hold(owner, each, each.stocked("shirt", 500), reservations));

            shops.forEach((each, reservations) -> runOut(each));
        }

        shops.forEach((each, reservations) -> eventually(
                LONG,
                () -> assertThat(Ledger.query(
                                "select id from inventory.reservation where tenant = ? and status = 'EXPIRED' and version = 2",
                                each.tenant()))
                        .hasSize(reservations)));
        shops.keySet().forEach(each -> Ledger.assertBalanced(each.tenant()));
        assertThat(expired() - before).isGreaterThanOrEqualTo(500);
        eventually(() -> assertThat(lateness().count() - measured).isEqualTo(expired() - before));
        assertThat(lateness().max(TimeUnit.SECONDS)).isPositive();
    }

    private Timer lateness() {
        return metrics.get("souk.inventory.reservation.lateness").timer();
    }

    private static long expired() {
        return Ledger.query("select id from inventory.reservation where status = 'EXPIRED'")
                .size();
    }

    /** Open ones that hold a unit each. */
    private static void hold(Database owner, Shop shop, Shop.Article article, int reservations) {
        insert(owner, shop.tenant(), article, reservations, "15 minutes");
        owner.update(
                "update inventory.stock_level set reserved = ? where tenant = ? and variant_id = ?",
                reservations,
                shop.tenant(),
                article.id());
    }

    private static void runOut(Shop shop) {
        Ledger.update("update inventory.reservation set expires_at = now() where tenant = ?", shop.tenant());
    }

    /** 250, due for a day; what they hold was never reserved, and the level's check refuses to give it back. */
    private static void holdStuck(Database owner, String tenant, Shop.Article article) {
        insert(owner, tenant, article, 250, "-1 day");
    }

    /** So many of a unit each, of which the level knows nothing. */
    private static void insert(Database owner, String tenant, Shop.Article article, int reservations, String lifetime) {
        owner.update("""
                with made as (
                    insert into inventory.reservation (tenant, id, order_id, status, expires_at, version, created_at, updated_at)
                    select ?, gen_random_uuid(), gen_random_uuid(), 'OPEN', now() + ?::interval, 1, now(), now()
                      from generate_series(1, ?)
                    returning tenant, id
                )
                insert into inventory.reservation_hold (tenant, reservation_id, line, level_id, quantity)
                select level.tenant, made.id, 0, level.id, 1
                  from made
                  join inventory.stock_level level on level.tenant = made.tenant and level.variant_id = ?
                """, tenant, lifetime, reservations, article.id());
    }

    private void setReserved(Shop.Article article, int units) {
        Ledger.update(
                "update inventory.stock_level set reserved = ? where tenant = ? and variant_id = ?",
                units,
                shop.tenant(),
                article.id());
    }

    /** The article of which {@link #order} held three of five until its time ran out. */
    private Shop.Article shirtOfAnExpiredReservation() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.awaitReservation(order, "OPEN");
        runOutIn("0 seconds");
        shop.awaitReservation(order, "EXPIRED");
        return shirt;
    }

    private void runOutIn(String interval) {
        Ledger.update(
                "update inventory.reservation set expires_at = now() + ?::interval where tenant = ?",
                interval,
                shop.tenant());
    }
}
