package io.souk.chaos.check;

import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.LevelAtRest;
import io.souk.chaos.evidence.Trade.LevelSeen;
import io.souk.chaos.evidence.Trade.ReservationAtRest;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;

class ReservedIsHeldTest {
    private final ReservedIsHeld invariant = new ReservedIsHeld();
    private final Story story = new Story();
    private final Thing level = Story.thing(Thing.STOCK);

    @Test
    void givenOpenAndConfirmedReservations_whenTheyAddUp_thenKept() {
        story.with(reserved(5)).with(holds("OPEN", 2)).with(holds("CONFIRMED", 3));

        assertKept(invariant, story);
    }

    @Test
    void givenReservationsThatHaveEnded_whenNothingIsReserved_thenKept() {
        story.with(reserved(0))
                .with(holds("RELEASED", 1))
                .with(holds("EXPIRED", 2))
                .with(holds("REFUSED", 3))
                .with(holds("SHIPPED", 4));

        assertKept(invariant, story);
    }

    @Test
    void givenMoreReservedThanIsHeld_whenChecked_thenFound() {
        story.with(reserved(5)).with(holds("OPEN", 2)).with(holds("RELEASED", 3));

        assertBroken(invariant, story, "has 5 reserved, and reservations hold 2");
    }

    @Test
    void givenUnitsReservedForNobody_whenChecked_thenFound() {
        story.with(reserved(1));

        assertBroken(invariant, story, "reservations hold nothing");
    }

    @Test
    void givenUnitsOfALevelThatIsNotThere_whenChecked_thenFound() {
        story.with(holds("CONFIRMED", 2));

        assertBroken(invariant, story, "2 are held of " + level + ", which there is not");
    }

    @Test
    void givenAReservationThatIsShipped_whenNotAllOfItHasLeft_thenFound() {
        story.with(has("SHIPPED", 3, Map.of(level.id(), 2L)));

        assertBroken(invariant, story, "has left for it");
    }

    @Test
    void givenAReservationThatIsNotShipped_whenSomeOfItHasLeft_thenFound() {
        story.with(has("RELEASED", 3, Map.of(level.id(), 3L)));

        assertBroken(invariant, story, "has left for it");
    }

    @Test
    void givenALevelInTheRun_whenMoreIsReservedThanHeld_thenFound() {
        story.with(new LevelSeen(level, 5, 3, 5, 2));

        assertBroken(invariant, story, "had 3 reserved in the run, and reservations held 2");
    }

    @Test
    void givenALiveReservationOfNothing_whenChecked_thenFound() {
        story.with(new ReservationAtRest(
                Story.thing(Thing.RESERVATION), "OPEN", null, "somebody", 0, Map.of(), Map.of(), 0));

        assertBroken(invariant, story, "is OPEN and holds nothing");
    }

    private LevelAtRest reserved(long units) {
        return new LevelAtRest(level, 9, units, 9);
    }

    private ReservationAtRest holds(String status, long units) {
        return has(status, units, status.equals("SHIPPED") ? Map.of(level.id(), units) : Map.of());
    }

    private ReservationAtRest has(String status, long units, Map<String, Long> shipped) {
        return new ReservationAtRest(
                Story.thing(Thing.RESERVATION), status, null, "somebody", 0, Map.of(level.id(), units), shipped, 0);
    }
}
