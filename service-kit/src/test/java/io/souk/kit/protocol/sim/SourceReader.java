package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.SourceStep;
import io.souk.kit.protocol.SourceStep.Apply;
import io.souk.kit.protocol.SourceStep.FindPosition;
import io.souk.kit.protocol.SourceStep.Pause;
import io.souk.kit.protocol.SourceStep.Poll;
import io.souk.kit.protocol.WriteStep;
import io.souk.kit.protocol.sim.World.Net;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Does what a {@link SourceStep} says: applies a foreign topic's partition into own rows, and puts what came of it. */
final class SourceReader extends Actor {
    private record Change(Event own, @Nullable Order foreign, long seq) {}

    private final Service service;
    private final Service source;
    private final int partition;
    private SourceStep<Version<State>> next = SourceStep.start();

    /** The open transaction: how many records it has applied, what it has changed and what it has caused. */
    private int done = -1;

    private final Map<Integer, Change> changes = new HashMap<>();
    private final List<Version<State>> effects = new ArrayList<>();
    private final List<Change> puts = new ArrayList<>();
    private @Nullable Generation generation;
    private long began;

    SourceReader(Service service, int partition, String name) {
        super(service.world, "source reader %s%d%s".formatted(service.name, partition, name));
        this.service = service;
        this.source = Objects.requireNonNull(service.source);
        this.partition = partition;
    }

    @Override
    int weight() {
        return 3;
    }

    @Override
    boolean isReady() {
        if (!puts.isEmpty()) {
            return true;
        }
        if (next instanceof Poll<?>(var position)) {
            return source.log.partitions[partition].hasAfter(position.offset());
        }
        if (!(next instanceof Apply<Version<State>> step)) {
            return true;
        }
        if (done < 0) {
            return service.database.sourceLocks[partition] == null;
        }
        return done == step.records().size()
                || keyOf(step.records().get(done)) < 0
                || isMine(keyOf(step.records().get(done)));
    }

    @Override
    void step() {
        if (!puts.isEmpty()) {
            put(puts.removeFirst());
            return;
        }
        switch (next) {
            case Pause<Version<State>> step -> next = step.resumed();
            case FindPosition<Version<State>> step ->
                next = world.net() == Net.DONE ? step.found(service.database.source[partition]) : step.failed();
            case Poll<Version<State>> step ->
                next = world.net() == Net.DONE
                        ? step.polled(source.poll(partition, step.position().offset() + 1, world.dice.between(1, 4)))
                        : step.failed();
            case Apply<Version<State>> step -> apply(step);
        }
    }

    @Override
    void crash() {
        disconnected();
        puts.clear();
        next = SourceStep.start();
    }

    @Override
    void disconnected() {
        if (done >= 0) {
            rollBack();
            next = SourceStep.start();
        }
    }

    @Override
    boolean isIdle() {
        return puts.isEmpty() && done < 0;
    }

    @Override
    boolean isDelicate() {
        return next instanceof Apply<?> || !puts.isEmpty();
    }

    @Override
    String state() {
        return next.getClass().getSimpleName()
                + switch (next) {
                    case Poll<Version<State>> step -> " " + step.position();
                    case Apply<Version<State>> step -> " " + done + " of " + step.records();
                    default -> "";
                }
                + (puts.isEmpty() ? "" : " puts " + puts);
    }

    private void apply(Apply<Version<State>> step) {
        var database = service.database;
        if (done < 0) {
            began = world.now;
            generation = service.generation();
            database.sourceLocks[partition] = this;
            done = 0;
            if (!database.isAt(partition, step.position()) && !off(Protection.SOURCE_POSITION_CHECK)) {
                rollBack();
                next = step.notCommitted();
            }
        } else if (done < step.records().size()) {
            applyOne(step.records().get(done++));
        } else {
            commit(step);
        }
    }

    private void applyOne(Logged<Version<State>> logged) {
        switch (logged.record()) {
            case LogRecord.Change<Version<State>>(var version) -> {
                effects.add(version);
                change(version, false);
            }
            case LogRecord.Undecodable<Version<State>>(var version) -> change(version, true);
            case LogRecord.Heartbeat<Version<State>> _, LogRecord.Unreadable<Version<State>> _ -> {}
        }
    }

    private void change(Version<State> version, boolean unproven) {
        int key = version.key();
        service.database.locks[key] = this;
        var before = changes.get(key);
        var foreign = before == null ? service.database.rows[key].foreign() : before.foreign();
        if (foreign != null && version.order().compareTo(foreign) <= 0) {
            return;
        }
        var kind = service.database.rows[key].kind() == Event.Kind.DELETED ? Event.Kind.DELETED : Event.Kind.LIVE;
        var own = before == null
                ? service.next(key, kind, version.truth().index(), unproven, Long.MAX_VALUE, began)
                : again(before.own(), version.truth().index(), unproven);
        changes.put(key, new Change(own, version.order(), before == null ? service.database.nextSeq() : before.seq()));
    }

    /** Several events may become one version before it commits. */
    private static Event again(Event own, int foreign, boolean unproven) {
        var state = new State(own.state().index(), foreign, unproven);
        return new Event(
                own.key(), own.order(), own.kind(), state, own.validUntil(), own.occurredAt(), own.undecodable());
    }

    private void commit(Apply<Version<State>> step) {
        var net = world.net();
        if (net != Net.NOT_DONE) {
            service.database.source[partition] = step.reached();
            changes.values().forEach(change -> service.commit(change.own(), change.foreign(), change.seq()));
            effects.forEach(this::cause);
            if (net == Net.DONE && world.dice.oneIn(2)) {
                puts.addAll(changes.values());
            }
        }
        rollBack();
        next = net == Net.DONE ? step.committed() : step.notCommitted();
    }

    /** An effect, such as a counter, behind its inbox row. */
    private void cause(Version<State> version) {
        var event = source.history.get(version.key()).get(version.truth().index()).event;
        if (service.database.effects.containsKey(event) && off(Protection.INBOX)) {
            world.violated(Invariant.ONCE, "the effect of %s happens again".formatted(event));
        }
        service.database.effects.put(event, 1);
    }

    private void rollBack() {
        var locks = service.database.locks;
        for (int key = 0; key < locks.length; key++) {
            if (locks[key] == this) {
                locks[key] = null;
            }
        }
        if (service.database.sourceLocks[partition] == this) {
            service.database.sourceLocks[partition] = null;
        }
        done = -1;
        changes.clear();
        effects.clear();
    }

    private void put(Change change) {
        if (!service.hasEntries || world.net() == Net.NOT_DONE) {
            return;
        }
        var event = change.own();
        var order = off(Protection.ONE_ENTRY_ONE_ORDER) ? Objects.requireNonNull(change.foreign()) : event.order();
        var asOf = WriteStep.asOf(event.occurredAt(), true);
        var entry = event.kind() == Event.Kind.LIVE
                ? new Entry.Live<>(order, asOf, event.validUntil(), event.state())
                : new Entry.Tombstone<State>(order, asOf);
        var g = Objects.requireNonNull(generation);
        service.cache.put(g, service.shard(event.key()), new Version<>(event.key(), order, entry, event.state()));
        Invariants.vouch(service, g, service.shard(event.key()));
    }

    private boolean isMine(int key) {
        var holder = service.database.locks[key];
        return holder == null || holder == this;
    }

    private static int keyOf(Logged<Version<State>> logged) {
        return switch (logged.record()) {
            case LogRecord.Change<Version<State>>(var version) -> version.key();
            case LogRecord.Undecodable<Version<State>>(var version) -> version.key();
            case LogRecord.Heartbeat<Version<State>> _, LogRecord.Unreadable<Version<State>> _ -> -1;
        };
    }
}
