package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Timeline;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import io.souk.chaos.evidence.Trade.OrderTold;
import io.souk.chaos.evidence.Trade.ReservationAtRest;
import io.souk.chaos.evidence.Trade.ReservationTold;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** 14: nothing is held for nobody: a reservation ends once, with its order, by its owner or with its time, and soon after that. */
final class HoldsEnd implements Invariant {
    /** One second is promised; the rest is for a sweep and a commit that share two processors with all else. */
    private static final long BOUND_MICROS = 3_000_000;

    /** After a fault, connections and locks of which nobody will hear any more go on for some seconds. */
    private static final long AFTERMATH_MICROS = 30_000_000;

    /** What stands in the way of the sweep: the database, the service, and the way between them. */
    private static final Set<String> STRIKES = Set.of(
            "postgres",
            "inventory-1",
            "inventory-2",
            "inventory-1 to postgres",
            "inventory-2 to postgres",
            "all to postgres",
            "inventory");

    /** What stands between an order and its reservation. */
    private static final Set<String> BETWEEN = Set.of(
            "postgres",
            "kafka",
            "inventory-1",
            "inventory-2",
            "orders-1",
            "orders-2",
            "inventory-1 to postgres",
            "inventory-2 to postgres",
            "inventory-1 to kafka",
            "inventory-2 to kafka",
            "orders-1 to postgres",
            "orders-2 to postgres",
            "orders-1 to kafka",
            "orders-2 to kafka",
            "all to postgres",
            "all to kafka",
            "inventory",
            "orders");

    private static final Set<String> ENDED = Set.of("RELEASED", "EXPIRED", "REFUSED");

    @Override
    public int number() {
        return 14;
    }

    @Override
    public String says() {
        return "No reservation is OPEN without a live saga or owner; each ends once, and when its time is over";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var orders = evidence.all(OrderAtRest.class).stream()
                .collect(Collectors.toMap(OrderAtRest::thing, OrderAtRest::status, (a, _) -> a));
        for (var reservation : evidence.all(ReservationAtRest.class)) {
            if (ReservedIsHeld.HOLDING.contains(reservation.status()) && reservation.orderId() != null) {
                var order = new Thing(Thing.ORDER, reservation.thing().tenant(), reservation.orderId());
                var status = orders.get(order);
                count.that(
                        status != null && !Statuses.UNSOLD.contains(status) && isOfOne(reservation.status(), status),
                        () -> "%s is %s, and %s is %s"
                                .formatted(reservation.thing(), reservation.status(), order, status));
            } else if (reservation.status().equals("OPEN")) {
                count.that(
                        reservation.at() <= reservation.expiresAt() + BOUND_MICROS,
                        () -> "%s is open %.1f s after its time"
                                .formatted(reservation.thing(), (reservation.at() - reservation.expiresAt()) / 1e6));
            }
        }
        ends(count, evidence);
        follow(count, evidence);
        return count.verdict();
    }

    /** What is sold is held for good; what is held for a while has an order that is under way. */
    private static boolean isOfOne(String reservation, String order) {
        return reservation.equals("CONFIRMED") || !Statuses.SOLD.contains(order);
    }

    private static void ends(Verdict.Count count, Evidence evidence) {
        var told = new HashMap<Thing, TreeMap<Order, ReservationTold>>();
        evidence.all(ReservationTold.class)
                .forEach(one ->
                        told.computeIfAbsent(one.thing(), _ -> new TreeMap<>()).put(one.order(), one));
        var strikes = strikes(evidence, STRIKES);
        told.forEach((thing, events) -> {
            var statuses = events.values().stream().map(ReservationTold::status).toList();
            for (int i = 1; i < statuses.size(); i++) {
                var before = statuses.get(i - 1);
                var after = statuses.get(i);
                count.that(
                        Statuses.mayReservation(before, after),
                        () -> "%s was %s after %s".formatted(thing, after, before));
            }
            events.values().stream()
                    .filter(event -> event.status().equals("EXPIRED"))
                    .forEach(event -> inTime(count, evidence.timeline(thing), event, strikes));
        });
    }

    /** Those that could not be done, too: they may have been done by half. */
    private static List<Fact.Harm> strikes(Evidence evidence, Set<String> targets) {
        return evidence.all(Fact.Harm.class).stream()
                .filter(harm -> targets.contains(harm.target()))
                .sorted(Comparator.comparingLong(Fact.Harm::began))
                .toList();
    }

    /** An order that ended without a sale holds nothing soon after: inventory hears of it through Kafka. */
    private static void follow(Verdict.Count count, Evidence evidence) {
        var strikes = strikes(evidence, BETWEEN);
        var ended = new HashMap<String, Long>();
        for (var order : evidence.all(OrderTold.class)) {
            if (Statuses.UNSOLD.contains(order.status())) {
                committed(evidence.timeline(order.thing()), order.order())
                        .ifPresent(moment -> ended.put(order.thing().id(), moment));
            }
        }
        evidence.all(ReservationTold.class).stream()
                .filter(one -> ENDED.contains(one.status()) && ended.containsKey(String.valueOf(one.orderId())))
                .forEach(one -> committed(evidence.timeline(one.thing()), one.order())
                        .ifPresent(moment -> {
                            long since = ended.getOrDefault(String.valueOf(one.orderId()), moment);
                            long latest = latest(since, AFTERMATH_MICROS, strikes);
                            count.that(
                                    moment <= latest,
                                    () -> "%s was %s %.1f s after order %s had ended"
                                            .formatted(
                                                    one.thing(), one.status(), (moment - since) / 1e6, one.orderId()));
                        }));
    }

    private static Optional<Long> committed(Timeline timeline, Order order) {
        return timeline.states().stream()
                .filter(state -> state.order().equals(order))
                .map(Timeline.State::committed)
                .findFirst();
    }

    /** Not before its time, and soon after it, or after what stood in the way. */
    private static void inTime(Verdict.Count count, Timeline timeline, ReservationTold event, List<Fact.Harm> strikes) {
        committed(timeline, event.order()).ifPresent(moment -> {
            long latest = latest(event.expiresAt(), BOUND_MICROS, strikes);
            count.that(
                    event.expiresAt() <= moment && moment <= latest,
                    () -> "%s expired at %d; its time was %d, and it should have by %d"
                            .formatted(event.thing(), moment, event.expiresAt(), latest));
        });
    }

    private static long latest(long since, long bound, List<Fact.Harm> strikes) {
        long latest = since + bound;
        for (var strike : strikes) {
            if (strike.began() <= latest && since <= strike.healed() + AFTERMATH_MICROS) {
                latest = Math.max(latest, strike.healed() + AFTERMATH_MICROS);
            }
        }
        return latest;
    }
}
