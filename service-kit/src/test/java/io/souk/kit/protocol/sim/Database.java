package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** PostgreSQL as one service uses it: what is committed, and who holds which row's lock. What is not committed is with its writer. */
final class Database {
    /** @param order kept when the row is purged: it never restarts; null before the first version */
    record Row(
            @Nullable Order order,
            Event.Kind kind,
            State state,
            @Nullable Order foreign,
            long validUntil) {
        static final Row NONE = new Row(null, Event.Kind.PURGED, State.NONE, null, Long.MAX_VALUE);
    }

    record OutboxRow(long seq, Event event) {
        @Override
        public String toString() {
            return seq + "=" + event;
        }
    }

    final Row[] rows;
    final @Nullable Object[] locks;
    final @Nullable Object[] sourceLocks;
    TreeMap<Long, OutboxRow> outbox = new TreeMap<>();
    final Position[] source;
    Map<Event, Integer> effects = new HashMap<>();
    Generation generation;
    int epoch = 1;

    @Nullable
    UUID leaseTerm;

    @Nullable
    Object leaseHolder;

    long leaseUntil;
    private long seq;

    Database(int keys, int sourcePartitions, Generation generation) {
        rows = new Row[keys];
        Arrays.fill(rows, Row.NONE);
        locks = new Object[keys];
        source = new Position[sourcePartitions];
        Arrays.fill(source, Position.START);
        sourceLocks = new Object[sourcePartitions];
        this.generation = generation;
    }

    long nextSeq() {
        return ++seq;
    }

    long topSeq() {
        return outbox.isEmpty() ? 0 : outbox.lastKey();
    }

    /** Whether the relay's lease was free, or the holder's, and is the term's now. */
    boolean takeLease(Object holder, UUID term, long now, long until) {
        boolean free = holder.equals(leaseHolder) || leaseUntil < now;
        if (free) {
            leaseHolder = holder;
            leaseTerm = term;
            leaseUntil = until;
        }
        return free;
    }

    /** Whether the lease is still the term's; then it lasts longer. */
    boolean keepLease(@Nullable UUID term, long until) {
        boolean held = holdsLease(term);
        if (held) {
            leaseUntil = until;
        }
        return held;
    }

    void giveLeaseUp(@Nullable UUID term) {
        if (holdsLease(term)) {
            leaseUntil = 0;
        }
    }

    /** Whether nobody has taken it since, over or not. */
    boolean holdsLease(@Nullable UUID term) {
        return Objects.equals(leaseTerm, term);
    }

    /** Removes rows that are in the log, if the lease is still the term's; whether it is. */
    boolean delete(List<OutboxRow> sent, @Nullable UUID term) {
        boolean held = holdsLease(term);
        if (held) {
            delete(sent);
        }
        return held;
    }

    /** Likewise, whoever has the lease. */
    void delete(List<OutboxRow> sent) {
        sent.forEach(row -> outbox.remove(row.seq(), row));
    }

    /** Whether the source's position still was where the batch began. */
    boolean isAt(int partition, Position before) {
        return source[partition].offset() == before.offset();
    }

    /** What a backup taken now would hold. */
    Database copy() {
        var copy = new Database(rows.length, source.length, generation);
        System.arraycopy(rows, 0, copy.rows, 0, rows.length);
        System.arraycopy(source, 0, copy.source, 0, source.length);
        copy.outbox = new TreeMap<>(outbox);
        copy.effects = new HashMap<>(effects);
        copy.seq = seq;
        return copy;
    }

    /** Everything committed since the backup is lost; sequences may be too. */
    void restore(Database backup) {
        System.arraycopy(backup.rows, 0, rows, 0, rows.length);
        System.arraycopy(backup.source, 0, source, 0, source.length);
        outbox = new TreeMap<>(backup.outbox);
        effects = new HashMap<>(backup.effects);
        seq = backup.seq;
        leaseTerm = null;
        leaseHolder = null;
        leaseUntil = 0;
        Arrays.fill(locks, null);
        Arrays.fill(sourceLocks, null);
    }
}
