package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class AllComesToRestTest {
    private final AllComesToRest invariant = new AllComesToRest();
    private final Story story = new Story();

    @Test
    void givenThirtySeconds_whenAllWasAtRestByThen_thenKept() {
        assertKept(invariant, story.with(new Fact.Rest("outbox", 30_000L, 30_000, "")));
    }

    @Test
    void givenMoreThanThirtySeconds_whenChecked_thenFound() {
        assertBroken(invariant, story.with(new Fact.Rest("outbox", 30_001L, 30_000, "")), "after 30001 ms");
    }

    @Test
    void givenWorkThatNeverEnds_whenChecked_thenFound() {
        assertBroken(invariant, story.with(new Fact.Rest("lag", null, 30_000, "one at 3 of 9")), "one at 3 of 9");
    }
}
