package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class CacheIsTrueTest {
    private final CacheIsTrue invariant = new CacheIsTrue();
    private final Story story = new Story();
    private final Thing product = Story.product();

    @Test
    void givenAnEntryWithTheDatabasesBytes_whenChecked_thenKept() {
        story.changed(product, 3)
                .readAt(4, Story.part(product, 2))
                .with(new Fact.Cached("rest", product, Order.of(3), "bytes", Order.of(3)))
                .with(new Fact.Served(product, Order.of(3), "bytes", "content"));

        assertKept(invariant, story);
    }

    @Test
    void givenAnEntryAheadOfItsRow_whenChecked_thenFound() {
        story.with(new Fact.Cached("during", product, Order.of(4), "bytes", Order.of(3)));

        assertBroken(invariant, story, "is 1.4 in the cache and 1.3 in the database");
    }

    @Test
    void givenAnEntryWithOtherBytesOfTheSameVersion_whenChecked_thenFound() {
        story.with(new Fact.Cached("rest", product, Order.of(3), "other", Order.of(3)))
                .with(new Fact.Served(product, Order.of(3), "bytes", "content"));

        assertBroken(invariant, story, "other bytes");
    }

    @Test
    void givenAReadWithTheContentOfAnotherVersion_whenChecked_thenFound() {
        story.changed(product, 3).readAt(4, new Fact.Part(product, Order.of(3), true, Story.content(product, 2), null));

        assertBroken(invariant, story, "another content");
    }
}
