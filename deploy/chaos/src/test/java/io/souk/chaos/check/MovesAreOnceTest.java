package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.evidence.Trade.MoveAsked;
import io.souk.chaos.evidence.Trade.MoveAtRest;
import io.souk.chaos.evidence.Trade.Moved;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class MovesAreOnceTest {
    private static final String OF = "an order, or a SKU";

    private final MovesAreOnce invariant = new MovesAreOnce();
    private final Story story = new Story();

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenAKeyThatWasSentThreeTimes_whenItMovedOnce_thenKept(Move move) {
        story.with(asked(move, "key", 7L, Outcome.UNKNOWN, null))
                .with(asked(move, "key", 7L, Outcome.OK, new Moved("one", 7)))
                .with(asked(move, "key", 7L, Outcome.OK, new Moved("one", 7)))
                .with(booked(move, "one", 7));

        assertKept(invariant, story);
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenAKey_whenNobodyKnows_thenOneMovementOrNoneIsKept(Move move) {
        var unknown = asked(move, "key", 7L, Outcome.UNKNOWN, null);

        assertKept(invariant, new Story().with(unknown));
        assertKept(invariant, new Story().with(unknown).with(booked(move, "one", 7)));
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenAKey_whenItMovedTwice_thenFound(Move move) {
        story.with(asked(move, "key", 7L, Outcome.UNKNOWN, null))
                .with(asked(move, "key", 7L, Outcome.OK, new Moved("one", 7)))
                .with(booked(move, "one", 7))
                .with(booked(move, "two", 7));

        assertBroken(invariant, story, "nobody knows of []");
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenAKeyOfWhichNobodyKnows_whenItMovedTwice_thenFound(Move move) {
        story.with(asked(move, "key", 7L, Outcome.UNKNOWN, null))
                .with(asked(move, "key", 7L, Outcome.UNKNOWN, null))
                .with(booked(move, "one", 3))
                .with(booked(move, "two", 4));

        assertBroken(invariant, story, "it was told of []");
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenAKeyOfWhichNobodyKnows_whenMoreWasMovedThanAsked_thenFound(Move move) {
        story.with(asked(move, "key", 7L, Outcome.UNKNOWN, null)).with(booked(move, "one", 8));

        assertBroken(invariant, story, "it was told of []");
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenARefusal_whenSomethingMoved_thenFound(Move move) {
        story.with(asked(move, "key", 7L, Outcome.FAIL, null)).with(booked(move, "one", 7));

        assertBroken(invariant, story, "nobody knows of []");
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenWhatNobodyAskedFor_whenItMoved_thenFound(Move move) {
        story.with(booked(move, "one", 7));

        assertBroken(invariant, story, "it was told of []");
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenWhatWasAcknowledged_whenItIsNotThere_thenFound(Move move) {
        story.with(asked(move, "key", 7L, Outcome.OK, new Moved("one", 7)));

        assertBroken(invariant, story, "there is null");
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenWhatWasAcknowledged_whenLessIsThere_thenFound(Move move) {
        story.with(asked(move, "key", 7L, Outcome.OK, new Moved("one", 7))).with(booked(move, "one", 6));

        assertBroken(invariant, story, "quantity=6");
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void givenAnAnswer_whenItTellsOfAnotherQuantityThanWasAsked_thenFound(Move move) {
        story.with(asked(move, "key", 7L, Outcome.OK, new Moved("one", 6))).with(booked(move, "one", 6));

        assertBroken(invariant, story, "asked for 7");
    }

    @Test
    void givenAKey_whenItsAnswersNameTwoReceipts_thenFound() {
        story.with(asked(Move.RECEIPT, "key", 7L, Outcome.OK, new Moved("one", 7)))
                .with(asked(Move.RECEIPT, "key", 7L, Outcome.OK, new Moved("two", 7)))
                .with(booked(Move.RECEIPT, "one", 7))
                .with(booked(Move.RECEIPT, "two", 7));

        assertBroken(invariant, story, "for one key");
    }

    @Test
    void givenTwoKeys_whenTheirAnswersNameOneReceipt_thenFound() {
        story.with(asked(Move.RECEIPT, "key", 7L, Outcome.OK, new Moved("one", 7)))
                .with(asked(Move.RECEIPT, "another", 7L, Outcome.OK, new Moved("one", 7)))
                .with(booked(Move.RECEIPT, "one", 7));

        assertBroken(invariant, story, "for two keys");
    }

    @Test
    void givenAllThatIsLeft_whenItIsCaptured_thenKept() {
        story.with(asked(Move.CAPTURE, "key", null, Outcome.OK, new Moved("one", 40)))
                .with(asked(Move.CAPTURE, "another", null, Outcome.UNKNOWN, null))
                .with(booked(Move.CAPTURE, "one", 40))
                .with(booked(Move.CAPTURE, "two", 60));

        assertKept(invariant, story);
    }

    @Test
    void givenAnOrderThatWasSent_whenWhatIsLeftIsCapturedByItself_thenKeptOnce() {
        story.with(asked(Move.CAPTURE, "key", 40L, Outcome.OK, new Moved("one", 40)))
                .with(booked(Move.CAPTURE, "one", 40))
                .with(order("DELIVERED"))
                .with(booked(Move.CAPTURE, "rest", 60));
        assertKept(invariant, story);

        story.with(booked(Move.CAPTURE, "again", 60));
        assertBroken(invariant, story, "id=again");
    }

    @Test
    void givenAnOrderThatWasNotSent_whenWhatIsLeftIsCapturedByItself_thenFound() {
        story.with(order("CONFIRMED")).with(booked(Move.CAPTURE, "rest", 60));

        assertBroken(invariant, story, "id=rest");
    }

    @Test
    void givenAnOrderThatWasCancelled_whenEachCaptureGoesBack_thenKeptOnce() {
        story.with(asked(Move.CAPTURE, "key", 40L, Outcome.OK, new Moved("one", 40)))
                .with(booked(Move.CAPTURE, "one", 40))
                .with(order("CANCELLED"))
                .with(booked(Move.REFUND, "first", 20))
                .with(booked(Move.REFUND, "late", 20));
        assertKept(invariant, story);

        story.with(booked(Move.REFUND, "again", 20));
        assertBroken(invariant, story, "id=again");
    }

    private static MoveAsked asked(
            Move move, String key, @Nullable Long quantity, Outcome outcome, @Nullable Moved moved) {
        return new MoveAsked(Story.TENANT, move, OF, key, quantity, outcome, moved);
    }

    private static MoveAtRest booked(Move move, String id, long quantity) {
        return new MoveAtRest(Story.TENANT, move, OF, id, quantity, false);
    }

    private static OrderAtRest order(String status) {
        return new OrderAtRest(new Thing(Thing.ORDER, Story.TENANT, OF), status, "somebody", 100, null);
    }
}
