package io.souk.chaos.check;

import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.Approved;
import io.souk.chaos.evidence.Trade.Call;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.evidence.Trade.MoveAtRest;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import io.souk.chaos.evidence.Trade.Payment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class ProviderAgreesTest {
    private static final String PAYMENT = "a payment";
    private static final long TOTAL = 100;

    private final ProviderAgrees invariant = new ProviderAgrees();
    private final Story story = new Story();
    private final Thing order = Story.thing(Thing.ORDER);

    @Test
    void givenAnAuthorisation_whenTheProviderHoldsIt_thenKeptHoweverOftenItWasAsked() {
        story.with(order("CONFIRMED", "AUTHORISED")).with(authorised(TOTAL)).with(authorised(TOTAL));

        assertKept(invariant, story);
    }

    @Test
    void givenAVoid_whenTheProviderHasGivenBack_thenKeptThoughAnAuthorisationCameLate() {
        story.with(order("CANCELLED", "VOIDED"))
                .with(authorised(TOTAL))
                .with(voided())
                .with(authorised(TOTAL));

        assertKept(invariant, story);
    }

    @ParameterizedTest
    @CsvSource({"DECLINED, DECLINED", "REJECTED, VOIDED"})
    void givenAnOrderOfWhichTheProviderHasNothing_whenNothingIsPaid_thenKept(String status, String payment) {
        story.with(order(status, payment));

        assertKept(invariant, story);
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED, VOIDED", "DECLINED, DECLINED", "CANCELLED, VOIDED"})
    void givenAnAuthorisationThatNobodyKnowsOf_whenTheProviderHoldsIt_thenFound(String status, String payment) {
        story.with(order(status, payment)).with(authorised(TOTAL));

        assertBroken(invariant, story, "and the provider has [Approved[kind=AUTHORISE");
    }

    @Test
    void givenAConfirmedOrder_whenTheProviderHasNothing_thenFound() {
        story.with(order("CONFIRMED", "AUTHORISED"));

        assertBroken(invariant, story, "and the provider has []");
    }

    @Test
    void givenAConfirmedOrder_whenTheProviderHasGivenBack_thenFound() {
        story.with(order("CONFIRMED", "AUTHORISED")).with(authorised(TOTAL)).with(voided());

        assertBroken(invariant, story, "kind=VOID");
    }

    @Test
    void givenAnAuthorisation_whenItIsOfAnotherAmount_thenFound() {
        story.with(order("CONFIRMED", "AUTHORISED")).with(authorised(TOTAL + 1));

        assertBroken(invariant, story, "amount=101");
    }

    @Test
    void givenAPaymentThatNoOrderHas_whenTheProviderHoldsIt_thenFound() {
        story.with(order("REJECTED", "VOIDED")).with(new Approved(Call.AUTHORISE, "of nobody", null, TOTAL));

        assertBroken(invariant, story, "no order has payment of nobody");
    }

    @Test
    void givenMoneyThatMoved_whenTheProviderSaysTheSame_thenKeptHoweverOftenItWasAsked() {
        paid();
        story.with(moved(Move.CAPTURE, "one", 70, false))
                .with(moved(Move.CAPTURE, "refused", 30, true))
                .with(moved(Move.REFUND, "two", 20, false))
                .with(approved(Call.CAPTURE, "one", 70))
                .with(approved(Call.CAPTURE, "one", 70))
                .with(approved(Call.REFUND, "two", 20));

        assertKept(invariant, story);
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE", "REFUND"})
    void givenMoneyThatTheProviderMoved_whenWeDoNotKnow_thenFound(Call call) {
        paid();
        story.with(approved(call, "one", 70));

        assertBroken(invariant, story, call + " of [], and the provider has [Moved[id=one");
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE", "REFUND"})
    void givenMoneyThatTheProviderMoved_whenWeTakeItForRefused_thenFound(Call call) {
        paid();
        story.with(moved(Move.valueOf(call.name()), "one", 70, true)).with(approved(call, "one", 70));

        assertBroken(invariant, story, call + " of [], and the provider has [Moved[id=one");
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE", "REFUND"})
    void givenMoneyThatWeTakeForMoved_whenTheProviderHasNotMovedIt_thenFound(Move move) {
        paid();
        story.with(moved(move, "one", 70, false));

        assertBroken(invariant, story, "and the provider has []");
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE", "REFUND"})
    void givenMoneyThatMoved_whenTheProviderSaysAnotherAmount_thenFound(Call call) {
        paid();
        story.with(moved(Move.valueOf(call.name()), "one", 70, false)).with(approved(call, "one", 71));

        assertBroken(invariant, story, "quantity=71");
    }

    private void paid() {
        story.with(order("CONFIRMED", "AUTHORISED")).with(authorised(TOTAL));
    }

    private OrderAtRest order(String status, String payment) {
        return new OrderAtRest(
                order, status, "somebody", TOTAL, new Payment(PAYMENT, payment, TOTAL, 0, 0, 0, 0, 0, 0, 0));
    }

    private MoveAtRest moved(Move move, String id, long quantity, boolean refused) {
        return new MoveAtRest(Story.TENANT, move, order.id(), id, quantity, refused);
    }

    private static Approved authorised(long amount) {
        return new Approved(Call.AUTHORISE, PAYMENT, null, amount);
    }

    private static Approved voided() {
        return new Approved(Call.VOID, PAYMENT, null, null);
    }

    private static Approved approved(Call call, String movement, long amount) {
        return new Approved(call, PAYMENT, movement, amount);
    }
}
