package io.souk.orders;

import io.souk.orders.payment.Verdict;
import io.souk.testing.Database;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.UUID;

import static io.souk.orders.Shop.cancel;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

/** An order that ends while its stock and its payment are still on their way. */
@OrdersTest
class CancelTest {
    private final Shop shop = new Shop();
    private final UUID reservation = UUID.randomUUID();

    @Test
    void givenAPlacedOrder_whenItsCustomerCancelsIt_thenStockThatIsReservedLaterIsNotPaidFor() {
        var script = ScriptedProvider.script(shop.tenant());
        var id = shop.placeScripted(shop.tenant());

        cancel(id, shop.customer())
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("status", equalTo("CANCELLED"))
                .body("reason", equalTo("by its customer"));
        var other = shop.place("tok_ok");
        InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "OPEN", "[]");
        InventoryEvents.reservation(
                shop.tenant(), InventoryEvents.inPartitionOf(shop.tenant(), reservation), 1, other, "REFUSED", "[]");

        eventually(() -> shop.get(other).body("status", equalTo("REJECTED")));
        shop.get(id).body("status", equalTo("CANCELLED")).body("timeline.status", contains("PLACED", "CANCELLED"));
        shop.payment(id).body("status", equalTo("VOIDED"));
        assertThat(script.asked).hasValue(0);
    }

    @Test
    void givenAnOrderWhosePaymentIsUnderWay_whenItIsCancelledAndThePaymentSucceeds_thenTheMoneyGoesBack() {
        var script = ScriptedProvider.script(shop.tenant());
        var id = shop.placeScripted(shop.tenant());
        InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "OPEN", "[]");
        eventually(() -> assertThat(script.asked).hasPositiveValue());

        cancel(id, Tokens.of(shop.tenant(), "admin"))
                .statusCode(200)
                .body("status", equalTo("CANCELLED"))
                .body("reason", equalTo("by the shop"));
        script.answer(new Verdict.Approved("late"));

        eventually(() -> shop.payment(id)
                .body("status", equalTo("VOIDED"))
                .body("transactions.kind", hasItems("AUTHORISE", "VOID")));
        assertThat(script.cancelled).hasPositiveValue();
        shop.get(id).body("status", equalTo("CANCELLED"));
    }

    @Test
    void givenAConfirmedOrder_whenItIsCancelledTwice_thenItEndsOnceAndTheMoneyGoesBack() {
        var id = shop.place("tok_ok");
        shop.confirm(id);

        cancel(id, shop.customer()).statusCode(200).body("version", equalTo(5));
        cancel(id, shop.customer()).statusCode(200).body("version", equalTo(5));

        eventually(() -> shop.payment(id).body("status", equalTo("VOIDED")));
        eventually(() -> assertThat(shop.events(id)).hasSize(5));
    }

    @Test
    void givenAnOrderThatEndedOtherwise_whenItIsCancelled_thenTheAnswerSaysHowItEnded() {
        var id = shop.place("tok_ok");
        InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "REFUSED", "[]");
        eventually(() -> shop.get(id).body("status", equalTo("REJECTED")));

        cancel(id, shop.customer())
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/order-ended"))
                .body("orderStatus", equalTo("REJECTED"));
    }

    @Test
    void givenSomebodyElse_whenTheOrderIsCancelled_thenItIsNotTheirs() {
        var id = shop.place("tok_ok");

        cancel(id, Tokens.of(shop.tenant(), "customer", "bob", null)).statusCode(404);
        cancel(id, Tokens.of(Tenants.fresh(), "admin")).statusCode(404);
        cancel(id, Tokens.of(shop.tenant(), "readonly")).statusCode(403);
        cancel(id, Tokens.of(shop.tenant(), "merchant")).statusCode(403);

        shop.get(id).body("status", equalTo("PLACED"));
    }

    @Test
    void givenAnOrderThatExpired_whenItsStockIsReservedAfterAll_thenItStaysExpiredAndThePaymentIsNeverAsked() {
        var script = ScriptedProvider.script(shop.tenant());
        var id = shop.placeScripted(shop.tenant());
        try (var worker = Database.of("orders", "worker")) {
            worker.update(
                    "update orders.orders set deadline = now() - interval '1 second' where tenant = ?", shop.tenant());
        }
        eventually(() -> shop.get(id).body("status", equalTo("EXPIRED")));
        var other = shop.place("tok_ok");

        InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "OPEN", "[]");
        InventoryEvents.reservation(
                shop.tenant(), InventoryEvents.inPartitionOf(shop.tenant(), reservation), 1, other, "REFUSED", "[]");

        eventually(() -> shop.get(other).body("status", equalTo("REJECTED")));
        shop.get(id).body("timeline.status", contains("PLACED", "EXPIRED"));
        assertThat(script.asked).hasValue(0);
    }

    @Test
    void givenStockThatIsHeldTooShortly_whenTheProviderIsSilent_thenTheOrderEndsBeforeItsStockRunsOut() {
        var id = shop.place("tok_timeout");

        InventoryEvents.opened(
                shop.tenant(), reservation, id, Instant.now().plusSeconds(31)); // 30 s are left for the confirmation

        eventually(() -> shop.get(id)
                .body("status", equalTo("EXPIRED"))
                .body("reason", equalTo("the payment was not authorised in time")));
    }
}
