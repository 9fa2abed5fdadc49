package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Position;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** The end of a schedule: nothing strikes any more, everyone goes on, and then everything must agree. */
final class Rest {
    private static final int ROUNDS = 250;
    private static final int MILLIS_PER_ROUND = 150;

    private final World world;

    private Rest(World world) {
        this.world = world;
        world.calm = true;
    }

    static void of(World world) {
        world.say("from here on nothing strikes");
        var rest = new Rest(world);
        world.actors.forEach(actor -> actor.pausedUntil = 0);
        if (rest.settles()) {
            world.services.forEach(rest::check);
        }
    }

    private boolean settles() {
        for (int round = 0; round < ROUNDS; round++) {
            world.pass(MILLIS_PER_ROUND);
            world.services.forEach(service -> service.log.abortOpenSince(world.now - World.LEASE));
            for (var actor : List.copyOf(world.actors)) {
                if (actor.isReady()) {
                    world.step++;
                    world.run(actor);
                }
            }
            if (world.services.stream().allMatch(this::isSettled)) {
                return true;
            }
        }
        world.violated(Invariant.CONVERGE, "it does not come to rest");
        return false;
    }

    /** Nobody works, the outbox is empty, and everything that was ever committed is proven everywhere. */
    private boolean isSettled(Service service) {
        if (!service.database.outbox.isEmpty() || !world.actors.stream().allMatch(Actor::isIdle)) {
            return false;
        }
        for (int partition = 0; partition < service.log.partitions.length; partition++) {
            if (service.hasEntries && !isProven(service, service.cache.position(service.generation(), partition))) {
                return false;
            }
            if (world.scenario.lists
                    && !isProven(service, service.cache.listPosition(service.generation(), partition))) {
                return false;
            }
        }
        for (var position : service.database.source) {
            if (position.watermarks().ownMicros() <= world.lastCommit) {
                return false;
            }
        }
        return true;
    }

    private boolean isProven(Service service, @Nullable Position position) {
        return position != null
                && position.watermarks().ownMicros() > world.lastCommit
                && position.watermarks().foreign(service.source == null ? Set.of() : Set.of(service.source.name))
                        > world.lastCommit;
    }

    private void check(Service service) {
        for (int key = 0; key < world.scenario.keys; key++) {
            checkLog(service, key);
            if (service.source != null) {
                checkForeign(service, service.source, key);
            }
            if (service.hasEntries) {
                checkEntry(service, key);
            }
        }
        if (world.scenario.lists) {
            checkList(service);
        } else if (service.hasEntries && service.source == null) {
            checkLeases(service);
        }
    }

    private void checkLog(Service service, int key) {
        for (var commit : service.history.get(key)) {
            if (!commit.lost && !commit.logged) {
                world.violated(Invariant.COMPLETE, "%s is not in the log".formatted(commit.event));
            }
        }
        Event last = null;
        for (var entry : service.log.partitions[service.shard(key)].all()) {
            if (entry.key() == key && entry.fate == PartitionLog.Fate.COMMITTED) {
                last = entry.event;
            }
        }
        var order = service.database.rows[key].order();
        if (last != null && !last.order().equals(order)) {
            world.violated(Invariant.ORDER, "the log ends with %s, the row is at %s".formatted(last, order));
        }
    }

    /** The foreign part of an own row is the owner's state, or known to be unproven. */
    private void checkForeign(Service service, Service source, int key) {
        var row = service.database.rows[key];
        var theirs = source.last(key);
        if (theirs == null || (row.state().unproven() && theirs.event.order().equals(row.foreign()))) {
            return;
        }
        if (row.state().foreign() != theirs.event.state().index()) {
            world.violated(
                    Invariant.CONVERGE,
                    "%s holds %s of key %d, not %s".formatted(service.name, row, key, theirs.event));
        }
    }

    private void checkEntry(Service service, int key) {
        var entry = service.cache.data(service.generation(), key);
        var truth = service.cache.truth(service.generation(), key);
        if (entry == null || truth == null) {
            return;
        }
        var row = service.database.rows[key];
        if (entry instanceof Entry.Live<State> && row.kind() != Event.Kind.LIVE) {
            world.violated(Invariant.DEAD, "key %d is %s, the row %s".formatted(key, entry, row));
        }
        boolean equal =
                switch (entry) {
                    case Entry.Live<State> _ -> truth.equals(row.state());
                    case Entry.Tombstone<State> _ -> row.kind() != Event.Kind.LIVE;
                    case Entry.Absent<State> _ -> row.kind() == Event.Kind.PURGED;
                };
        if (!equal) {
            world.violated(Invariant.CONVERGE, "key %d is %s, the row %s".formatted(key, entry, row));
        }
    }

    private void checkList(Service service) {
        var count = service.cache.count(service.generation());
        if (count != null && service.cache.list(service.generation(), count) instanceof Entry.Live<?> live) {
            var places = (int[]) live.body();
            for (int key = 0; key < places.length; key++) {
                if (places[key] != service.database.rows[key].state().index()) {
                    world.violated(Invariant.CONVERGE, "the list has key %d at %d".formatted(key, places[key]));
                }
            }
        }
    }

    /** Once every lease has run out, one read fills what the next one is given. */
    private void checkLeases(Service service) {
        world.pass((int) (World.LEASE / 1_000) + 1);
        var reader = new Reader(new Replica(service, 0), " at rest");
        for (int key = 0; key < world.scenario.keys; key++) {
            if (service.database.rows[key].kind() == Event.Kind.PURGED) {
                continue;
            }
            for (int read = 0; read < 2; read++) {
                reader.begin(key);
                while (!reader.isIdle()) {
                    world.run(reader);
                }
            }
            if (!reader.hit) {
                world.violated(Invariant.LEASE, "key %d cannot be filled".formatted(key));
            }
        }
    }
}
