package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.evidence.Trade.MoveAsked;
import io.souk.chaos.evidence.Trade.MoveAtRest;
import io.souk.chaos.evidence.Trade.Moved;
import io.souk.chaos.evidence.Trade.OrderAtRest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** 17: money and goods move once for a key: what was acknowledged is in the books, and besides it only what nobody knows of. */
final class MovesAreOnce implements Invariant {
    @Override
    public int number() {
        return 17;
    }

    @Override
    public String says() {
        return "A key captures, refunds or receives once: acknowledged <= in the books <= acknowledged and unknown";
    }

    /** What the captures, or the refunds, of an order are counted in; or the receipts of a SKU. */
    private record Account(String tenant, Move move, String of) {}

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var asked = evidence.all(MoveAsked.class).stream()
                .collect(Collectors.groupingBy(one -> new Account(one.tenant(), one.move(), one.of())));
        var there = evidence.all(MoveAtRest.class).stream()
                .collect(Collectors.groupingBy(one -> new Account(one.tenant(), one.move(), one.of())));
        var statuses = evidence.all(OrderAtRest.class).stream()
                .collect(Collectors.toMap(order -> order.thing().id(), OrderAtRest::status, (a, _) -> a));
        var accounts = new HashSet<>(asked.keySet());
        accounts.addAll(there.keySet());
        accounts.forEach(account -> check(
                count,
                account,
                asked.getOrDefault(account, List.of()),
                there.getOrDefault(account, List.of()),
                unasked(account, statuses.getOrDefault(account.of(), ""), there)));
        return count.verdict();
    }

    /**
     * How many movements may come of the order itself: when it is sent, of what is left to capture; when it ends unsold, of what was
     * captured before, and of each capture that was under way.
     */
    private static int unasked(Account account, String status, Map<Account, List<MoveAtRest>> there) {
        return switch (account.move()) {
            case CAPTURE -> status.equals("FULFILLED") || status.equals("DELIVERED") ? 1 : 0;
            case REFUND ->
                Statuses.UNSOLD.contains(status)
                        ? 1
                                + there.getOrDefault(
                                                new Account(account.tenant(), Move.CAPTURE, account.of()), List.of())
                                        .size()
                        : 0;
            case RECEIPT -> 0;
        };
    }

    private static void check(
            Verdict.Count count, Account account, List<MoveAsked> asked, List<MoveAtRest> there, int unasked) {
        var rows = there.stream().collect(Collectors.toMap(MoveAtRest::id, row -> row, (a, _) -> a));
        var told = new HashMap<String, Moved>();
        var unknown = new HashMap<String, MoveAsked>();
        asked.stream().collect(Collectors.groupingBy(MoveAsked::key)).forEach((key, times) -> {
            var first = times.getFirst();
            var answers = times.stream()
                    .map(MoveAsked::moved)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            count.that(answers.size() <= 1, () -> "%s was told of %s for one key".formatted(account, answers));
            for (var moved : answers) {
                count.that(
                        told.put(moved.id(), moved) == null,
                        () -> "%s was told of %s for two keys".formatted(account, moved));
                count.that(
                        isThere(moved, rows) && (first.quantity() == null || first.quantity() == moved.quantity()),
                        () -> "%s was told of %s when it was asked for %s, and there is %s"
                                .formatted(account, moved, first.quantity(), rows.get(moved.id())));
            }
            if (answers.isEmpty() && times.stream().anyMatch(one -> one.outcome() == Outcome.UNKNOWN)) {
                unknown.put(key, first);
            }
        });
        count.that(
                there.size() <= told.size() + unknown.size() + unasked
                        && (unasked > 0 || isWithin(there, told, unknown)),
                () -> "%s has %s; it was told of %s, and nobody knows of %s"
                        .formatted(account, there, told.values(), unknown.values()));
    }

    private static boolean isThere(Moved moved, Map<String, MoveAtRest> rows) {
        var row = rows.get(moved.id());
        return row != null && row.quantity() == moved.quantity();
    }

    /** All that was there to be moved has no bound but the order's own, which is looked at elsewhere. */
    private static boolean isWithin(List<MoveAtRest> there, Map<String, Moved> told, Map<String, MoveAsked> unknown) {
        long most = told.values().stream().mapToLong(Moved::quantity).sum();
        for (var asked : unknown.values()) {
            var quantity = asked.quantity();
            if (quantity == null) {
                return true;
            }
            most += quantity;
        }
        return there.stream().mapToLong(MoveAtRest::quantity).sum() <= most;
    }
}
