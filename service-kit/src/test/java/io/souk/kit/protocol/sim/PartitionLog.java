package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Watermarks;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** One partition of a compacted topic: records in transactions and others, the last stable offset, compaction. */
final class PartitionLog {
    enum Fate {
        OPEN,
        COMMITTED,
        ABORTED
    }

    /** A record where it lies; an event or a heartbeat. */
    static final class Entry {
        final long offset;
        final @Nullable Event event;
        final @Nullable Watermarks heartbeat;
        final long appendedAt;
        final long toldBefore;
        Fate fate;
        long cleanedAt = Long.MAX_VALUE;

        Entry(long offset, @Nullable Event event, @Nullable Watermarks heartbeat, long at, long toldBefore, Fate fate) {
            this.offset = offset;
            this.event = event;
            this.heartbeat = heartbeat;
            this.appendedAt = at;
            this.toldBefore = toldBefore;
            this.fate = fate;
        }

        int key() {
            return event == null ? -1 : event.key();
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private long next;
    private long told;

    Entry append(Event event, long now) {
        var entry = new Entry(next++, event, null, now, told, Fate.OPEN);
        entries.add(entry);
        return entry;
    }

    void heartbeat(Watermarks watermarks, long now) {
        told = Math.max(told, watermarks.ownMicros());
        entries.add(new Entry(next++, null, watermarks, now, told, Fate.COMMITTED));
    }

    /** The marker that ends a transaction takes an offset too. */
    void marker() {
        next++;
    }

    /** The offset that the next record will have for one who reads committed records only. */
    long stableEnd() {
        for (var entry : entries) {
            if (entry.fate == Fate.OPEN) {
                return entry.offset;
            }
        }
        return next;
    }

    /** Whether a reader of committed records finds anything behind the offset. */
    boolean hasAfter(long offset) {
        for (int i = firstAt(offset + 1); i < entries.size(); i++) {
            if (entries.get(i).fate != Fate.ABORTED) {
                return entries.get(i).fate == Fate.COMMITTED;
            }
        }
        return false;
    }

    List<Entry> poll(long from, int most) {
        var polled = new ArrayList<Entry>();
        for (int i = firstAt(from); i < entries.size(); i++) {
            var entry = entries.get(i);
            if (entry.fate == Fate.OPEN || polled.size() == most) {
                break;
            }
            if (entry.fate == Fate.COMMITTED) {
                polled.add(entry);
            }
        }
        return polled;
    }

    List<Entry> all() {
        return entries;
    }

    /** The own watermark that a reader at the end of the log knows. */
    long toldUpToEnd() {
        long watermark = 0;
        for (var entry : entries) {
            if (entry.fate == Fate.OPEN) {
                break;
            }
            if (entry.heartbeat != null) {
                watermark = Math.max(watermark, entry.heartbeat.ownMicros());
            }
        }
        return watermark;
    }

    /** Removes what a later record of its key has replaced, and null tombstones whose time is over. */
    void compact(long now, long lag, long tombstones) {
        long end = stableEnd();
        var last = new HashMap<Integer, Long>();
        int cleanable = 0;
        for (var entry : entries) {
            if (entry.offset >= end || entry.appendedAt > now - lag) {
                break;
            }
            cleanable++;
            if (entry.fate == Fate.COMMITTED) {
                last.put(entry.key(), entry.offset);
            }
        }
        for (int i = cleanable - 1; i >= 0; i--) {
            var entry = entries.get(i);
            boolean replaced = entry.fate == Fate.ABORTED || entry.offset < last.get(entry.key());
            if (replaced || (isPurge(entry) && now >= entry.cleanedAt + tombstones && entry.cleanedAt < now)) {
                entries.remove(i);
            } else {
                entry.cleanedAt = Math.min(entry.cleanedAt, now);
            }
        }
    }

    private static boolean isPurge(Entry entry) {
        return entry.event != null && entry.event.kind() == Event.Kind.PURGED && entry.cleanedAt != Long.MAX_VALUE;
    }

    private int firstAt(long offset) {
        int i = entries.size();
        while (i > 0 && entries.get(i - 1).offset >= offset) {
            i--;
        }
        return i;
    }
}
