package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** 1: commit and log are the same, version by version, and what a client was told is done is in both. */
final class EveryChangeIsTold implements Invariant {
    /** A payment is told from its second version on: with the first one it only waits for the stock. */
    private static final Map<String, Order> UNTOLD = Map.of(Thing.PAYMENT, Order.of(1));

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String says() {
        return "Every committed change has exactly its versions in the topic, the last is the database's";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var told = new HashSet<String>();
        var last = new HashMap<Thing, Order>();
        for (var record : evidence.log()) {
            var thing = record.thing();
            if (thing != null) {
                told.add(record.event() + " " + thing + " " + record.order());
                last.merge(thing, record.order(), (a, b) -> a.isBefore(b) ? b : a);
            }
        }
        for (var commit : evidence.all(Fact.Commit.class)) {
            count.that(
                    told.contains(commit.event() + " " + commit.thing() + " " + commit.order()),
                    () -> "%s %s was committed and is not in the topic".formatted(commit.thing(), commit.order()));
        }
        evidence.timelines().forEach((thing, timeline) -> {
            contiguous(
                    count,
                    thing,
                    timeline.states().stream().map(state -> state.order()).toList());
        });
        rows(count, evidence, last);
        acknowledged(count, evidence);
        return count.verdict();
    }

    private static void contiguous(Verdict.Count count, Thing thing, Iterable<Order> orders) {
        var before = UNTOLD.getOrDefault(thing.aggregate(), Order.NONE);
        for (var order : orders) {
            var previous = before;
            count.that(
                    order.version() == previous.version() + 1,
                    () -> "%s has %s after %s".formatted(thing, order, previous));
            before = order;
        }
    }

    private static void rows(Verdict.Count count, Evidence evidence, Map<Thing, Order> last) {
        for (var row : evidence.all(Fact.Row.class)) {
            count.that(
                    row.order().equals(last.get(row.thing())),
                    () -> "%s is %s in the database, and %s is the last in the topic"
                            .formatted(row.thing(), row.order(), last.get(row.thing())));
        }
    }

    private static void acknowledged(Verdict.Count count, Evidence evidence) {
        for (var operation : evidence.all(Fact.Operation.class)) {
            if (operation.kind() == Fact.Kind.WRITE && operation.outcome() == Fact.Outcome.OK) {
                for (var part : operation.parts()) {
                    count.that(
                            evidence.timeline(part.thing()).has(part.order()),
                            () -> "%s %s was acknowledged to %s and is not committed"
                                    .formatted(part.thing(), part.order(), operation.client()));
                }
            }
        }
    }
}
