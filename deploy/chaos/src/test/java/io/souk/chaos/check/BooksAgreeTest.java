package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class BooksAgreeTest {
    private final BooksAgree invariant = new BooksAgree();
    private final Story story = new Story();

    @Test
    void givenAVerification_whenItFindsNothing_thenKept() {
        assertKept(invariant, story.with(new Fact.Found(16, false, "nothing")));
    }

    @Test
    void givenAVerification_whenItFindsSomething_thenFound() {
        assertBroken(invariant, story.with(new Fact.Found(16, true, "MONEY_KEPT")), "MONEY_KEPT");
    }
}
