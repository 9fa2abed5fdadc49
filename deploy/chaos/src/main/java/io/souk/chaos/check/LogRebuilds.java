package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;

import java.util.HashMap;
import java.util.Objects;

/** 7: the log alone gives every view, every other table's copy, and a cache with the same bytes. */
final class LogRebuilds implements Invariant {
    @Override
    public int number() {
        return 7;
    }

    @Override
    public String says() {
        return "Folding the topics into empty tables and an empty Redis gives the same views";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var folded = new HashMap<Thing, Fact.Told>();
        for (var record : evidence.log()) {
            if (record.thing() != null) {
                folded.merge(record.thing(), record, (a, b) -> a.order().isBefore(b.order()) ? b : a);
            }
        }
        var views = new HashMap<Thing, Fact.Served>();
        for (var view : evidence.all(Fact.Served.class)) {
            views.put(view.thing(), view);
            var last = folded.get(view.thing());
            count.that(
                    last == null ? view.digest() == null : says(last, view),
                    () -> "%s is %s as the log says, and another one as the database says: %s"
                            .formatted(view.thing(), last == null ? "nothing" : last.order(), view.order()));
        }
        for (var copy : evidence.all(Fact.Copy.class)) {
            var last = folded.get(copy.thing());
            count.that(
                    last != null && last.order().equals(copy.order()) && last.live() == copy.live(),
                    () -> "%s has %s at %s, and the log at %s"
                            .formatted(
                                    copy.holder(),
                                    copy.thing(),
                                    copy.order(),
                                    last == null ? Order.NONE : last.order()));
        }
        for (var entry : evidence.all(Fact.Cached.class)) {
            var view = views.get(entry.thing());
            if (entry.when().equals("rebuilt") && view != null) {
                count.that(
                        Objects.equals(view.bytes(), entry.bytes()),
                        () -> "%s has other bytes in the rebuilt cache (%s) than the database's view (%s)"
                                .formatted(entry.thing(), entry.order(), view.order()));
            }
        }
        Misplaced.count(count, evidence, number());
        return count.verdict();
    }

    private static boolean says(Fact.Told last, Fact.Served view) {
        return last.shown() ? Objects.equals(last.digest(), view.digest()) : view.digest() == null;
    }
}
