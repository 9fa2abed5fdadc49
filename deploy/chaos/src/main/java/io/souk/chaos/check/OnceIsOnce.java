package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.Asked;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import io.souk.chaos.evidence.Trade.OrderTold;
import io.souk.chaos.evidence.Trade.ReservationAtRest;
import io.souk.chaos.evidence.Trade.ReservationTold;
import io.souk.chaos.evidence.Trade.Shown;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** 15: however often a key is sent, one thing comes of it, none of what was refused; and an answer says what the event says. */
final class OnceIsOnce implements Invariant {
    @Override
    public int number() {
        return 15;
    }

    @Override
    public String says() {
        return "A key makes one order or reservation, what was refused none; answers say what the events say";
    }

    /** What a customer of the suite has made, all of it in one visit. */
    private record Customer(String tenant, String name, String aggregate) {}

    /** What an order or a reservation is at one version. */
    private record State(String status, @Nullable Long total) {}

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var there = there(evidence);
        evidence.all(Asked.class).stream()
                .collect(Collectors.groupingBy(
                        asked -> new Customer(asked.tenant(), asked.customer(), asked.aggregate())))
                .forEach((customer, asked) -> check(count, customer, asked, there.getOrDefault(customer, Set.of())));
        answers(count, evidence);
        return count.verdict();
    }

    private static Map<Customer, Set<Thing>> there(Evidence evidence) {
        var there = new HashMap<Customer, Set<Thing>>();
        for (var order : evidence.all(OrderAtRest.class)) {
            add(there, order.thing(), order.customer());
        }
        for (var reservation : evidence.all(ReservationAtRest.class)) {
            if (reservation.owner() != null) {
                add(there, reservation.thing(), reservation.owner());
            }
        }
        return there;
    }

    private static void add(Map<Customer, Set<Thing>> there, Thing thing, String name) {
        there.computeIfAbsent(new Customer(thing.tenant(), name, thing.aggregate()), _ -> new HashSet<>())
                .add(thing);
    }

    private static void check(Verdict.Count count, Customer customer, List<Asked> asked, Set<Thing> there) {
        var made = new HashSet<Thing>();
        var open = new HashSet<String>();
        asked.stream().collect(Collectors.groupingBy(Asked::key)).forEach((key, times) -> {
            var answers =
                    times.stream().map(Asked::made).filter(Objects::nonNull).collect(Collectors.toSet());
            count.that(answers.size() <= 1, () -> "%s was told of %s for one key".formatted(customer, answers));
            made.addAll(answers);
            if (answers.isEmpty() && times.stream().anyMatch(one -> one.outcome() == Outcome.UNKNOWN)) {
                open.add(key);
            }
        });
        made.forEach(thing -> count.that(
                there.contains(thing), () -> "%s was told of %s, which is not there".formatted(customer, thing)));
        count.that(
                there.size() <= made.size() + open.size(),
                () -> "%s has %s, and was told of %s; of %d keys nobody knows"
                        .formatted(customer, there, made, open.size()));
    }

    private static void answers(Verdict.Count count, Evidence evidence) {
        var told = new HashMap<Thing, Map<Order, State>>();
        evidence.all(OrderTold.class)
                .forEach(order -> told.computeIfAbsent(order.thing(), _ -> new HashMap<>())
                        .put(order.order(), new State(order.status(), order.total())));
        evidence.all(ReservationTold.class)
                .forEach(one -> told.computeIfAbsent(one.thing(), _ -> new HashMap<>())
                        .put(one.order(), new State(one.status(), null)));
        for (var shown : evidence.all(Shown.class)) {
            var state = told.getOrDefault(shown.thing(), Map.of()).get(shown.order());
            count.that(
                    new State(shown.status(), shown.total()).equals(state),
                    () -> "operation %d shows %s %s as %s of %s, and its event says %s"
                            .formatted(
                                    shown.operation(),
                                    shown.thing(),
                                    shown.order(),
                                    shown.status(),
                                    shown.total(),
                                    state));
        }
    }
}
