package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;
import static io.souk.chaos.check.Story.content;

class LogRebuildsTest {
    private final LogRebuilds invariant = new LogRebuilds();
    private final Story story = new Story();
    private final Thing product = Story.product();

    @Test
    void givenAViewThatIsTheLastEvent_whenChecked_thenKept() {
        story.changed(product, 3)
                .with(new Fact.Served(product, Order.of(3), "bytes", content(product, 3)))
                .with(new Fact.Copy("a table", product, Order.of(3), true))
                .with(new Fact.Cached("rebuilt", product, Order.of(3), "bytes", Order.of(3)));

        assertKept(invariant, story);
    }

    @Test
    void givenAViewWithAnotherContent_whenChecked_thenFound() {
        story.changed(product, 3).with(new Fact.Served(product, Order.of(3), "bytes", content(product, 2)));

        assertBroken(invariant, story, "as the log says");
    }

    @Test
    void givenATableThatMissedAnEvent_whenChecked_thenFound() {
        story.changed(product, 3).with(new Fact.Copy("a table", product, Order.of(2), true));

        assertBroken(invariant, story, "a table has");
    }

    @Test
    void givenARebuiltEntryWithOtherBytes_whenChecked_thenFound() {
        story.changed(product, 3)
                .with(new Fact.Served(product, Order.of(3), "bytes", content(product, 3)))
                .with(new Fact.Cached("rebuilt", product, Order.of(2), "older", Order.of(3)));

        assertBroken(invariant, story, "rebuilt cache");
    }
}
