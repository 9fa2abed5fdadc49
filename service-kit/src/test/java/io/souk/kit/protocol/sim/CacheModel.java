package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.Applied;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Position;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One Redis with the scripts of the protocol, section 4, in Java. Each public method is one command: it is done as a whole,
 * and a failover may take back the last ones.
 */
class CacheModel<B> {
    static final long LEASE_MICROS = 3_000_000;
    static final long ABSENT_MICROS = 5_000_000;
    private static final long FOR_EVER = Long.MAX_VALUE;

    enum Part {
        POSITION,
        LIST_POSITION,
        DATA,
        FLOOR,
        LEASE,
        COUNT,
        LIST,
        /** What the world knows and Redis does not: it goes back in time with the rest. */
        TRUTH
    }

    record Key(Part part, Generation generation, int id, String more) {
        Key(Part part, Generation generation, int id) {
            this(part, generation, id, "");
        }
    }

    private record Value(Object value, long expiresAt) {}

    private record Undo(Key key, @Nullable Value before, boolean first) {}

    enum Answer {
        OK,
        OLD,
        LOST,
        OTHER,
        GONE
    }

    long now;
    protected final Set<Protection> off;
    private final Map<Key, Value> values = new HashMap<>();
    private final List<Undo> log = new ArrayList<>();
    private boolean begins;

    CacheModel(Set<Protection> off) {
        this.off = off;
    }

    // --- the scripts

    /** Takes the place of {@code apply} in the slot of the shard. */
    Applied apply(Generation g, int shard, long prev, long offset, LogRecord<Version<B>> record) {
        begin();
        var refused = check(new Key(Part.POSITION, g, shard), prev);
        if (refused != null) {
            return refused;
        }
        switch (record) {
            case LogRecord.Heartbeat<Version<B>> _ -> {}
            case LogRecord.Change<Version<B>>(var version) -> offer(g, version);
            case LogRecord.Undecodable<Version<B>>(var version) -> invalidate(g, version);
            case LogRecord.Unreadable<Version<B>> _ -> throw new IllegalArgumentException("cannot be applied");
        }
        move(new Key(Part.POSITION, g, shard), offset, record);
        return new Applied.Ok();
    }

    /** Takes the place of {@code apply} in the slot of the lists. */
    Applied bump(Generation g, int shard, long prev, long offset, LogRecord<Version<B>> record, String fresh) {
        begin();
        var refused = check(new Key(Part.LIST_POSITION, g, shard), prev);
        if (refused != null) {
            return refused;
        }
        if (!(record instanceof LogRecord.Heartbeat<?>)) {
            var key = new Key(Part.COUNT, g, 0);
            Object count = value(key);
            set(key, off(Protection.RANDOM_COUNT) ? next(count) : fresh, FOR_EVER);
            bumped(g, record);
        }
        move(new Key(Part.LIST_POSITION, g, shard), offset, record);
        return new Applied.Ok();
    }

    Answer put(Generation g, int shard, Version<B> version) {
        begin();
        if (value(new Key(Part.POSITION, g, shard)) == null) {
            return Answer.GONE;
        }
        return offer(g, version) ? Answer.OK : Answer.OLD;
    }

    Answer fill(Generation g, int shard, int key, String token, @Nullable Order order, Entry<B> entry, B truth) {
        begin();
        if (value(new Key(Part.POSITION, g, shard)) == null) {
            return Answer.GONE;
        }
        var lease = new Key(Part.LEASE, g, key);
        if (!token.equals(value(lease)) && !off(Protection.LEASE)) {
            return Answer.LOST;
        }
        remove(lease);
        var floor = floor(g, key);
        if (order == null) {
            if (floor != null) {
                return Answer.OLD;
            }
            store(g, key, null, entry, truth, now + ABSENT_MICROS);
            return Answer.OK;
        }
        if (floor != null && order.compareTo(floor) < 0) {
            return Answer.OLD;
        }
        store(g, key, order, later(entry, data(g, key)), truth, FOR_EVER);
        return Answer.OK;
    }

    boolean takeLease(Generation g, int key, String token) {
        begin();
        return lend(g, key, token);
    }

    private boolean lend(Generation g, int key, String token) {
        var lease = new Key(Part.LEASE, g, key);
        if (value(lease) != null && !off(Protection.LEASE)) {
            return false;
        }
        set(lease, token, off(Protection.LEASE_TTL) ? FOR_EVER : now + LEASE_MICROS);
        return true;
    }

    /** What comes of asking for the right to fill a key. */
    sealed interface Claim<B> {
        record Taken<B>() implements Claim<B> {}

        record Held<B>() implements Claim<B> {}

        /** Something else is there than the reader saw, so it was not asked for. */
        record Changed<B>(Position position, Entry<B> data) implements Claim<B> {}

        /** There is no position. */
        record Gone<B>() implements Claim<B> {}
    }

    /**
     * Asks for the lease, unless something else is there than was seen.
     *
     * @param over whether it is taken whoever has it and whatever is there
     */
    Claim<B> claim(Generation g, int shard, int key, String token, @Nullable Entry<B> seen, boolean over) {
        begin();
        var position = (Position) value(new Key(Part.POSITION, g, shard));
        if (position == null) {
            return new Claim.Gone<>();
        }
        var data = data(g, key);
        if (!over && data != null && !beginsLike(data, seen)) {
            return new Claim.Changed<>(position, data);
        }
        if (over) {
            remove(new Key(Part.LEASE, g, key));
        }
        return lend(g, key, token) ? new Claim.Taken<>() : new Claim.Held<>();
    }

    private static boolean beginsLike(Entry<?> data, @Nullable Entry<?> seen) {
        return seen != null
                && data.getClass().equals(seen.getClass())
                && Objects.equals(orderOf(data), orderOf(seen))
                && data.asOf().equals(seen.asOf());
    }

    /** For an auditor who holds the row's lock: takes the data away and sets the floor, if they are as they were seen. */
    Answer mend(
            Generation g,
            int shard,
            int key,
            @Nullable Entry<B> seen,
            @Nullable Order seenFloor,
            @Nullable Order order) {
        begin();
        if (value(new Key(Part.POSITION, g, shard)) == null) {
            return Answer.GONE;
        }
        if (!Objects.equals(data(g, key), seen) || !Objects.equals(floor(g, key), seenFloor)) {
            return Answer.OTHER;
        }
        remove(new Key(Part.DATA, g, key));
        remove(new Key(Part.TRUTH, g, key));
        remove(new Key(Part.LEASE, g, key));
        if (order != null) {
            set(new Key(Part.FLOOR, g, key), order, FOR_EVER);
        }
        return Answer.OK;
    }

    // --- plain commands

    @Nullable
    Position position(Generation g, int shard) {
        return (Position) value(new Key(Part.POSITION, g, shard));
    }

    @Nullable
    Position listPosition(Generation g, int shard) {
        return (Position) value(new Key(Part.LIST_POSITION, g, shard));
    }

    @SuppressWarnings("unchecked")
    @Nullable
    Entry<B> data(Generation g, int key) {
        return (Entry<B>) value(new Key(Part.DATA, g, key));
    }

    @Nullable
    Order floor(Generation g, int key) {
        return (Order) value(new Key(Part.FLOOR, g, key));
    }

    @Nullable
    String lease(Generation g, int key) {
        return (String) value(new Key(Part.LEASE, g, key));
    }

    @Nullable
    String count(Generation g) {
        return (String) value(new Key(Part.COUNT, g, 0));
    }

    @Nullable
    Object list(Generation g, String count) {
        return value(new Key(Part.LIST, g, 0, count));
    }

    void makeCount(Generation g, String fresh) {
        begin();
        var key = new Key(Part.COUNT, g, 0);
        if (value(key) == null) {
            set(key, off(Protection.RANDOM_COUNT) ? next(null) : fresh, FOR_EVER);
        }
    }

    void storeList(Generation g, String count, Object list) {
        begin();
        set(new Key(Part.LIST, g, 0, count), list, FOR_EVER);
    }

    void place(Generation g, int shard, boolean lists, Position position) {
        begin();
        set(new Key(lists ? Part.LIST_POSITION : Part.POSITION, g, shard), position, FOR_EVER);
    }

    /** Deletes the positions of a generation. */
    void drop(Generation g) {
        begin();
        removeAll(
                key -> key.generation().equals(g) && (key.part() == Part.POSITION || key.part() == Part.LIST_POSITION));
    }

    void sweep(Generation g) {
        begin();
        removeAll(key -> key.generation().equals(g));
    }

    // --- what happens to it

    void evict(int id) {
        begin();
        removeAll(key -> key.id() == id
                && (key.part() == Part.DATA
                        || key.part() == Part.LEASE
                        || (key.part() == Part.TRUTH && key.more().isEmpty())));
    }

    /** One node of several is lost, with the slot of the shard or that of the lists. */
    void loseSlot(Predicate<Key> slot) {
        begin();
        removeAll(slot);
    }

    void flush() {
        begin();
        removeAll(_ -> true);
    }

    /** Every command so far is on every node: no failover takes it back. */
    void replicate() {
        log.clear();
    }

    /** Takes back the last commands, at most this many. */
    void failover(int commands) {
        for (int undone = 0; undone < commands && !log.isEmpty(); ) {
            var last = log.removeLast();
            if (last.before() == null) {
                values.remove(last.key());
            } else {
                values.put(last.key(), last.before());
            }
            if (last.first()) {
                undone++;
            }
        }
    }

    /** What a node that is some commands behind would have answered. */
    <R> R asOf(int commandsAgo, Supplier<R> read) {
        var keptValues = new HashMap<>(values);
        var keptLog = List.copyOf(log);
        failover(commandsAgo);
        try {
            return read.get();
        } finally {
            values.clear();
            values.putAll(keptValues);
            log.clear();
            log.addAll(keptLog);
        }
    }

    /** Called whenever data is stored. */
    protected void stored(Generation g, int key, Entry<B> entry, B truth) {}

    /** Called whenever a change replaces the count. */
    protected void bumped(Generation g, LogRecord<Version<B>> change) {}

    // --- below

    private @Nullable Applied check(Key key, long prev) {
        var position = (Position) value(key);
        if (position == null) {
            return new Applied.Gone();
        }
        return position.offset() == prev || off(Protection.POSITION_CHECK) ? null : new Applied.Gap(position);
    }

    private void move(Key key, long offset, LogRecord<?> record) {
        var position = (Position) value(key);
        if (position != null) {
            set(key, position.after(offset, record), FOR_EVER);
        }
    }

    private boolean offer(Generation g, Version<B> version) {
        var data = data(g, version.key());
        var floor = off(Protection.FLOOR) ? orderOf(data) : floor(g, version.key());
        int newer = floor == null ? 1 : version.order().compareTo(floor);
        if (newer < 0 || (newer == 0 && data != null)) {
            return false;
        }
        if (off(Protection.TOMBSTONE) && version.entry() instanceof Entry.Tombstone<B>) {
            store(g, version.key(), version.order(), version.entry(), version.truth(), FOR_EVER);
            remove(new Key(Part.DATA, g, version.key()));
        } else {
            store(g, version.key(), version.order(), version.entry(), version.truth(), FOR_EVER);
        }
        remove(new Key(Part.LEASE, g, version.key()));
        return true;
    }

    private void invalidate(Generation g, Version<B> version) {
        if (off(Protection.INVALID)) {
            return;
        }
        var floor = floor(g, version.key());
        if (floor == null || version.order().compareTo(floor) > 0) {
            set(new Key(Part.FLOOR, g, version.key()), version.order(), FOR_EVER);
        }
        remove(new Key(Part.DATA, g, version.key()));
        remove(new Key(Part.TRUTH, g, version.key()));
        remove(new Key(Part.LEASE, g, version.key()));
    }

    private void store(Generation g, int key, @Nullable Order order, Entry<B> entry, B truth, long expiresAt) {
        if (order != null && !off(Protection.FLOOR)) {
            set(new Key(Part.FLOOR, g, key), order, FOR_EVER);
        }
        set(new Key(Part.DATA, g, key), entry, expiresAt);
        stored(g, key, entry, truth);
    }

    /** An entry that is filled again keeps the later of two moments. */
    private static <B> Entry<B> later(Entry<B> entry, @Nullable Entry<B> before) {
        if (before == null
                || !isBefore(entry.asOf(), before.asOf())
                || !Objects.equals(orderOf(entry), orderOf(before))) {
            return entry;
        }
        return switch (entry) {
            case Entry.Live<B>(var order, var _, var validUntil, var body) ->
                new Entry.Live<>(order, before.asOf(), validUntil, body);
            case Entry.Tombstone<B>(var order, var _) -> new Entry.Tombstone<>(order, before.asOf());
            case Entry.Absent<B> absent -> absent;
        };
    }

    /** By the own moment first. */
    private static boolean isBefore(AsOf one, AsOf other) {
        return one.ownMicros() < other.ownMicros()
                || (one.ownMicros() == other.ownMicros() && one.foreignMicros() < other.foreignMicros());
    }

    static @Nullable Order orderOf(@Nullable Entry<?> entry) {
        return switch (entry) {
            case Entry.Live<?> live -> live.order();
            case Entry.Tombstone<?> tombstone -> tombstone.order();
            case Entry.Absent<?> _ -> null;
            case null -> null;
        };
    }

    private static String next(@Nullable Object count) {
        return Integer.toString(count == null ? 1 : Integer.parseInt((String) count) + 1);
    }

    protected boolean off(Protection protection) {
        return off.contains(protection);
    }

    protected void begin() {
        begins = true;
    }

    protected @Nullable Object value(Key key) {
        var value = values.get(key);
        return value == null || value.expiresAt() <= now ? null : value.value();
    }

    protected void set(Key key, Object value, long expiresAt) {
        log.add(new Undo(key, values.put(key, new Value(value, expiresAt)), begins));
        begins = false;
    }

    protected void set(Key key, Object value) {
        set(key, value, FOR_EVER);
    }

    protected void remove(Key key) {
        var before = values.remove(key);
        if (before != null) {
            log.add(new Undo(key, before, begins));
            begins = false;
        }
    }

    private void removeAll(Predicate<Key> which) {
        values.keySet().stream().filter(which).toList().forEach(this::remove);
    }
}
