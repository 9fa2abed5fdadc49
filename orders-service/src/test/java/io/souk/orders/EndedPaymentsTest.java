package io.souk.orders;

import io.micrometer.core.instrument.MeterRegistry;
import io.souk.orders.payment.Holding;
import io.souk.orders.payment.Verdict.Approved;
import io.souk.testing.Database;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

/** What a provider turns out to hold of an order that has ended: after a lost reply, a late one, or a restored database. */
@OrdersTest
class EndedPaymentsTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    MeterRegistry metrics;

    private final Shop shop = new Shop();
    private final ScriptedProvider.Script script = ScriptedProvider.script(shop.tenant());

    @ParameterizedTest
    @ValueSource(strings = {"VOIDED", "DECLINED"})
    void givenAnAuthorisationThatCameThroughAfterAll_whenThePaymentIsLookedAt_thenItGoesBackAndItIsToldAsAnIncident(
            String payment) {
        double incidents = incidents();
        var id = ended("CANCELLED", payment);
        script.holds(new Holding(900, 0));

        look();

        eventually(() -> assertThat(script.cancelled).hasValue(1));
        eventually(() -> shop.payment(id)
                .body("status", equalTo("VOIDED"))
                .body("transactions.kind", contains("AUTHORISE", "VOID"))
                .body("transactions.detail", hasItem("found at the provider after the order had ended")));
        eventually(() -> assertThat(incidents()).isEqualTo(incidents + 1));
        look();
        eventually(() -> assertThat(script.looks).hasValue(2));
        assertThat(script.cancelled).hasValue(1);
        shop.get(id).body("status", equalTo("CANCELLED"));
    }

    @Test
    void givenACaptureThatNobodyKnowsOf_whenThePaymentIsLookedAt_thenItIsRefunded() {
        var id = ended("EXPIRED", "VOIDED");
        script.holds(new Holding(0, 500));

        look();

        eventually(() -> shop.payment(id)
                .body("status", equalTo("VOIDED"))
                .body("captured.amount", equalTo(500))
                .body("refunded.amount", equalTo(500))
                .body("movements.kind", contains("REFUND")));
        look();
        eventually(() -> assertThat(script.looks).hasValue(2));
        shop.payment(id).body("refunded.amount", equalTo(500));
    }

    @Test
    void givenAProviderThatClaimsMoreThanThePayment_whenItIsLookedAt_thenNoMoreThanThePaymentIsRefunded() {
        var id = ended("EXPIRED", "VOIDED");
        script.holds(new Holding(0, 5_000));

        look();

        eventually(() -> shop.payment(id).body("refunded.amount", equalTo(900)));
    }

    @Test
    void givenNothingIsHeld_whenThePaymentWasLookedAtThreeTimes_thenItIsLeftAlone() {
        double incidents = incidents();
        var id = ended("CANCELLED", "VOIDED");

        for (int looks = 1; looks <= 3; looks++) {
            look();
            int expected = looks;
            eventually(() -> assertThat(checks()).isEqualTo(expected));
        }

        assertThat(query("select 1 from orders.payment where tenant = ? and check_at is not null"))
                .isEmpty();
        assertThat(script.looks).hasValue(3);
        assertThat(incidents()).isEqualTo(incidents);
        shop.payment(id).body("version", equalTo(2)).body("transactions", empty());
    }

    @Test
    void givenAProviderThatDoesNotSay_whenThePaymentIsLookedAt_thenItIsDueAgainAndOthersAreLookedAt() {
        ended("CANCELLED", "VOIDED");
        script.holds(null);
        var other = new Shop();
        ended(other, "CANCELLED", "VOIDED");

        look();
        look(other);

        eventually(
                () -> assertThat(ScriptedProvider.script(other.tenant()).looks).hasValue(1));
        eventually(() -> assertThat(script.looks).hasPositiveValue());
        assertThat(checks()).isZero();
        assertThat(
                        query(
                                "select 1 from orders.payment where tenant = ? and check_at between now() and now() + interval '2 minutes'"))
                .hasSize(1);
    }

    @Test
    void givenAProviderThatHasNotSaidForLong_whenItIsAskedOnceMore_thenItIsDueInAnHourAndCountsUntilItSays() {
        nothingCounts();
        ended("CANCELLED", "VOIDED");
        script.holds(null);
        try (var worker = Database.of("orders", "worker")) {
            worker.update("update orders.payment set check_attempts = 20 where tenant = ?", shop.tenant());
        }

        look();

        eventually(LONG, () -> assertThat(query("""
                select 1 from orders.payment
                 where tenant = ? and check_attempts = 21
                   and check_at between now() + interval '29 minutes' and now() + interval '60 minutes'
                """)).hasSize(1));
        eventually(LONG, () -> assertThat(unanswered("HOLDING")).isEqualTo(1));
        script.holds(Holding.NOTHING);
        look();
        eventually(() -> assertThat(query("select check_attempts from orders.payment where tenant = ?"))
                .containsExactly("0"));
        eventually(LONG, () -> assertThat(unanswered("HOLDING")).isZero());
    }

    @Test
    void givenACaptureThatHasHadNoAnswerForLong_whenItIsAskedOnceMore_thenItIsDueInAnHourAndCountsUntilItHasOne() {
        nothingCounts();
        script.answer(new Approved("ok"));
        var order = shop.placeScripted(shop.tenant());
        shop.confirm(order);
        Shop.move(order, "captures", key(), "{}", Tokens.of(shop.tenant(), "admin"))
                .statusCode(202);
        try (var worker = Database.of("orders", "worker")) {
            worker.update(
                    "update orders.payment_movement set attempts = 20, due_at = now() where tenant = ?", shop.tenant());
            eventually(LONG, () -> assertThat(query("""
                    select 1 from orders.payment_movement
                     where tenant = ? and attempts > 20
                       and due_at between now() + interval '29 minutes' and now() + interval '60 minutes'
                    """)).hasSize(1));
            eventually(LONG, () -> assertThat(unanswered("CAPTURE")).isEqualTo(1));
            script.answerCaptures(new Approved("at last"));
            worker.update("update orders.payment_movement set due_at = now() where tenant = ?", shop.tenant());
        }

        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));
        eventually(LONG, () -> assertThat(unanswered("CAPTURE")).isZero());
    }

    @Test
    void givenASilentProviderThatIsDueInAnHour_whenTheOrderEnds_thenItsAmountIsGivenBackAtOnce() {
        var order = shop.placeScripted(shop.tenant());
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, order, "OPEN", "[]");
        eventually(() -> assertThat(script.asked).hasPositiveValue());
        try (var worker = Database.of("orders", "worker")) {
            worker.update(
                    "update orders.payment set due_at = now() + interval '1 hour' where tenant = ?", shop.tenant());
        }

        Shop.cancel(order, shop.customer()).statusCode(200);

        eventually(LONG, () -> shop.payment(order).body("status", equalTo("VOIDED")));
    }

    @Test
    void givenOrdersThatEnd_thenTheirPaymentsAreToBeLookedAt_unlessTheProviderWasNeverAsked() {
        var expired = shop.placeScripted("tok-" + shop.tenant());
        var rejected = shop.placeScripted(shop.tenant());
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, expired, "OPEN", "[]");
        eventually(() -> assertThat(ScriptedProvider.script("tok-" + shop.tenant()).asked)
                .hasPositiveValue());

        Shop.cancel(expired, shop.customer()).statusCode(200);
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, rejected, "REFUSED", "[]");

        eventually(() -> shop.get(rejected).body("status", equalTo("REJECTED")));
        eventually(() -> shop.payment(expired).body("status", equalTo("VOIDED")));
        assertThat(query("""
                select order_id from orders.payment
                 where tenant = ? and check_at between now() + interval '9 minutes' and now() + interval '10 minutes'
                """)).containsExactly(expired.toString());
    }

    private double incidents() {
        return metrics.counter("souk.orders.incidents").count();
    }

    private UUID ended(String order, String payment) {
        return ended(shop, order, payment);
    }

    private static UUID ended(Shop shop, String order, String payment) {
        var id = UUID.randomUUID();
        try (var owner = Database.of("orders", "owner")) {
            Planted.order(owner, shop.tenant(), id, order, payment);
            owner.update(
                    "update orders.payment set provider = 'scripted', token = tenant where tenant = ?", shop.tenant());
        }
        return id;
    }

    private void look() {
        look(shop);
    }

    /** The time has come. */
    private static void look(Shop shop) {
        try (var worker = Database.of("orders", "worker")) {
            eventually(() -> assertThat(worker.update(
                            "update orders.payment set check_at = now() where tenant = ? and status in ('VOIDED', 'DECLINED')",
                            shop.tenant()))
                    .isEqualTo(1));
        }
    }

    /** Whatever an earlier run left open that did not come to its end. */
    private void nothingCounts() {
        try (var worker = Database.of("orders", "worker")) {
            worker.update("update orders.payment set check_attempts = 0 where check_attempts >= 6");
            worker.update("update orders.payment_movement set attempts = 0 where status = 'PENDING' and attempts >= 6");
        }
        eventually(LONG, () -> {
            assertThat(unanswered("HOLDING")).isZero();
            assertThat(unanswered("CAPTURE")).isZero();
        });
    }

    private double unanswered(String question) {
        return metrics.get("souk.payments.unanswered")
                .tag("question", question)
                .gauge()
                .value();
    }

    private int checks() {
        return Integer.parseInt(
                query("select checks from orders.payment where tenant = ?").getFirst());
    }

    private List<String> query(String sql) {
        try (var worker = Database.of("orders", "worker")) {
            return worker.query(sql, shop.tenant());
        }
    }
}
