package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;

import java.util.HashMap;
import java.util.Map;

/** 6: who says what it has seen is not shown less. */
final class MinimumIsKept implements Invariant {
    @Override
    public int number() {
        return 6;
    }

    @Override
    public String says() {
        return "With Souk-Min-Version never older than it, so who sends the highest it saw never goes back";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var seen = new HashMap<String, Map<Thing, Order>>();
        for (var read : evidence.reads()) {
            var highest = seen.computeIfAbsent(read.client(), _ -> new HashMap<>());
            for (var part : read.parts()) {
                var asked = read.minimum().get(part.thing());
                if (asked != null) {
                    var least = later(asked, highest.getOrDefault(part.thing(), Order.NONE));
                    count.that(
                            part.live()
                                    ? !part.order().isBefore(least)
                                    : wasDeleted(evidence, read, part.thing(), least),
                            () -> "operation %d (%s by %s) asked %s for at least %s and read %s"
                                    .formatted(
                                            read.number(),
                                            read.action(),
                                            read.via(),
                                            part.thing(),
                                            least,
                                            part.live() ? part.order() : "nothing"));
                }
                highest.merge(part.thing(), part.order(), MinimumIsKept::later);
            }
        }
        return count.verdict();
    }

    private static Order later(Order one, Order other) {
        return one.isBefore(other) ? other : one;
    }

    private static boolean wasDeleted(Evidence evidence, Fact.Operation read, Thing thing, Order least) {
        return evidence.timeline(thing).between(least, read.ended()).stream()
                .anyMatch(state -> !state.live() || !state.shown());
    }
}
