package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact.Part;
import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;
import static io.souk.chaos.check.Story.part;

class MinimumIsKeptTest {
    private final MinimumIsKept invariant = new MinimumIsKept();
    private final Story story = new Story();
    private final Thing product = Story.product();

    @Test
    void givenAMinimum_whenItOrMoreIsRead_thenKept() {
        story.changed(product, 3).askedAt(4, product, 2, part(product, 2)).askedAt(4, product, 2, part(product, 3));

        assertKept(invariant, story);
    }

    @Test
    void givenAMinimum_whenLessIsRead_thenFound() {
        story.changed(product, 3).askedAt(2.1, product, 3, part(product, 2));

        assertBroken(invariant, story, "at least 1.3 and read 1.2");
    }

    @Test
    void givenAMinimum_whenNothingIsThereThoughNothingWasDeleted_thenFound() {
        story.changed(product, 3).askedAt(2.1, product, 3, Part.missing(product));

        assertBroken(invariant, story, "read nothing");
    }

    @Test
    void givenAMinimum_whenNothingIsThereSinceItWasDeleted_thenKept() {
        story.changed(product, 3).deletedAt(4, product, 4).askedAt(5, product, 3, Part.missing(product));

        assertKept(invariant, story);
    }

    @Test
    void givenAClientThatHasSeenMoreThanItAskedFor_whenItGoesBack_thenFound() {
        story.changed(product, 3).askedAt(4, product, 1, part(product, 3)).askedAt(5, product, 1, part(product, 2));

        assertBroken(invariant, story, "at least 1.3 and read 1.2");
    }
}
