package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class EveryChangeIsToldTest {
    private final EveryChangeIsTold invariant = new EveryChangeIsTold();
    private final Story story = new Story();
    private final Thing product = Story.product();

    @Test
    void givenThreeVersionsInTableAndTopic_whenChecked_thenKept() {
        story.changed(product, 3).wroteAt(2.1, Story.part(product, 3)).with(new Fact.Row(product, Order.of(3), true));

        assertKept(invariant, story);
    }

    @Test
    void givenACommitWithoutARecord_whenChecked_thenFound() {
        story.changed(product, 2).committed(3, product, 3, true);

        assertBroken(invariant, story, "was committed and is not in the topic");
    }

    @Test
    void givenAVersionThatWasSkipped_whenChecked_thenFound() {
        story.changed(product, 1).changedAt(2, product, 3);

        assertBroken(invariant, story, "has 1.3 after 1.1");
    }

    @Test
    void givenARowAheadOfTheTopic_whenChecked_thenFound() {
        story.changed(product, 2).with(new Fact.Row(product, Order.of(3), true));

        assertBroken(invariant, story, "1.3 in the database, and 1.2 is the last in the topic");
    }

    @Test
    void givenAnAcknowledgedWriteThatIsGone_whenChecked_thenFound() {
        story.changed(product, 2).wroteAt(3, Story.part(product, 3));

        assertBroken(invariant, story, "was acknowledged");
    }

    @Test
    void givenAPayment_whenItIsToldFromItsSecondVersionOn_thenKept() {
        var payment = Story.thing(Thing.PAYMENT);
        story.changedAt(0, payment, 2).changedAt(1, payment, 3);

        assertKept(invariant, story);
    }

    @Test
    void givenAnOrder_whenItIsToldFromItsSecondVersionOn_thenFound() {
        story.changedAt(0, Story.thing(Thing.ORDER), 2);

        assertBroken(invariant, story, "has 1.2 after 0.0");
    }
}
