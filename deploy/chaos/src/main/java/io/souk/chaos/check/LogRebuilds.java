package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/** 7: the log alone gives every view, every other table's copy, and the cache, byte for byte. */
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
        for (var view : evidence.all(Fact.Served.class)) {
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
        cache(count, evidence);
        tables(count, evidence);
        Misplaced.count(count, evidence, number());
        return count.verdict();
    }

    /**
     * A cache that is built from the log holds each view once, and none of what shows nothing. Where the suite's own poison is the
     * last record, nothing may be held until somebody reads: the protocol cannot know what it was.
     */
    private static void cache(Verdict.Count count, Evidence evidence) {
        var poisoned = new HashMap<Thing, Boolean>();
        for (var record : evidence.all(Fact.Told.class)) {
            if (record.thing() != null) {
                poisoned.put(record.thing(), record.poison());
            }
        }
        var built = new HashMap<Thing, List<String>>();
        for (var entry : evidence.all(Fact.Cached.class)) {
            if (entry.when().equals("rebuilt") && entry.bytes() != null) {
                built.computeIfAbsent(entry.thing(), _ -> new ArrayList<>()).add(entry.bytes());
            }
        }
        for (var view : evidence.all(Fact.Served.class)) {
            var found = built.getOrDefault(view.thing(), List.of());
            boolean shown = view.bytes() != null && !poisoned.getOrDefault(view.thing(), false);
            count.that(
                    found.equals(shown ? List.of(view.bytes()) : List.of()),
                    () -> "%s is %s in the rebuilt cache, and as the database's view (%s) %s"
                            .formatted(view.thing(), found, view.order(), view.bytes()));
        }
    }

    /** Tables that are emptied and filled from the topics have the same rows. */
    private static void tables(Verdict.Count count, Evidence evidence) {
        var before = new LinkedHashSet<Fact.Folded>();
        var anew = new LinkedHashSet<Fact.Folded>();
        for (var row : evidence.all(Fact.Folded.class)) {
            (row.anew() ? anew : before).add(new Fact.Folded(row.table(), false, row.row()));
        }
        before.forEach(row -> count.that(
                anew.contains(row), () -> "%s has no %s once it is filled anew".formatted(row.table(), row.row())));
        anew.stream()
                .filter(row -> !before.contains(row))
                .forEach(row -> count.that(
                        false, () -> "%s has %s only once it is filled anew".formatted(row.table(), row.row())));
    }

    private static boolean says(Fact.Told last, Fact.Served view) {
        return last.shown() ? Objects.equals(last.digest(), view.digest()) : view.digest() == null;
    }
}
