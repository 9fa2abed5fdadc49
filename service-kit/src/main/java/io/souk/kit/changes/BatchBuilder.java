package io.souk.kit.changes;

import java.util.ArrayList;
import java.util.List;

/** Takes the events that fit into one answer, and keeps the positions behind all that was looked at. */
final class BatchBuilder {
    /** Of events in one answer; a first one that is larger goes alone. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final Wanted wanted;
    private final int limit;
    private final Positions positions;
    private final List<byte[]> events = new ArrayList<>();
    private int bytes;

    BatchBuilder(Wanted wanted, Positions from, int limit) {
        this.wanted = wanted;
        this.limit = limit;
        positions = from.copy();
    }

    /** Passes an event by or takes it; false, with nothing changed, when it is wanted and there is no room for it. */
    boolean look(FeedEvent event) {
        if (event.offset() >= positions.get(event.topic(), event.partition())) {
            if (wanted.takes(event)) {
                if (isFull(event.json().length)) {
                    return false;
                }
                events.add(event.json());
                bytes += event.json().length;
            }
            positions.set(event.topic(), event.partition(), event.offset() + 1);
        }
        return true;
    }

    Positions positions() {
        return positions;
    }

    Batch build(Place place, boolean more) {
        return new Batch(List.copyOf(events), place, more);
    }

    private boolean isFull(int added) {
        return events.size() == limit || (!events.isEmpty() && bytes + added > MAX_BYTES);
    }
}
