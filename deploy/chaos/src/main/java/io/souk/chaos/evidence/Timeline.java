package io.souk.chaos.evidence;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The committed states of one thing, and from when on each of them was surely to be seen. */
public final class Timeline {
    /**
     * One state.
     *
     * @param committed not before it was it to be seen
     * @param seen from then on it was, or a later one
     * @param live false when it is deleted
     * @param shown false while only its tenant's staff sees it
     * @param units of a stock level, how many there are to be had; null where that is not known
     */
    public record State(
            Order order,
            long committed,
            long seen,
            boolean live,
            boolean shown,
            @Nullable Long units) {}

    private final NavigableMap<Order, State> states = new TreeMap<>();

    Timeline(List<State> all) {
        long seen = Long.MAX_VALUE;
        var latestFirst = new ArrayList<>(all);
        latestFirst.sort(Comparator.comparing(State::order).reversed());
        for (var state : latestFirst) {
            seen = Math.min(seen, state.seen()); // who sees a later one does not miss this one
            states.put(
                    state.order(),
                    new State(state.order(), state.committed(), seen, state.live(), state.shown(), state.units()));
        }
    }

    /** All of them, in their order. */
    public List<State> states() {
        return List.copyOf(states.values());
    }

    /** Whether there is such a state. */
    public boolean has(Order order) {
        return states.containsKey(order);
    }

    /** The newest that was surely to be seen at that moment; {@link Order#NONE} when none was. */
    public Order newestSeenAt(long moment) {
        var newest = Order.NONE;
        for (var state : states.values()) {
            if (state.seen() > moment) {
                break;
            }
            newest = state.order();
        }
        return newest;
    }

    /** The states that a read may have met: from the least that it had to show to the last that had been committed when it ended. */
    public List<State> between(Order least, long ended) {
        return states.tailMap(least, true).values().stream()
                .filter(state -> state.committed() <= ended)
                .toList();
    }

    /** The order and moment of the deletion, where the last state is one. */
    public Optional<State> end() {
        return states.isEmpty() || states.lastEntry().getValue().live()
                ? Optional.empty()
                : Optional.of(states.lastEntry().getValue());
    }
}
