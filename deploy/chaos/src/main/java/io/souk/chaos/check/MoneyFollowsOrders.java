package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import io.souk.chaos.evidence.Trade.OrderTold;
import io.souk.chaos.evidence.Trade.Payment;
import io.souk.chaos.evidence.Trade.ReservationAtRest;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** 13: every order ends, once; who is sold something has paid and it is kept for them, and from all others nothing is kept. */
final class MoneyFollowsOrders implements Invariant {
    private static final Set<String> GIVEN_BACK = Set.of("VOIDED", "DECLINED");
    private static final Set<String> KEPT = Set.of("CONFIRMED", "SHIPPED");

    @Override
    public int number() {
        return 13;
    }

    @Override
    public String says() {
        return "Every order ends; confirmed <=> authorised or captured, else voided or refunded, and nothing held";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        steps(count, evidence);
        var reservations = evidence.all(ReservationAtRest.class).stream()
                .filter(reservation -> reservation.orderId() != null)
                .collect(Collectors.groupingBy(reservation ->
                        new Thing(Thing.ORDER, reservation.thing().tenant(), String.valueOf(reservation.orderId()))));
        for (var order : evidence.all(OrderAtRest.class)) {
            boolean sold = Statuses.SOLD.contains(order.status());
            count.that(
                    sold || Statuses.UNSOLD.contains(order.status()),
                    () -> "%s is still %s".formatted(order.thing(), order.status()));
            var payment = order.payment();
            count.that(
                    payment != null && payment.amount() == order.total() && addsUp(payment),
                    () -> "%s is of %d, and its payment %s".formatted(order.thing(), order.total(), payment));
            if (payment != null) {
                count.that(
                        sold ? isTaken(order.status(), payment) : isGivenBack(payment),
                        () -> "%s is %s, and its payment %s".formatted(order.thing(), order.status(), payment));
            }
            goods(count, order, sold, reservations.getOrDefault(order.thing(), List.of()));
        }
        return count.verdict();
    }

    /** Nothing is under way, nothing is more than what it is a part of, and each sum is that of its movements. */
    private static boolean addsUp(Payment payment) {
        return payment.capturing() == 0
                && payment.refunding() == 0
                && payment.captured() <= payment.amount()
                && payment.refunded() <= payment.captured()
                && payment.captured() == payment.moved()
                && payment.refunded() == payment.returned();
    }

    /** What was sent is captured wholly, unless the provider has refused. */
    private static boolean isTaken(String status, Payment payment) {
        return payment.status().equals("AUTHORISED")
                && (status.equals("CONFIRMED") || payment.captured() == payment.amount() || payment.refused() > 0);
    }

    private static boolean isGivenBack(Payment payment) {
        return GIVEN_BACK.contains(payment.status()) && payment.captured() == payment.refunded();
    }

    /** What is sold is kept by one reservation for good, or has left the house with it. */
    private static void goods(
            Verdict.Count count, OrderAtRest order, boolean sold, Collection<ReservationAtRest> reservations) {
        var kept = reservations.stream()
                .map(ReservationAtRest::status)
                .filter(status -> KEPT.contains(status) || ReservedIsHeld.HOLDING.contains(status))
                .toList();
        @Nullable
        String wanted =
                switch (order.status()) {
                    case "CONFIRMED" -> "CONFIRMED";
                    case "FULFILLED", "DELIVERED" -> "SHIPPED";
                    default -> null;
                };
        count.that(
                sold ? kept.equals(List.of(String.valueOf(wanted))) : kept.isEmpty(),
                () -> "%s is %s, and its reservations are %s".formatted(order.thing(), order.status(), kept));
    }

    private static void steps(Verdict.Count count, Evidence evidence) {
        var told = new HashMap<Thing, Map<Order, String>>();
        evidence.all(OrderTold.class)
                .forEach(order -> told.computeIfAbsent(order.thing(), _ -> new TreeMap<>())
                        .put(order.order(), order.status()));
        told.forEach((thing, statuses) -> {
            var before = "";
            for (var status : statuses.values()) {
                var previous = before;
                count.that(
                        previous.isEmpty() ? status.equals("PLACED") : Statuses.mayOrder(previous, status),
                        () -> "%s was %s after %s".formatted(thing, status, previous.isEmpty() ? "nothing" : previous));
                before = status;
            }
        });
    }
}
