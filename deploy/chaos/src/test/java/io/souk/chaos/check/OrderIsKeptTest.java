package io.souk.chaos.check;

import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;
import static io.souk.chaos.check.Story.event;
import static org.assertj.core.api.Assertions.assertThat;

class OrderIsKeptTest {
    private final OrderIsKept invariant = new OrderIsKept();
    private final Story story = new Story();
    private final Thing product = Story.product();

    @Test
    void givenARunThatIsSentAgain_whenChecked_thenKept() {
        story.changed(product, 3)
                .record(product, 2, event(product, 2), true)
                .record(product, 3, event(product, 3), true);

        assertKept(invariant, story);
    }

    @Test
    void givenAnOlderVersionForTheFirstTimeAfterANewerOne_whenChecked_thenFound() {
        story.changedAt(1, product, 1).changedAt(3, product, 3);

        story.changedAt(2, product, 2).record(product, 3, event(product, 3), true);

        assertBroken(invariant, story, "1.2 at souk.catalog.product-0:3 comes after 1.3");
    }

    @Test
    void givenARepeatAsTheLastRecord_whenChecked_thenFound() {
        story.changed(product, 3).record(product, 1, event(product, 1), true);

        assertBroken(invariant, story, "ends with 1.1");
    }

    @Test
    void givenAnotherEventWithAnOldOrder_whenChecked_thenBothAreFound() {
        story.changed(product, 3).record(product, 2, "another", true);

        assertThat(invariant.check(story.told()).violated()).isEqualTo(2);
    }
}
