package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Fact.Part;
import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;
import static io.souk.chaos.check.Story.micros;
import static io.souk.chaos.check.Story.part;
import static io.souk.chaos.check.Story.units;

/** Version 3 is committed in second 2, and surely to be seen half a second later. */
class ReadsAreFreshTest {
    private final ReadsAreFresh invariant = new ReadsAreFresh();
    private final Story story = new Story();
    private final Thing product = Story.product();

    @Test
    void givenAVersionOfUnderTwoSeconds_whenAnOlderOneIsRead_thenKept() {
        story.changed(product, 3).readAt(4.4, part(product, 2));

        assertKept(invariant, story);
    }

    @Test
    void givenAVersionOfOverTwoSeconds_whenAnOlderOneIsRead_thenFound() {
        story.changed(product, 3).readAt(4.6, part(product, 2));

        assertBroken(invariant, story, "1.2; 1.3 was there");
    }

    @Test
    void givenAnAcknowledgement_whenAnOlderOneIsReadTwoSecondsAfterIt_thenFound() {
        story.changed(product, 3).wroteAt(2, part(product, 3)).readAt(4.02, part(product, 2));

        assertBroken(invariant, story, "1.3 was there");
    }

    @Test
    void givenAnOldVersion_whenItsPartIsMarked_thenKept() {
        story.changed(product, 3).markedReadAt(9, "product", 2.2, part(product, 2));

        assertKept(invariant, story);
    }

    @Test
    void givenAnOldVersion_whenAnotherPartIsMarked_thenFound() {
        story.changed(product, 3).markedReadAt(9, "availability", 2.2, part(product, 2));

        assertBroken(invariant, story, "1.3 was there");
    }

    @Test
    void givenAVersionInDoubt_whenItIsReadWithItsMark_thenKept() {
        var availability = Story.thing(Thing.AVAILABILITY);
        story.changed(availability, 1)
                .doubtedAt(2, availability, 2)
                .markedReadAt(3, "availability", 2, part(availability, 2));

        assertKept(invariant, story);
    }

    @Test
    void givenAVersionInDoubt_whenItIsReadWithoutAMark_thenFound() {
        var availability = Story.thing(Thing.AVAILABILITY);
        story.changed(availability, 1).doubtedAt(2, availability, 2).readAt(3, part(availability, 2));

        assertBroken(invariant, story, "1.2, which is in doubt, without a mark");
    }

    @Test
    void givenALevelUnderAnothersHeader_whenItsAvailabilityWasInDoubt_thenKept() {
        var availability = Story.thing(Thing.AVAILABILITY);
        story.changed(availability, 1)
                .forged(Story.thing(Thing.STOCK), 1, availability.id())
                .doubtedAt(2, availability, 2);

        assertKept(invariant, story);
    }

    @Test
    void givenALevelUnderAnothersHeader_whenItsAvailabilityNeverWasInDoubt_thenFound() {
        var availability = Story.thing(Thing.AVAILABILITY);
        story.changed(availability, 2).forged(Story.thing(Thing.STOCK), 1, availability.id());

        assertBroken(invariant, story, "was never in doubt");
    }

    @Test
    void givenACommitWhileTheDatabaseStoodStill_whenAnOlderOneIsReadSoonAfterIt_thenKept() {
        story.changed(product, 3)
                .with(new Fact.Harm("freeze postgres", "postgres", micros(2.1), micros(30), true))
                .readAt(20, part(product, 2))
                .readAt(32, part(product, 2));

        assertKept(invariant, story);
    }

    @Test
    void givenACommitWhileAFaultOfTheDatabaseCouldNotBeDone_whenAnOlderOneIsReadLongAfterIt_thenFound() {
        story.changed(product, 3)
                .with(new Fact.Harm("freeze postgres", "postgres", micros(2.1), micros(30), false))
                .readAt(20, part(product, 2));

        assertBroken(invariant, story, "1.3 was there");
    }

    @Test
    void givenAProductOfOverTwoSeconds_whenItIsNotFound_thenFound() {
        story.changed(product, 1).missedAt(3, product);

        assertBroken(invariant, story, "as missing");
    }

    @Test
    void givenADeletedProduct_whenItIsNotFound_thenKept() {
        story.changed(product, 2)
                .deletedAt(5, product, 3)
                .missedAt(5.01, product)
                .missedAt(20, product);

        assertKept(invariant, story);
    }

    @Test
    void givenADeletedProduct_whenItIsReadLongAfter_thenFound() {
        story.changed(product, 2).deletedAt(5, product, 3).readAt(20, part(product, 2));

        assertBroken(invariant, story, "1.3 was there");
    }

    @Test
    void givenStockOfOverTwoSeconds_whenFewerUnitsAreRead_thenFound() {
        var availability = new Thing(Thing.AVAILABILITY, Story.TENANT, product.id());
        story.changedAt(0, availability, 1)
                .stockedAt(0, product.id(), 1, 5)
                .stockedAt(5, product.id(), 2, 8)
                .readAt(6, units(availability, 1, 5))
                .readAt(9, units(availability, 1, 5));

        assertBroken(
                invariant,
                story,
                "read 5 units of catalog.availability:amber/" + product.id() + "; there were [8] 2.0 s before");
    }

    @Test
    void givenADeletedAvailability_whenTheProductIsStillRead_thenItsUnitsMayBeMissing() {
        var availability = new Thing(Thing.AVAILABILITY, Story.TENANT, product.id());
        story.changed(product, 1)
                .changedAt(0, availability, 1)
                .stockedAt(0, product.id(), 1, 5)
                .deletedAt(9, availability, 2)
                .deletedAt(9, product, 2)
                .readAt(9.5, part(product, 1), Part.missing(availability));

        assertKept(invariant, story);
    }

    @Test
    void givenStockOfOverTwoSeconds_whenThereIsNoAvailability_thenFound() {
        var availability = new Thing(Thing.AVAILABILITY, Story.TENANT, product.id());
        story.changed(product, 1)
                .stockedAt(0, product.id(), 1, 5)
                .readAt(9.5, part(product, 1), Part.missing(availability));

        assertBroken(
                invariant,
                story,
                "read 0 units of catalog.availability:amber/" + product.id() + "; there were [5] 2.0 s before");
    }

    @Test
    void givenUnitsThatWereTaken_whenReadWithinTwoSeconds_thenBothNumbersAreKept() {
        var availability = stockedAndTaken();
        story.readAt(5.5, part(product, 1), Story.units(availability, 1, 5))
                .readAt(5.5, part(product, 1), Story.units(availability, 1, 2));

        assertKept(invariant, story);
    }

    @Test
    void givenUnitsThatWereTaken_whenReadAfterTwoSeconds_thenTheEarlierNumberIsFound() {
        var availability = stockedAndTaken();
        story.readAt(9.5, part(product, 1), Story.units(availability, 1, 5));

        assertBroken(invariant, story, "read 5 units");
    }

    @Test
    void givenTwoLevels_whenTheirSumIsRead_thenKept() {
        var availability = stockedAndTaken();
        story.stockedAt(1, product.id(), "another level", 1, 7)
                .readAt(9.5, part(product, 1), Story.units(availability, 1, 9));

        assertKept(invariant, story);
    }

    private Thing stockedAndTaken() {
        var availability = new Thing(Thing.AVAILABILITY, Story.TENANT, product.id());
        story.changed(product, 1)
                .changedAt(0, availability, 1)
                .stockedAt(0, product.id(), 1, 5)
                .stockedAt(5, product.id(), 2, 2);
        return availability;
    }

    @Test
    void givenAProductOfOverTwoSeconds_whenAListOfAllMissesIt_thenFound() {
        var other = Story.product();
        story.changed(product, 1).changed(other, 1).with(story.list(3, part(product, 1)));

        assertBroken(invariant, story, other + " as missing");
    }

    @Test
    void givenAProductThatWasDeleted_whenAListOfAllMissesIt_thenKept() {
        story.changed(product, 1).deletedAt(1, product, 2).with(story.list(1.5)).with(story.list(9));

        assertKept(invariant, story);
    }

    @Test
    void givenAMark_whenThePartIsOlderThanItSays_thenFound() {
        story.changed(product, 3).markedReadAt(9, "product", 4, part(product, 2));

        assertBroken(invariant, story, "1.3 was there 5.0 s before");
    }

    @Test
    void givenAnAge_whenThePartIsOlderThanItSays_thenFound() {
        var young = story.changed(product, 3)
                .operation(4.2, Fact.Kind.READ, Fact.Outcome.OK, 200, List.of(part(product, 2)), Map.of(), Map.of());
        story.with(new Fact.Operation(
                young.number(),
                young.client(),
                young.tenant(),
                young.via(),
                young.kind(),
                young.action(),
                young.began(),
                young.took(),
                young.outcome(),
                young.status(),
                young.parts(),
                young.minimum(),
                0,
                young.stale(),
                young.strangers()));

        assertBroken(invariant, story, "1.3 was there 1.0 s before");
    }
}
