package io.souk.chaos.check;

import io.souk.chaos.evidence.Deed;
import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Fact.Operation;
import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.evidence.Trade.MoveAsked;
import io.souk.chaos.evidence.Trade.MoveAtRest;
import io.souk.chaos.evidence.Trade.OrderAtRest;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was done in a run: promises about what nobody has got done are kept by nobody.
 *
 * @param micros how long its clients went on
 * @param done how often each thing was
 * @param orders how many ended in each status
 * @param moves how those with a key of their own came out
 */
public record Coverage(long micros, Map<Deed, Long> done, Map<String, Long> orders, Map<Move, Keys> moves) {
    /** In so long a run each deed succeeds many times. */
    private static final long LONG_MICROS = 480_000_000;

    public Coverage {
        done = new EnumMap<>(done);
        orders = new TreeMap<>(orders);
        moves = new EnumMap<>(moves);
    }

    /**
     * How many keys were answered how, and what is in the books.
     *
     * @param refused those of which nothing may have come
     */
    public record Keys(long acknowledged, long refused, long unknown, long booked, long refusedByProvider) {}

    static Coverage of(Evidence evidence) {
        var operations = evidence.all(Operation.class);
        return new Coverage(
                operations.isEmpty()
                        ? 0
                        : operations.getLast().began() - operations.getFirst().began(),
                done(operations),
                evidence.all(OrderAtRest.class).stream()
                        .collect(Collectors.groupingBy(OrderAtRest::status, Collectors.counting())),
                moves(evidence));
    }

    private static Map<Deed, Long> done(List<Operation> operations) {
        var actions = operations.stream()
                .filter(operation -> operation.kind() == Kind.WRITE && operation.outcome() == Outcome.OK)
                .collect(Collectors.groupingBy(Operation::action, Collectors.counting()));
        var done = new EnumMap<Deed, Long>(Deed.class);
        for (var deed : Deed.values()) {
            done.put(deed, actions.getOrDefault(deed.words(), 0L));
        }
        return done;
    }

    private static Map<Move, Keys> moves(Evidence evidence) {
        var all = new EnumMap<Move, Keys>(Move.class);
        for (var move : Move.values()) {
            var keys = evidence.all(MoveAsked.class).stream()
                    .filter(asked -> asked.move() == move)
                    .collect(Collectors.groupingBy(MoveAsked::key))
                    .values()
                    .stream()
                    .collect(Collectors.groupingBy(Coverage::outcome, Collectors.counting()));
            var booked = evidence.all(MoveAtRest.class).stream()
                    .filter(row -> row.move() == move)
                    .toList();
            all.put(
                    move,
                    new Keys(
                            keys.getOrDefault(Outcome.OK, 0L),
                            keys.getOrDefault(Outcome.FAIL, 0L),
                            keys.getOrDefault(Outcome.UNKNOWN, 0L),
                            booked.size(),
                            booked.stream().filter(MoveAtRest::refused).count()));
        }
        return all;
    }

    /** Of all times a key was sent. */
    private static Outcome outcome(List<MoveAsked> times) {
        var outcomes = times.stream().map(MoveAsked::outcome).collect(Collectors.toSet());
        return outcomes.contains(Outcome.OK)
                ? Outcome.OK
                : outcomes.contains(Outcome.UNKNOWN) ? Outcome.UNKNOWN : Outcome.FAIL;
    }

    /** What never succeeded although there was time enough. */
    public List<Deed> missing() {
        return micros < LONG_MICROS
                ? List.of()
                : done.entrySet().stream()
                        .filter(deed -> deed.getValue() == 0)
                        .map(Map.Entry::getKey)
                        .toList();
    }

    void print(PrintWriter out) {
        out.printf("Orders: %s%n", orders);
        moves.forEach((move, keys) -> out.printf(
                "%s: of %d keys %d acknowledged, %d refused, %d unknown; %d in the books, %d of them refused by the provider%n",
                move,
                keys.acknowledged() + keys.refused() + keys.unknown(),
                keys.acknowledged(),
                keys.refused(),
                keys.unknown(),
                keys.booked(),
                keys.refusedByProvider()));
        out.printf(
                "Done: %s%n",
                done.entrySet().stream()
                        .map(deed -> deed.getKey().words() + " " + deed.getValue())
                        .collect(Collectors.joining(", ")));
        if (!missing().isEmpty()) {
            out.printf(
                    "NEVER DONE in %d s, so the run says nothing of it: %s%n",
                    micros / 1_000_000, missing().stream().map(Deed::words).collect(Collectors.joining(", ")));
        }
    }
}
