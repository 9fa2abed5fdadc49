package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** 3: a key's records go up, but for records that were there before, and all of them are in one partition. */
final class OrderIsKept implements Invariant {
    @Override
    public int number() {
        return 3;
    }

    @Override
    public String says() {
        return "Per key, orders never go down except exact re-sends, and the last record is the highest";
    }

    /** What is known of a key so far. */
    private static final class Seen {
        final HashSet<String> records = new HashSet<>();
        Order highest = Order.NONE;
        Order last = Order.NONE;
        int partition;
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        Map<Thing, Seen> keys = new HashMap<>();
        for (var record : evidence.log()) {
            var thing = record.thing();
            if (thing == null) {
                continue;
            }
            var seen = keys.computeIfAbsent(thing, _ -> new Seen());
            boolean first = seen.records.isEmpty();
            boolean again = !seen.records.add(record.event() + " " + record.order());
            count.that(
                    (again || seen.highest.isBefore(record.order())) && (first || seen.partition == record.partition()),
                    () -> "%s %s at %s-%d:%d comes after %s"
                            .formatted(
                                    thing,
                                    record.order(),
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    seen.highest));
            seen.highest = seen.highest.isBefore(record.order()) ? record.order() : seen.highest;
            seen.last = record.order();
            seen.partition = record.partition();
        }
        keys.forEach((thing, seen) -> count.that(
                seen.last.equals(seen.highest),
                () -> "%s ends with %s, and %s was there".formatted(thing, seen.last, seen.highest)));
        return count.verdict();
    }
}
