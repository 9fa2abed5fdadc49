package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;
import static io.souk.chaos.check.Story.part;

class DeletedStaysDeletedTest {
    private final DeletedStaysDeleted invariant = new DeletedStaysDeleted();
    private final Thing product = Story.product();
    private final Story story = new Story().changed(product, 2).deletedAt(5, product, 3);

    @Test
    void givenADeletion_whenNothingIsLeft_thenKept() {
        story.missedAt(9, product)
                .readAt(5.5, part(product, 2))
                .with(new Fact.Cached("rest", product, Order.of(3), null, Order.of(3)))
                .with(new Fact.Copy("a table", product, Order.of(3), false));

        assertKept(invariant, story);
    }

    @Test
    void givenADeletion_whenItIsReadLater_thenFound() {
        story.readAt(9, part(product, 2));

        assertBroken(invariant, story, "it had been deleted");
    }

    @Test
    void givenADeletion_whenAnEntryIsLeft_thenFound() {
        story.with(new Fact.Cached("rest", product, Order.of(2), "bytes", Order.of(3)));

        assertBroken(invariant, story, "in the cache");
    }

    @Test
    void givenADeletion_whenAnotherTableHasItStill_thenFound() {
        story.with(new Fact.Copy("a table", product, Order.of(2), true));

        assertBroken(invariant, story, "is deleted and in a table");
    }

    @Test
    void givenADeletion_whenAnotherVersionFollows_thenFound() {
        story.changedAt(6, product, 4);

        assertBroken(invariant, story, "came back");
    }

    @Test
    void givenADeletion_whenTheSearchFindsIt_thenFound() {
        story.with(new Fact.Found(8, true, "found by the search"));

        assertBroken(invariant, story, "found by the search");
    }
}
