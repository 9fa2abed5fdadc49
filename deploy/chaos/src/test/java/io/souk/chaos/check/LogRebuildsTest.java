package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.jspecify.annotations.Nullable;
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
                .with(viewOf(3))
                .with(new Fact.Copy("a table", product, Order.of(3), true))
                .with(rebuilt("bytes"));

        assertKept(invariant, story);
    }

    @Test
    void givenAViewWithAnotherContent_whenChecked_thenFound() {
        story.changed(product, 3).with(viewOf(2)).with(rebuilt("bytes"));

        assertBroken(invariant, story, "as the log says");
    }

    @Test
    void givenATableThatMissedAnEvent_whenChecked_thenFound() {
        story.changed(product, 3).with(new Fact.Copy("a table", product, Order.of(2), true));

        assertBroken(invariant, story, "a table has");
    }

    @Test
    void givenAViewWithoutARebuiltEntry_whenChecked_thenFound() {
        story.changed(product, 3).with(viewOf(3));

        assertBroken(invariant, story, "[] in the rebuilt cache");
    }

    @Test
    void givenAViewWithAnEmptyRebuiltEntry_whenChecked_thenFound() {
        story.changed(product, 3).with(viewOf(3)).with(rebuilt(null));

        assertBroken(invariant, story, "[] in the rebuilt cache");
    }

    @Test
    void givenARebuiltEntryWithOneOtherByte_whenChecked_thenFound() {
        story.changed(product, 3).with(viewOf(3)).with(rebuilt("bytez"));

        assertBroken(invariant, story, "[bytez] in the rebuilt cache");
    }

    @Test
    void givenTwoRebuiltEntriesOfAView_whenChecked_thenFound() {
        story.changed(product, 3).with(viewOf(3)).with(rebuilt("bytes")).with(rebuilt("bytes"));

        assertBroken(invariant, story, "[bytes, bytes] in the rebuilt cache");
    }

    @Test
    void givenARebuiltEntryOfWhatShowsNothing_whenChecked_thenFound() {
        story.with(new Fact.Served(product, Order.NONE, null, null)).with(rebuilt("bytes"));

        assertBroken(invariant, story, "[bytes] in the rebuilt cache");
    }

    @Test
    void givenPoisonBehindTheLastEvent_whenTheRebuiltCacheHasNoEntry_thenKept() {
        story.changed(product, 3).poisoned(product, 3).with(viewOf(3));

        assertKept(invariant, story);
    }

    @Test
    void givenPoisonBeforeTheLastEvent_whenTheRebuiltCacheHasNoEntry_thenFound() {
        story.changedAt(0, product, 1)
                .poisoned(product, 1)
                .changedAt(1, product, 2)
                .with(viewOf(2));

        assertBroken(invariant, story, "[] in the rebuilt cache");
    }

    @Test
    void givenATableThatIsTheSameAnew_whenChecked_thenKept() {
        story.with(new Fact.Folded("a table", false, "one")).with(new Fact.Folded("a table", true, "one"));

        assertKept(invariant, story);
    }

    @Test
    void givenATableThatMissesARowAnew_whenChecked_thenFound() {
        story.with(new Fact.Folded("a table", false, "one"))
                .with(new Fact.Folded("a table", false, "two"))
                .with(new Fact.Folded("a table", true, "one"));

        assertBroken(invariant, story, "a table has no two");
    }

    @Test
    void givenATableThatHasARowOnlyAnew_whenChecked_thenFound() {
        story.with(new Fact.Folded("a table", false, "one"))
                .with(new Fact.Folded("a table", true, "one"))
                .with(new Fact.Folded("a table", true, "two"));

        assertBroken(invariant, story, "a table has two only");
    }

    private Fact.Served viewOf(long version) {
        return new Fact.Served(product, Order.of(version), "bytes", content(product, version));
    }

    private Fact.Cached rebuilt(@Nullable String bytes) {
        return new Fact.Cached("rebuilt", product, Order.of(3), bytes, Order.of(3));
    }
}
