package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.protocol.sim.CacheModel.Part;

/** What strikes from outside. */
final class Faults {
    private static final int ABORTS = 80;
    private static final int BACKUPS = 12;

    private Faults() {}

    /** Whether anything struck in this step. */
    static boolean strike(World world) {
        var scenario = world.scenario;
        var service = world.services.get(world.dice.below(world.services.size()));
        if (service.hasEntries || scenario.lists) {
            if (world.strikes(scenario.evictions)) {
                int key = world.dice.below(scenario.keys);
                service.cache.evict(key);
                world.say("key %d of %s is evicted".formatted(key, service.name));
                return true;
            }
            if (world.strikes(scenario.failovers)) {
                int commands = world.dice.between(1, 5);
                service.cache.failover(commands);
                world.say("failover of %s's Redis loses %d commands".formatted(service.name, commands));
                return true;
            }
            if (world.strikes(scenario.losses)) {
                lose(world, service);
                return true;
            }
        }
        if (world.strikes(scenario.crashes)) {
            var actor = victim(world);
            actor.crash();
            world.say(actor.name + " crashes");
            return true;
        }
        if (world.strikes(scenario.compactions)) {
            for (var partition : service.log.partitions) {
                partition.compact(world.now, World.COMPACTION_LAG, World.TOMBSTONES.toNanos() / 1_000);
            }
            world.say("compaction of " + service.name);
            return true;
        }
        if (world.strikes(ABORTS) && service.log.isOpen()) {
            service.log.abortOpenSince(world.now);
            world.say("the coordinator aborts the transaction of " + service.name);
            return true;
        }
        return scenario.restores > 0 && restore(world, service);
    }

    /** Half of the time one who is just at the point where it matters. */
    private static Actor victim(World world) {
        if (world.dice.oneIn(2)) {
            for (var actor : world.actors) {
                if (actor.isDelicate() && world.dice.oneIn(2)) {
                    return actor;
                }
            }
        }
        return world.actors.get(world.dice.below(world.actors.size()));
    }

    private static void lose(World world, Service service) {
        int shard = world.dice.below(service.log.partitions.length);
        if (service.log.partitions.length == 1 || world.dice.oneIn(2)) {
            service.cache.flush();
            world.say(service.name + " loses its whole Redis");
        } else if (service.hasEntries) {
            service.cache.loseSlot(key -> !isOfLists(key) && service.shard(key.id()) == shard);
            world.say("%s loses the slot of shard %d".formatted(service.name, shard));
        } else {
            service.cache.loseSlot(Faults::isOfLists);
            world.say(service.name + " loses the slot of the lists");
        }
    }

    private static boolean isOfLists(CacheModel.Key key) {
        return key.part() == Part.LIST
                || key.part() == Part.LIST_POSITION
                || key.part() == Part.COUNT
                || key.more().equals(SimCache.BUMPED);
    }

    private static boolean restore(World world, Service service) {
        if (world.strikes(BACKUPS)) {
            service.backup = service.database.copy();
            world.say("backup of " + service.name);
            return true;
        }
        var backup = service.backup;
        if (backup == null || !world.strikes(world.scenario.restores)) {
            return false;
        }
        restore(world, service, backup);
        return true;
    }

    /** What an operator does: a new epoch, every row told again, a new generation, the old one's positions gone. */
    private static void restore(World world, Service service, Database backup) {
        world.actors.forEach(actor -> {
            if (actor.name.contains(" " + service.name)) {
                actor.disconnected();
            }
        });
        if (!world.off.contains(Protection.BOUND_BEFORE_RESTORED_OPENS)) {
            world.pass((int) World.BOUND.toMillis());
        }
        service.restore(backup);
        var database = service.database;
        world.say("restore of " + service.name);
        if (!world.off.contains(Protection.EPOCH)) {
            database.epoch++;
            for (int key = 0; key < database.rows.length; key++) {
                var row = database.rows[key];
                boolean onlyInTheLog =
                        row.order() == null && !service.history.get(key).isEmpty();
                if (row.order() != null || (onlyInTheLog && !world.off.contains(Protection.LOST_ROWS_TOLD))) {
                    var event = service.next(
                            key,
                            row.kind(),
                            row.state().foreign(),
                            row.state().unproven(),
                            row.validUntil(),
                            world.now);
                    service.commit(event, row.foreign(), database.nextSeq());
                }
            }
        } else {
            database.epoch = 1;
        }
        var old = service.generation();
        var fresh = world.freshGeneration();
        for (int shard = 0; service.hasEntries && shard < service.log.partitions.length; shard++) {
            var end = new Position(service.log.partitions[shard].stableEnd() - 1, Watermarks.NONE);
            service.cache.place(fresh, shard, false, end);
        }
        database.generation = fresh;
        service.cache.drop(old);
    }
}
