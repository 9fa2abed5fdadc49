package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.WriteStep;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One service: its database, its topic, its Redis, and all that was ever committed. */
final class Service {
    /** A version as it was committed. */
    static final class Commit {
        final Event event;
        final long at;
        boolean lost;
        boolean logged;

        Commit(Event event, long at) {
            this.event = event;
            this.at = at;
        }
    }

    final World world;
    final String name;
    final Database database;
    final TransactionLog log;
    final SimCache cache;
    final @Nullable Service source;
    final List<List<Commit>> history = new ArrayList<>();

    @Nullable
    Database backup;

    boolean hasEntries;

    Service(World world, String name, int partitions, @Nullable Service source) {
        this.world = world;
        this.name = name;
        this.source = source;
        database = new Database(
                world.scenario.keys, source == null ? 0 : source.log.partitions.length, world.freshGeneration());
        cache = new SimCache(world);
        log = new TransactionLog(partitions, world.off, this::logged);
        for (int key = 0; key < world.scenario.keys; key++) {
            history.add(new ArrayList<>());
        }
    }

    int shard(int key) {
        return key % log.partitions.length;
    }

    /** The next version of a row, not yet committed: the order goes up by one, whatever the change is. */
    Event next(int key, Event.Kind kind, int foreign, boolean unproven, long validUntil, long began) {
        var before = database.rows[key].order();
        var order = new Order(database.epoch, before == null ? 1 : before.version() + 1);
        boolean undecodable = kind == Event.Kind.LIVE && world.strikes(world.scenario.poison);
        var state = new State(history.get(key).size(), foreign, unproven);
        return new Event(key, order, kind, state, validUntil, began, undecodable);
    }

    /** The moment of a commit: row and outbox row become visible together. */
    void commit(Event event, @Nullable Order foreign, long seq) {
        database.rows[event.key()] =
                new Database.Row(event.order(), event.kind(), event.state(), foreign, event.validUntil());
        database.outbox.put(seq, new Database.OutboxRow(seq, event));
        history.get(event.key()).add(new Commit(event, world.now));
        world.lastCommit = world.now;
    }

    Commit commitOf(Event event) {
        return history.get(event.key()).get(event.state().index());
    }

    /** The newest version of a key that counts, null before the first. */
    @Nullable
    Commit last(int key) {
        var commits = history.get(key);
        for (int i = commits.size() - 1; i >= 0; i--) {
            if (!commits.get(i).lost) {
                return commits.get(i);
            }
        }
        return null;
    }

    /** Whether a restored database has forgotten it. */
    boolean isLost(int key, State state) {
        return state.index() >= 0 && history.get(key).get(state.index()).lost;
    }

    /** When the state at this place was replaced; never is {@link Long#MAX_VALUE}. */
    long replacedAt(int key, int index) {
        var commits = history.get(key);
        for (int i = index + 1; i < commits.size(); i++) {
            if (!commits.get(i).lost) {
                return commits.get(i).at;
            }
        }
        return Long.MAX_VALUE;
    }

    List<Logged<Version<State>>> poll(int partition, long from, int most) {
        var polled = new ArrayList<Logged<Version<State>>>();
        for (var entry : log.partitions[partition].poll(from, most)) {
            polled.add(new Logged<>(entry.offset, record(entry)));
        }
        return polled;
    }

    private void logged(PartitionLog.Entry entry) {
        var event = entry.event;
        if (event == null) {
            return;
        }
        var commit = commitOf(event);
        if (!commit.logged) {
            commit.logged = true;
            if (commit.at < entry.toldBefore) {
                world.violated(
                        Invariant.TRUTH,
                        "%s at %d lies behind a heartbeat of %d".formatted(event, commit.at, entry.toldBefore));
            }
            for (var other : history.get(event.key())) {
                if (other.logged && !other.lost && other.event.order().compareTo(event.order()) > 0) {
                    world.violated(Invariant.ORDER, "%s comes after %s".formatted(event, other.event));
                }
            }
        }
    }

    /** Everything since the backup is lost. */
    void restore(Database from) {
        database.restore(from);
        for (int key = 0; key < database.rows.length; key++) {
            int kept = database.rows[key].state().index();
            var commits = history.get(key);
            for (int i = kept + 1; i < commits.size(); i++) {
                commits.get(i).lost = true;
            }
        }
    }

    /** A record as a reader of the topic decodes it. */
    private LogRecord<Version<State>> record(PartitionLog.Entry entry) {
        var event = entry.event;
        if (event == null) {
            return new LogRecord.Heartbeat<>(Objects.requireNonNull(entry.heartbeat));
        }
        var version = version(event);
        return event.undecodable() ? new LogRecord.Undecodable<>(version) : new LogRecord.Change<>(version);
    }

    /** What applying the event stores: a transaction proves its own row as of its beginning, and no foreign state. */
    Version<State> version(Event event) {
        var asOf = WriteStep.asOf(event.occurredAt(), source != null);
        return new Version<>(event.key(), event.order(), entry(event, asOf), event.state());
    }

    static Entry<State> entry(Event event, AsOf asOf) {
        return event.kind() == Event.Kind.LIVE
                ? new Entry.Live<>(event.order(), asOf, event.validUntil(), event.state())
                : new Entry.Tombstone<>(event.order(), asOf);
    }

    Generation generation() {
        return database.generation;
    }
}
