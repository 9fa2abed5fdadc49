package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.LevelAtRest;
import io.souk.chaos.evidence.Trade.LevelSeen;
import io.souk.chaos.evidence.Trade.ReservationAtRest;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** 12: what a level has reserved is what live reservations have of it, and they have it from levels that there are. */
final class ReservedIsHeld implements Invariant {
    /** One that is shipped has taken its units along. */
    static final Set<String> HOLDING = Set.of("OPEN", "CONFIRMED");

    @Override
    public int number() {
        return 12;
    }

    @Override
    public String says() {
        return "What OPEN and CONFIRMED reservations hold of a level adds up to what it has reserved, and what is SHIPPED has left";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var held = new HashMap<Thing, Long>();
        for (var reservation : evidence.all(ReservationAtRest.class)) {
            boolean sent = reservation.status().equals("SHIPPED");
            count.that(
                    reservation.shipped().equals(sent ? reservation.units() : Map.of()),
                    () -> "%s is %s with %s, and %s has left for it"
                            .formatted(
                                    reservation.thing(),
                                    reservation.status(),
                                    reservation.units(),
                                    reservation.shipped()));
            if (HOLDING.contains(reservation.status())) {
                count.that(
                        !reservation.units().isEmpty(),
                        () -> "%s is %s and holds nothing".formatted(reservation.thing(), reservation.status()));
                reservation
                        .units()
                        .forEach((level, units) -> held.merge(
                                new Thing(Thing.STOCK, reservation.thing().tenant(), level), units, Long::sum));
            }
        }
        for (var level : evidence.all(LevelAtRest.class)) {
            var units = held.remove(level.thing());
            count.that(
                    level.reserved() == (units == null ? 0 : units),
                    () -> "%s has %d reserved, and reservations hold %s of it"
                            .formatted(level.thing(), level.reserved(), units == null ? "nothing" : units));
        }
        nowhere(count, held);
        for (var level : evidence.all(LevelSeen.class)) {
            count.that(
                    level.reserved() == level.held(),
                    () -> "%s had %d reserved in the run, and reservations held %d of it"
                            .formatted(level.thing(), level.reserved(), level.held()));
        }
        return count.verdict();
    }

    private static void nowhere(Verdict.Count count, Map<Thing, Long> held) {
        held.forEach((level, units) ->
                count.that(false, () -> "%d are held of %s, which there is not".formatted(units, level)));
    }
}
