package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Trade.Approved;
import io.souk.chaos.evidence.Trade.Call;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.evidence.Trade.MoveAtRest;
import io.souk.chaos.evidence.Trade.Moved;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import io.souk.chaos.evidence.Trade.Payment;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** 18: who holds the money says the same as we do: what the provider has approved is what the orders' payments say, and nothing else. */
final class ProviderAgrees implements Invariant {
    @Override
    public int number() {
        return 18;
    }

    @Override
    public String says() {
        return "The provider's own books hold, have taken and have given back what the orders' payments say";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var books =
                new HashMap<>(evidence.all(Approved.class).stream().collect(Collectors.groupingBy(Approved::payment)));
        var moves = evidence.all(MoveAtRest.class).stream()
                .filter(move -> !move.refused())
                .collect(Collectors.groupingBy(MoveAtRest::of));
        for (var order : evidence.all(OrderAtRest.class)) {
            var payment = order.payment();
            if (payment != null) {
                var approved = books.remove(payment.id());
                check(
                        count,
                        order,
                        payment,
                        approved == null ? List.of() : approved,
                        moves.getOrDefault(order.thing().id(), List.of()));
            }
        }
        books.forEach((payment, approved) -> count.that(
                false, () -> "the provider has %s, and no order has payment %s".formatted(approved, payment)));
        return count.verdict();
    }

    private static void check(
            Verdict.Count count,
            OrderAtRest order,
            Payment payment,
            Collection<Approved> approved,
            Collection<MoveAtRest> moves) {
        var setAside = approved.stream()
                .filter(call -> call.kind() == Call.AUTHORISE)
                .map(Approved::amount)
                .collect(Collectors.toSet());
        // A void is final: an authorisation that is on its way by then comes to nothing.
        boolean voided = approved.stream().anyMatch(call -> call.kind() == Call.VOID);
        boolean holds = !setAside.isEmpty() && !voided;
        count.that(
                holds == payment.status().equals("AUTHORISED")
                        && (setAside.isEmpty() || setAside.equals(Set.of(payment.amount()))),
                () -> "%s is %s, its payment %s, and the provider has %s"
                        .formatted(order.thing(), order.status(), payment, approved));
        moved(count, order, Move.CAPTURE, Call.CAPTURE, approved, moves);
        moved(count, order, Move.REFUND, Call.REFUND, approved, moves);
    }

    private static void moved(
            Verdict.Count count,
            OrderAtRest order,
            Move move,
            Call call,
            Collection<Approved> approved,
            Collection<MoveAtRest> moves) {
        var there = approved.stream()
                .filter(one -> one.kind() == call)
                .map(one -> new Moved(String.valueOf(one.movement()), one.amount() == null ? 0 : one.amount()))
                .collect(Collectors.toSet());
        var here = moves.stream()
                .filter(one -> one.move() == move)
                .map(one -> new Moved(one.id(), one.quantity()))
                .collect(Collectors.toSet());
        count.that(
                there.equals(here),
                () -> "%s is %s with each %s of %s, and the provider has %s"
                        .formatted(order.thing(), order.status(), move, here, there));
    }
}
