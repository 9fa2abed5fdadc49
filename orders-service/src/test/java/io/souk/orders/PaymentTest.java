package io.souk.orders;

import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.orders.payment.Verdict.Approved;
import io.souk.orders.payment.Verdict.Refused;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** The payment beside its order: what the provider was asked, what it said, and what is kept of it. */
@OrdersTest
class PaymentTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    Transactions transactions;

    private final Shop shop = new Shop();
    private final UUID reservation = UUID.randomUUID();

    @Test
    void givenAProviderThatNeverAnswers_whenTheOrderEnds_thenItsSilenceIsInTheHistoryAndTheAmountIsGivenBack() {
        var id = shop.place("tok_timeout");
        reserve(id);
        eventually(() -> assertThat(history(id)).contains("AUTHORISE TIMED_OUT"));

        InventoryEvents.reservation(shop.tenant(), reservation, 2, id, "EXPIRED", "[]");

        eventually(LONG, () -> assertThat(status(id)).isEqualTo("VOIDED"));
        assertThat(history(id)).containsExactly("AUTHORISE TIMED_OUT", "VOID SUCCEEDED");
    }

    @Test
    void givenAProviderThatFailsOnce_whenItIsAskedAgain_thenBothAreInTheHistory() {
        var id = shop.place("tok_flaky");

        reserve(id);

        eventually(LONG, () -> assertThat(status(id)).isEqualTo("AUTHORISED"));
        assertThat(history(id)).containsExactly("AUTHORISE FAILED", "AUTHORISE SUCCEEDED");
    }

    @Test
    void givenAProviderThatThrows_whenItIsAskedAgain_thenTheOrderGoesOn() {
        var id = shop.placeScripted("throws-" + shop.tenant());
        ScriptedProvider.script("throws-" + shop.tenant()).answer(new Approved("ref"));

        reserve(id);

        eventually(LONG, () -> assertThat(history(id)).containsExactly("AUTHORISE FAILED", "AUTHORISE SUCCEEDED"));
        eventually(() -> shop.get(id).body("status", equalTo("AUTHORISED")));
    }

    @Test
    void givenAnOrderThatEnded_whenTheApprovalComesLate_thenTheAmountIsGivenBackAfterIt() {
        var ended = IntStream.range(0, 10)
                .mapToObj(this::endedBeforeItsApproval)
                .filter(late ->
                        !history(late.order()).contains("AUTHORISE TIMED_OUT")) // we were in the provider's time
                .findFirst()
                .orElseThrow();

        assertThat(ended.cancelledBefore()).isZero();
        assertThat(history(ended.order())).contains("AUTHORISE SUCCEEDED", "VOID SUCCEEDED");
        shop.get(ended.order()).body("status", equalTo("EXPIRED"));
    }

    private record Late(UUID order, int cancelledBefore) {}

    /** An order that expired before its provider, who is waited for a few seconds, approved of its payment; it is voided. */
    private Late endedBeforeItsApproval(int attempt) {
        var token = shop.tenant() + "-" + attempt;
        var script = ScriptedProvider.script(token);
        var id = shop.placeScripted(token);
        var held = UUID.randomUUID();
        InventoryEvents.reservation(shop.tenant(), held, 1, id, "OPEN", "[]");
        eventually(() -> assertThat(script.asked).hasPositiveValue());
        InventoryEvents.reservation(shop.tenant(), held, 2, id, "EXPIRED", "[]");
        eventually(() -> shop.get(id).body("status", equalTo("EXPIRED")));
        int cancelled = script.cancelled.get();

        script.answer(new Approved("late"));

        eventually(LONG, () -> assertThat(status(id)).isEqualTo("VOIDED"));
        return new Late(id, cancelled);
    }

    @Test
    void givenAnOrderWithoutStock_whenItIsRejected_thenTheProviderIsNeverCalled() {
        var script = ScriptedProvider.script(shop.tenant());
        var id = shop.placeScripted(shop.tenant());

        InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "REFUSED", "[]");

        eventually(() -> assertThat(status(id)).isEqualTo("VOIDED"));
        assertThat(history(id)).isEmpty();
        assertThat(script.asked).hasValue(0);
        assertThat(script.cancelled).hasValue(0);
    }

    @Test
    void givenARefusalThatCannotBeStored_whenItIsHeard_thenTheOrderIsDeclinedWithWhatCan() {
        ScriptedProvider.script(shop.tenant()).answer(new Refused("no\0funds " + "x".repeat(10_000)));
        var id = shop.placeScripted(shop.tenant());

        reserve(id);

        eventually(() -> shop.get(id).body("status", equalTo("DECLINED")));
        assertThat(shop.get(id).extract().<String>path("reason"))
                .startsWith("no funds x")
                .hasSize(500);
    }

    private void reserve(UUID order) {
        InventoryEvents.reservation(shop.tenant(), reservation, 1, order, "OPEN", "[]");
    }

    private String status(UUID order) {
        return query("select status from payment where tenant = $1 and order_id = $2", order)
                .getFirst();
    }

    /** Kind and outcome, in the order in which they were first seen. */
    private List<String> history(UUID order) {
        return query("""
                select t.kind || ' ' || t.outcome
                  from payment_transaction t
                  join payment p on p.tenant = t.tenant and p.id = t.payment_id
                 where p.tenant = $1
                   and p.order_id = $2
                 order by t.at
                """, order);
    }

    private List<String> query(String sql, UUID order) {
        return transactions
                .inTenant(
                        new TenantId(shop.tenant()),
                        tx -> tx.sql()
                                .preparedQuery(sql)
                                .execute(Tuple.of(shop.tenant(), order))
                                .map(rows -> rows.stream()
                                        .map(row -> row.getString(0))
                                        .toList()))
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
