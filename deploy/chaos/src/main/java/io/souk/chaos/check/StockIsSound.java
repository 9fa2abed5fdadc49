package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.LevelAtRest;
import io.souk.chaos.evidence.Trade.LevelSeen;
import io.souk.chaos.evidence.Trade.LevelTold;

import java.util.HashMap;

/** 11: never is more promised than there is, at no version of any level; and the ledger says how much there is. */
final class StockIsSound implements Invariant {
    /** Until all is at rest, and some more: a lot whose last day ends meanwhile may be told either way. */
    private static final long AFTER_MICROS = 600_000_000;

    @Override
    public int number() {
        return 11;
    }

    @Override
    public String says() {
        return "At every version available >= 0 and on hand = available + reserved; on hand is what the ledger says";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var run = evidence.all(Fact.Run.class).stream().findFirst();
        var last = new HashMap<Thing, LevelTold>();
        for (var level : evidence.all(LevelTold.class)) {
            long free = level.onHand() - level.reserved();
            count.that(
                    level.available() >= 0 && level.reserved() >= 0 && free >= 0,
                    () -> "%s %s has %d on hand, %d reserved and %d available"
                            .formatted(
                                    level.thing(), level.order(), level.onHand(), level.reserved(), level.available()));
            var until = level.until();
            boolean mayBeOver =
                    run.isPresent() && until != null && until <= run.get().healed() + AFTER_MICROS;
            boolean mustBeOver =
                    run.isPresent() && until != null && until <= run.get().began();
            count.that(
                    (level.available() == free && !mustBeOver) || (level.available() == 0 && mayBeOver),
                    () -> "%s %s has %d available of %d on hand and %d reserved, its lot ends at %s"
                            .formatted(
                                    level.thing(),
                                    level.order(),
                                    level.available(),
                                    level.onHand(),
                                    level.reserved(),
                                    until));
            last.merge(level.thing(), level, (a, b) -> a.order().isBefore(b.order()) ? b : a);
        }
        for (var level : evidence.all(LevelSeen.class)) {
            count.that(
                    level.onHand() == level.moved(),
                    () -> "%s had %d on hand in the run, and its ledger %d"
                            .formatted(level.thing(), level.onHand(), level.moved()));
        }
        for (var level : evidence.all(LevelAtRest.class)) {
            count.that(
                    level.onHand() == level.moved(),
                    () -> "%s has %d on hand, and its ledger %d"
                            .formatted(level.thing(), level.onHand(), level.moved()));
            var told = last.get(level.thing());
            count.that(
                    told == null
                            ? level.onHand() == 0 && level.reserved() == 0
                            : told.onHand() == level.onHand() && told.reserved() == level.reserved(),
                    () -> "%s has %d on hand and %d reserved, and its last event says %s"
                            .formatted(level.thing(), level.onHand(), level.reserved(), told));
        }
        return count.verdict();
    }
}
