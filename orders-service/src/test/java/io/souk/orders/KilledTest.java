package io.souk.orders;

import io.souk.testing.Database;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.UUID;

import static io.souk.orders.Shop.body;
import static io.souk.orders.Shop.key;
import static io.souk.orders.Shop.post;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

/**
 * A service that dies between two steps leaves what it had committed and nothing else. Before a commit: the database ends the
 * connection while the step is written. After it: the rows stand there, and nobody has begun what should follow.
 */
@OrdersTest
class KilledTest {
    /** Calls that were under way are made again after 5 to 10 s. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Shop shop = new Shop();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void givenAServiceThatDiesBeforeItCommitsAStep_thenTheStepIsTakenOnceAllTheSame(int version) {
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeStep(owner, shop.tenant(), version);
            try {
                var id = shop.place("tok_ok");
                var reservation = UUID.randomUUID();
                InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "OPEN", "[]");
                eventually(LONG, () -> shop.get(id).body("status", equalTo("AUTHORISED")));
                InventoryEvents.reservation(shop.tenant(), reservation, 2, id, "CONFIRMED", "[]");

                eventually(
                        LONG,
                        () -> shop.get(id)
                                .body("status", equalTo("CONFIRMED"))
                                .body("timeline.status", contains("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED")));
                shop.payment(id).body("status", equalTo("AUTHORISED"));
                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
    }

    @Test
    void givenAServiceThatDiesBeforeItCommitsAnOrder_whenTheCustomerSendsItAgain_thenThereIsOne() {
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeStep(owner, shop.tenant(), 1);
            try {
                var key = key();
                post(key, shop.customer(), body(shop.sku(), 1, "tok_ok")).statusCode(503);

                post(key, shop.customer(), body(shop.sku(), 1, "tok_ok")).statusCode(202);

                shop.list().body("items", hasSize(1));
                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
    }

    /** The provider has done it; that it is asked again, with the same key, is all that comes of it. */
    @ParameterizedTest
    @ValueSource(strings = {"VOID", "CAPTURE", "REFUND"})
    void givenAServiceThatDiesBeforeItWritesDownWhatTheProviderDid_thenItCountsOnceAllTheSame(String kind) {
        var id = shop.place("tok_ok");
        shop.confirm(id);
        var admin = Tokens.of(shop.tenant(), "admin");
        if (kind.equals("REFUND")) {
            move(id, admin, "captures");
            eventually(() -> shop.payment(id).body("captured.amount", equalTo(900)));
        }
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeAnswer(owner, shop.tenant(), kind);
            try {
                switch (kind) {
                    case "VOID" -> Shop.cancel(id, admin).statusCode(200);
                    case "CAPTURE" -> move(id, admin, "captures");
                    default -> move(id, admin, "refunds");
                }

                eventually(
                        LONG,
                        () -> shop.payment(id)
                                .body("status", equalTo(kind.equals("VOID") ? "VOIDED" : "AUTHORISED"))
                                .body("captured.amount", equalTo(kind.equals("VOID") ? 0 : 900))
                                .body("refunded.amount", equalTo(kind.equals("REFUND") ? 900 : 0)));
                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
    }

    @Test
    void givenAServiceThatDiesBeforeItCommitsACancel_whenItIsCancelledAgain_thenItEndsOnce() {
        var id = shop.place("tok_ok");
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeStep(owner, shop.tenant(), 2);
            try {
                Shop.cancel(id, shop.customer()).statusCode(503);
                shop.get(id).body("status", equalTo("PLACED"));

                Shop.cancel(id, shop.customer()).statusCode(200).body("version", equalTo(2));

                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
        shop.payment(id).body("status", equalTo("VOIDED"));
    }

    @Test
    void givenAServiceThatDiesBeforeItCommitsACompensation_thenTheOrderEndsAndItsMoneyGoesBackAllTheSame() {
        var id = shop.place("tok_ok");
        var reservation = UUID.randomUUID();
        InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "OPEN", "[]");
        eventually(() -> shop.get(id).body("status", equalTo("AUTHORISED")));
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeStep(owner, shop.tenant(), 4);
            try {
                InventoryEvents.reservation(shop.tenant(), reservation, 2, id, "EXPIRED", "[]");

                eventually(
                        LONG,
                        () -> shop.get(id).body("status", equalTo("EXPIRED")).body("version", equalTo(4)));
                eventually(LONG, () -> shop.payment(id).body("status", equalTo("VOIDED")));
                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
    }

    private static void move(UUID order, String token, String what) {
        Shop.move(order, what, key(), "{}", token).statusCode(202);
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVED, AUTHORISING, AUTHORISED, AUTHORISED",
        "CANCELLED, VOIDING, CANCELLED, VOIDED",
        "EXPIRED, VOIDING, EXPIRED, VOIDED",
    })
    void givenAServiceThatDiedAfterACommit_thenTheProviderIsAskedAllTheSame(
            String order, String payment, String orderThen, String paymentThen) {
        var id = UUID.randomUUID();
        try (var owner = Database.of("orders", "owner")) {
            Planted.order(owner, shop.tenant(), id, order, payment);
        }

        eventually(() -> shop.payment(id).body("status", equalTo(paymentThen)));
        shop.get(id).body("status", equalTo(orderThen));
    }

    @Test
    void givenAServiceThatDiedAfterItsOrderWasPaid_whenInventoryHasConfirmed_thenTheOrderIsConfirmed() {
        var id = UUID.randomUUID();
        try (var owner = Database.of("orders", "owner")) {
            Planted.order(owner, shop.tenant(), id, "AUTHORISED", "AUTHORISED");
        }

        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 2, id, "CONFIRMED", "[]");

        eventually(() -> shop.get(id).body("status", equalTo("CONFIRMED")));
    }
}
