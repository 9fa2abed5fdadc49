package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.LevelAtRest;
import io.souk.chaos.evidence.Trade.LevelSeen;
import io.souk.chaos.evidence.Trade.LevelTold;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class StockIsSoundTest {
    private static final @Nullable Long NO_LOT = null;

    private final StockIsSound invariant = new StockIsSound();
    private final Story story = new Story();
    private final Thing level = Story.thing(Thing.STOCK);

    @Test
    void givenAvailableAndReservedThatAreOnHand_whenTheLedgerSaysSo_thenKept() {
        story.with(told(1, 5, 0, 5, NO_LOT)).with(told(2, 5, 3, 2, NO_LOT)).with(new LevelAtRest(level, 5, 3, 5));

        assertKept(invariant, story);
    }

    @Test
    void givenAVersionThatPromisesMoreThanThereIs_whenChecked_thenFound() {
        story.with(told(1, 5, 6, -1, NO_LOT)).with(told(2, 5, 5, 0, NO_LOT));

        assertBroken(invariant, story, "1.1 has 5 on hand, 6 reserved and -1 available");
    }

    @Test
    void givenAVersionWhoseUnitsDoNotAddUp_whenChecked_thenFound() {
        story.with(told(1, 5, 1, 3, NO_LOT)).with(told(2, 5, 1, 4, NO_LOT));

        assertBroken(invariant, story, "1.1 has 3 available of 5 on hand and 1 reserved");
    }

    @Test
    void givenALotThatWasOverBefore_whenNothingOfItIsAvailable_thenKept() {
        story.with(run()).with(told(1, 5, 1, 0, Story.micros(-3_600)));

        assertKept(invariant, story);
    }

    @Test
    void givenALotThatWasOverBefore_whenSomeOfItIsAvailable_thenFound() {
        story.with(run()).with(told(1, 5, 1, 4, Story.micros(-3_600)));

        assertBroken(invariant, story, "its lot ends at");
    }

    @Test
    void givenALotThatGoesOn_whenNothingOfItIsAvailable_thenFound() {
        story.with(run()).with(told(1, 5, 1, 0, Story.micros(86_400)));

        assertBroken(invariant, story, "its lot ends at");
    }

    @Test
    void givenALotThatEndsInTheRun_whenToldEitherWay_thenKept() {
        story.with(run()).with(told(1, 5, 1, 4, Story.micros(30))).with(told(2, 5, 1, 0, Story.micros(30)));

        assertKept(invariant, story);
    }

    @Test
    void givenALevelThatItsLedgerDoesNotExplain_whenChecked_thenFound() {
        story.with(told(1, 5, 0, 5, NO_LOT)).with(new LevelAtRest(level, 5, 0, 4));

        assertBroken(invariant, story, "has 5 on hand, and its ledger 4");
    }

    @Test
    void givenALevelInTheRun_whenItsLedgerDoesNotExplainIt_thenFound() {
        story.with(new LevelSeen(level, 5, 3, 4, 3));

        assertBroken(invariant, story, "had 5 on hand in the run, and its ledger 4");
    }

    @Test
    void givenALevelThatItsLastEventDoesNotTell_whenChecked_thenFound() {
        story.with(told(1, 5, 0, 5, NO_LOT)).with(new LevelAtRest(level, 5, 2, 5));

        assertBroken(invariant, story, "and its last event says");
    }

    private LevelTold told(long version, long onHand, long reserved, long available, @Nullable Long until) {
        return new LevelTold(level, Order.of(version), onHand, reserved, available, until);
    }

    private static Fact.Run run() {
        return new Fact.Run(1, Story.micros(0), Story.micros(60), "development");
    }
}
