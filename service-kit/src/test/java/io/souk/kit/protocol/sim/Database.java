package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
