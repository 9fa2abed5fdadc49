package io.souk.chaos.check;

import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class NothingElseIsToldTest {
    private final NothingElseIsTold invariant = new NothingElseIsTold();
    private final Story story = new Story();
    private final Thing product = Story.product();

    @Test
    void givenOnlyWhatWasCommitted_whenChecked_thenKept() {
        story.changed(product, 3).readAt(3, Story.part(product, 3));

        assertKept(invariant, story);
    }

    @Test
    void givenARecordOfARolledBackChange_whenChecked_thenFound() {
        story.changed(product, 2).record(product, 3, "rolled back", true);

        assertBroken(invariant, story, "was never committed");
    }

    @Test
    void givenAnotherEventOfACommittedVersion_whenChecked_thenFound() {
        story.changed(product, 2).record(product, 2, "rolled back", true);

        assertBroken(invariant, story, "was never committed");
    }

    @Test
    void givenAReadBeforeTheCommit_whenChecked_thenFound() {
        story.changed(product, 2).changedAt(9, product, 3).readAt(8, Story.part(product, 3));

        assertBroken(invariant, story, "which was not committed");
    }
}
